/** The sum of the gradients, each no longer than the bound. */
function clipAndSum(gradients, bound) {
  const sum = gradients[0].map(() => 0);
  for (const gradient of gradients) {
    const length = Math.hypot(...gradient);
    // A short one stays as it is, and one of length 0 is never divided by.
    const factor = length > bound ? bound / length : 1;
    gradient.forEach((x, i) => (sum[i] += factor * x));
  }
  return sum;
}
