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

/** Which of the hundred each model reads rightly. */
export interface WallMarks {
  privateRight: readonly boolean[];
  plainRight: readonly boolean[];
}

export function marksOf({ labels, privateGuesses, plainGuesses }: DigitWall): WallMarks {
  const right = (guesses: readonly number[]) => guesses.map((guess, i) => guess === labels[i]);
  return { privateRight: right(privateGuesses), plainRight: right(plainGuesses) };
}

export const countRight = (right: readonly boolean[]): number => right.filter(Boolean).length;

/** A hundred marks in 25 characters: hexadecimal, the first digit in the highest bit. */
export function packMarks(right: readonly boolean[]): string {
  let text = '';
  for (let i = 0; i < right.length; i += 4)
    text += right
      .slice(i, i + 4)
      .reduce((bits, one) => bits * 2 + Number(one), 0)
      .toString(16);
  return text;
}

export const unpackMarks = (text: string): boolean[] =>
  Array.from(text, (hex) => Number.parseInt(hex, 16)).flatMap((bits) =>
    [8, 4, 2, 1].map((place) => (bits & place) !== 0),
  );
