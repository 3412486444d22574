/** A hundred test digits, the same in every run: what each of two models takes them for. */

export interface DigitWall {
  /** What they are, 0 … 9. */
  labels: readonly number[];
  /** What the models say, digit by digit. */
  privateGuesses: readonly number[];
  plainGuesses: readonly number[];
}

/** Digits of the wall, and how far apart they lie among the 10,000 of the test set: chosen by a rule that looks at none of them. */
export const WALL_DIGITS = 100;
export const WALL_STRIDE = 100;

/**
 * The hundred out of all test digits.
 * @param labels one a test digit, and so the guesses of the two models
 */
export function wallOf(
  labels: ArrayLike<number>,
  privateGuesses: ArrayLike<number>,
  plainGuesses: ArrayLike<number>,
): DigitWall {
  const hundred = (of: ArrayLike<number>) =>
    Array.from({ length: WALL_DIGITS }, (_, i) => of[i * WALL_STRIDE]!);
  return {
    labels: hundred(labels),
    privateGuesses: hundred(privateGuesses),
    plainGuesses: hundred(plainGuesses),
  };
}

export interface WallCount {
  privateRight: number;
  plainRight: number;
}

/** How many of the hundred each model reads rightly. */
export function rightOn({ labels, privateGuesses, plainGuesses }: DigitWall): WallCount {
  const right = (guesses: readonly number[]) =>
    guesses.reduce((count, guess, i) => count + (guess === labels[i] ? 1 : 0), 0);
  return { privateRight: right(privateGuesses), plainRight: right(plainGuesses) };
}
