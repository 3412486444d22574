/** How numbers lie in the memory that the fused step of softmax regression works on. In bytes, unless said otherwise. */

/** Classes the kernel computes, whatever the model has. */
export const CLASSES = 10;
/** Rows of one call. */
export const ROWS_AT_ONCE = 512;
/** Four columns of each class. */
export const GROUP_BYTES = CLASSES * 16;

/** After the weights or the sums of a model, group by group. */
export const MODEL = {
  /** Ten intercepts, and room up to a multiple of 16. */
  intercepts: 0,
  /** Σ c δ by class, four partial sums each. */
  slopeSums: 48,
  bytes: 48 + CLASSES * 16,
};

/** A last group of four may write beyond the last row. */
const COLUMN = (ROWS_AT_ONCE + 4) * 4;
/** What a call tells of each row, one float or whole number a row. */
export const OUT = { norm: 0, guess: 0, total: COLUMN, own: 2 * COLUMN, bytes: 3 * COLUMN };

/** Scratch for the facts and products of four rows. */
export const FACTS_BYTES = 3 * 16 + CLASSES * 4 * 16 + CLASSES * 16;
