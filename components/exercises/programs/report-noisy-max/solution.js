/** Laplace noise of this scale. */
function laplace(scale) {
  const exponential = () => -Math.log(1 - random.uniform());
  return scale * (exponential() - exponential());
}

/** The index of the count that is largest with noise on each. */
function noisyMax(counts, epsilon) {
  const noisy = counts.map((count) => count + laplace(2 / epsilon));
  return noisy.indexOf(Math.max(...noisy));
}
