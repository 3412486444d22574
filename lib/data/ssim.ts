/**
 * How alike two grey pictures look: structural similarity (Wang, Bovik, Sheikh and Simoncelli 2004), mean over all 7 × 7 windows
 * with equal weights. 1 for the same picture, about 0 for unrelated ones; values are grey from 0 to 1.
 */
const WINDOW = 7;
const C1 = 0.01 ** 2;
const C2 = 0.03 ** 2;

/** A picture with the mean and the sample variance of each of its windows: worked out once, for many comparisons. */
export interface Windows {
  pixels: ArrayLike<number>;
  side: number;
  /** One for each window, row by row: (side − 6)². */
  means: Float64Array;
  variances: Float64Array;
}

/** @param side the picture is side × side, row by row, at least 7 */
export function windowsOf(pixels: ArrayLike<number>, side: number): Windows {
  const count = WINDOW * WINDOW;
  const means = windowSums(Float64Array.from(pixels), side).map((sum) => sum / count);
  const variances = windowSums(
    Float64Array.from(pixels, (grey) => grey * grey),
    side,
  ).map((sum, w) =>
    // As the paper has them: divided by one less than the pixels.
    Math.max(0, (sum - count * means[w]! ** 2) / (count - 1)),
  );
  return { pixels, side, means, variances };
}

/** Of two pictures of the same side. */
export function similarityOf(a: Windows, b: Windows): number {
  const count = WINDOW * WINDOW;
  const pixels = new Float64Array(a.side * a.side);
  for (let i = 0; i < pixels.length; i++) pixels[i] = a.pixels[i]! * b.pixels[i]!;
  const products = windowSums(pixels, a.side);
  let total = 0;
  for (let w = 0; w < products.length; w++) {
    const product = a.means[w]! * b.means[w]!;
    const covariance = (products[w]! - count * product) / (count - 1);
    total +=
      ((2 * product + C1) * (2 * covariance + C2)) /
      ((a.means[w]! ** 2 + b.means[w]! ** 2 + C1) * (a.variances[w]! + b.variances[w]! + C2));
  }
  return total / products.length;
}

/** Both pictures are side × side, row by row, at least 7. */
export function structuralSimilarity(a: ArrayLike<number>, b: ArrayLike<number>, side: number): number {
  return similarityOf(windowsOf(a, side), windowsOf(b, side));
}

/** Sums over every window: along the rows first, then down the columns, each from the one before it. */
function windowSums(values: Float64Array, side: number): Float64Array {
  const across = side - WINDOW + 1;
  const along = new Float64Array(side * across);
  for (let y = 0; y < side; y++) {
    let sum = 0;
    for (let x = 0; x < side; x++) {
      sum += values[y * side + x]!;
      if (x >= WINDOW) sum -= values[y * side + x - WINDOW]!;
      if (x >= WINDOW - 1) along[y * across + x - WINDOW + 1] = sum;
    }
  }
  const sums = new Float64Array(across * across);
  for (let x = 0; x < across; x++) {
    let sum = 0;
    for (let y = 0; y < side; y++) {
      sum += along[y * across + x]!;
      if (y >= WINDOW) sum -= along[(y - WINDOW) * across + x]!;
      if (y >= WINDOW - 1) sums[(y - WINDOW + 1) * across + x] = sum;
    }
  }
  return sums;
}
