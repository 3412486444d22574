/** The value, with Laplace noise that makes it private. */
function laplaceMechanism(value, sensitivity, epsilon) {
  const scale = sensitivity / epsilon;
  // The difference of two exponential draws is Laplace. 1 − u is never 0, so the logarithm is finite.
  const exponential = () => -Math.log(1 - random.uniform());
  return value + scale * (exponential() - exponential());
}
