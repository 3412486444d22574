/** What a sum and a count over the same lot cost together. Without tensors, so that pages may reckon with it. */

/**
 * Both look at the same lot, so they are one Gaussian mechanism on it: of two queries with noise multipliers σ and
 * σ_b / ½ the precisions add up (Andrew et al. 2021, arXiv:1905.03871, theorem 1).
 * @param noiseMultiplier σ of the gradients
 * @param countNoise σ_b, in examples
 */
export function jointNoiseMultiplier(noiseMultiplier: number, countNoise: number): number {
  if (noiseMultiplier === 0 || countNoise === 0) return 0;
  return 1 / Math.sqrt(noiseMultiplier ** -2 + (2 * countNoise) ** -2);
}

/**
 * σ_b for adaptive clipping: a twentieth of the expected lot, as Andrew et al. do, but never less than σ itself, so that in
 * small lots under much noise the count does not become the expensive part.
 */
export function countNoiseFor(expectedBatchSize: number, noiseMultiplier: number): number {
  return Math.max(expectedBatchSize / 20, noiseMultiplier);
}

/** σ for the gradients such that gradients and count together cost as much as one query with noise multiplier `joint`. */
export function gradientNoiseFor(expectedBatchSize: number, joint: number): number {
  const count = expectedBatchSize / 20;
  const beside = joint ** -2 - (2 * count) ** -2;
  const sigma = beside > 0 ? 1 / Math.sqrt(beside) : Number.POSITIVE_INFINITY;
  // Beyond a twentieth of the lot σ_b is σ: then 1/joint² = 1/σ² + 1/(2σ)².
  return sigma <= count ? sigma : (joint * Math.sqrt(5)) / 2;
}
