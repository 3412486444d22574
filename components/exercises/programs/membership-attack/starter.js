/** A score for each example: the higher, the likelier it was trained on. */
function scores(losses, references) {
  // The threshold attack: a low loss makes a suspect.
  return losses.map((loss) => -loss);
}
