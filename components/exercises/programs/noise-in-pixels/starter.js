/** Whether the noisy picture was made from the first of the two. */
function madeFromFirst(released, first, second) {
  return true;
}

/** Whether the claim { pixels, sigma, epsilon, delta } holds. */
function holds(claim) {
  return true;
}
