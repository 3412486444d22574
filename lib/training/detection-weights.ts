/** What a detection loss weighs, and how fast a private head learns by it: without tensors, for pages and for files. */

/** Weight of a right answer against a wrong one: nearly all of the answers are no. */
export const POSITIVE_WEIGHT = 4;
export const BOX_WEIGHT = 4;

/** η of the C-normalised step; measured on scenes of the test digits, between ε 0.1 and 8. */
export const sceneLearningRate = (noiseMultiplier: number): number =>
  Math.min(0.3, 0.5 / Math.max(noiseMultiplier, 1e-9));
