/** An index of scores, drawn: the higher its score, the likelier. */
function choose(scores, sensitivity, epsilon) {
  // All weights relative to the highest: the same shares, and exp neither overflows nor makes all of them 0.
  const top = Math.max(...scores);
  const weights = scores.map((score) => Math.exp((epsilon * (score - top)) / (2 * sensitivity)));
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  for (let i = 0; i < weights.length; i++) {
    left -= weights[i];
    if (left < 0) return i;
  }
  return weights.length - 1;
}
