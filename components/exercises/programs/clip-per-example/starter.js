/** The sum of the gradients, each no longer than the bound. */
function clipAndSum(gradients, bound) {
  const sum = gradients[0].map(() => 0);
  for (const gradient of gradients) gradient.forEach((x, i) => (sum[i] += x));
  return sum;
}
