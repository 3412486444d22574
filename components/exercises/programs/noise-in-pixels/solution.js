/** Whether the noisy picture was made from the first of the two. */
function madeFromFirst(released, first, second) {
  const distance = (picture) => picture.reduce((sum, x, i) => sum + (released[i] - x) ** 2, 0);
  return distance(first) < distance(second);
}

/** Whether the claim { pixels, sigma, epsilon, delta } holds. */
function holds({ pixels, sigma, epsilon, delta }) {
  // So many values may each move by 1: in length (L2) that is the root of their number.
  const mu = Math.sqrt(pixels) / sigma;
  const reached = normalCdf(mu / 2 - epsilon / mu) - Math.exp(epsilon) * normalCdf(-mu / 2 - epsilon / mu);
  return reached <= delta;
}
