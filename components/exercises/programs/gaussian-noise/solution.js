/** δ of normal noise with this standard deviation (Balle and Wang 2018, Theorem 8). */
function deltaOf(sigma, sensitivity, epsilon) {
  const mu = sensitivity / sigma;
  return normalCdf(mu / 2 - epsilon / mu) - Math.exp(epsilon) * normalCdf(-mu / 2 - epsilon / mu);
}

/** The least standard deviation that keeps (ε, δ), within one per cent. */
function gaussianSigma(sensitivity, epsilon, delta) {
  // δ falls as σ grows: halve the interval until its ends agree, and take the safe one.
  let low = 0;
  let high = sensitivity;
  while (deltaOf(high, sensitivity, epsilon) > delta) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (deltaOf(middle, sensitivity, epsilon) > delta) low = middle;
    else high = middle;
  }
  return high;
}
