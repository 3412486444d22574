/** The weights after one step. */
function step(weights, gradients, options) {
  const { learningRate, maxGradNorm, noiseMultiplier, expectedBatchSize } = options;
  const sum = weights.map(() => 0);
  for (const gradient of gradients) {
    const length = Math.hypot(...gradient);
    const factor = length > maxGradNorm ? maxGradNorm / length : 1;
    gradient.forEach((x, i) => (sum[i] += factor * x));
  }
  // Each weight gets noise of its own, and all is divided by the size that was expected: the size that was drawn is a secret.
  const deviation = noiseMultiplier * maxGradNorm;
  return weights.map(
    (weight, i) => weight - (learningRate * (sum[i] + deviation * random.gaussian())) / expectedBatchSize,
  );
}
