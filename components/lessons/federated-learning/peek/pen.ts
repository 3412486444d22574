/** A soft round pen on 28 × 28 pixels, as thick as the strokes of MNIST. */

export const SIDE = 28;

export interface Place {
  /** In pixels from the left and from the top; the middle of the first pixel is at 0.5. */
  x: number;
  y: number;
}

/** Full ink up to here from the middle of the stroke, none from there on, in pixels. */
const FULL = 0.7;
const NONE = 1.9;

function distanceToStroke(at: Place, from: Place, to: Place): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((at.x - from.x) * dx + (at.y - from.y) * dy) / length;
  const nearest = Math.min(1, Math.max(0, along));
  return Math.hypot(at.x - from.x - nearest * dx, at.y - from.y - nearest * dy);
}

/**
 * @param pixels 784 values from 0 (paper) to 1 (ink)
 * @returns the same with a straight stroke on it; ink is never taken away
 */
export function withStroke(pixels: Float32Array, from: Place, to: Place): Float32Array {
  return pixels.map((ink, i) => {
    const middle = { x: (i % SIDE) + 0.5, y: Math.floor(i / SIDE) + 0.5 };
    const stroke = (NONE - distanceToStroke(middle, from, to)) / (NONE - FULL);
    return Math.max(ink, Math.min(1, stroke));
  });
}
