/** The mean of the values, each clipped to the range from low to high. */
function clippedMean(values, low, high) {
  const clipped = values.map((value) => Math.min(high, Math.max(low, value)));
  return clipped.reduce((total, value) => total + value, 0) / values.length;
}

/** How far the clipped mean of so many people can move when one of them changes her value. */
function sensitivity(count, low, high) {
  // At worst she goes from one end of the range to the other. She is one of count.
  return (high - low) / count;
}
