/** A score for each example: the higher, the likelier it was trained on. */
function scores(losses, references) {
  return losses.map((loss, i) => {
    // What models lose on this example that never saw it: how hard it is.
    const usual = references.reduce((sum, reference) => sum + reference[i], 0) / references.length;
    return usual - loss;
  });
}
