/**
 * The weights of a softmax regression on pixels, as ten pictures: what each digit looks like to the model. Without tensors, so that
 * pages may import it.
 */

/** Grey of a weight of 0; brighter speaks against the digit, darker for it. */
export const NO_WEIGHT = 128;
const SPAN = 127;

/** Weights as bytes, digit by digit. */
export interface WeightPictures {
  /** classes × pixels: `NO_WEIGHT` + 127 · w / the greatest |w| of the model. */
  greys: Uint8Array;
  classes: number;
}

/** @param matrix pixels × classes, row by row, as the layer holds it */
export function weightPictures(matrix: ArrayLike<number>, classes: number): WeightPictures {
  let greatest = 0;
  for (let i = 0; i < matrix.length; i++) greatest = Math.max(greatest, Math.abs(matrix[i]!));
  const pixels = matrix.length / classes;
  const greys = new Uint8Array(matrix.length).fill(NO_WEIGHT);
  if (greatest > 0)
    for (let pixel = 0; pixel < pixels; pixel++)
      for (let digit = 0; digit < classes; digit++)
        greys[digit * pixels + pixel] =
          NO_WEIGHT + Math.round((SPAN * matrix[pixel * classes + digit]!) / greatest);
  return { greys, classes };
}

/** Of one digit, ready to be drawn with full ink at 255. */
export function pictureOf({ greys, classes }: WeightPictures, digit: number): Uint8Array {
  const pixels = greys.length / classes;
  return greys.subarray(digit * pixels, (digit + 1) * pixels);
}
