/** The filters of oriented gradients: derivatives of a Gaussian, 5 × 5, in eight directions. */

export const RADIUS = 2;
const TAPS = 2 * RADIUS + 1;
const SIGMA = 1;

/** A Gaussian and its derivative at −2 … 2: the two-dimensional filters are products of these. */
export const BELL = Float64Array.from({ length: TAPS }, (_, i) =>
  Math.exp(-((i - RADIUS) ** 2) / (2 * SIGMA ** 2)),
);
export const SLOPE = Float64Array.from(BELL, (value, i) => (i - RADIUS) * value);

export const DIRECTIONS = 8;

/** Directional derivatives are steerable: cos θ · ∂x + sin θ · ∂y. The other four directions are their negatives. */
export const STEER = Array.from({ length: DIRECTIONS / 2 }, (_, k) => {
  const angle = (k * Math.PI) / 4;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  // Scaled so that the absolute values of the 5 × 5 filter add up to 2.
  let total = 0;
  for (let y = 0; y < TAPS; y++)
    for (let x = 0; x < TAPS; x++) total += Math.abs(cos * SLOPE[x]! * BELL[y]! + sin * BELL[x]! * SLOPE[y]!);
  return { cos: (2 * cos) / total, sin: (2 * sin) / total };
});
