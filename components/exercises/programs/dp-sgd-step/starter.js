/** The weights after one step. */
function step(weights, gradients, options) {
  const { learningRate, maxGradNorm, noiseMultiplier, expectedBatchSize } = options;
  return weights.map((weight, i) => {
    const sum = gradients.reduce((total, gradient) => total + gradient[i], 0);
    return weight - (learningRate * sum) / gradients.length;
  });
}
