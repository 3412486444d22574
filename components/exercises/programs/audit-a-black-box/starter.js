/** Whether the answers prove that the box breaks its ε. */
function breaksClaim(without, withHer, epsilon) {
  return false;
}
