/** An index of scores, drawn: the higher its score, the likelier. */
function choose(scores, sensitivity, epsilon) {
  return scores.indexOf(Math.max(...scores));
}
