/**
 * Structural similarity of two grey pictures (Wang, Bovik, Sheikh and Simoncelli 2004), with a 7 × 7 window of equal weights: the mean
 * over all windows that lie inside. 1 for the same picture, about 0 for unrelated ones.
 */
const WINDOW = 7;
const C1 = 0.01 ** 2;
const C2 = 0.03 ** 2;

/**
 * @param a grey values from 0 to 1, row by row
 * @param side both pictures are side × side; at least 7
 */
export function ssim(a: ArrayLike<number>, b: ArrayLike<number>, side: number): number {
  const places = side - WINDOW + 1;
  const n = WINDOW * WINDOW;
  let total = 0;
  for (let y = 0; y < places; y++)
    for (let x = 0; x < places; x++) {
      let [sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0];
      for (let v = 0; v < WINDOW; v++)
        for (let u = 0; u < WINDOW; u++) {
          const at = (y + v) * side + x + u;
          const [p, q] = [a[at]!, b[at]!];
          sa += p;
          sb += q;
          saa += p * p;
          sbb += q * q;
          sab += p * q;
        }
      const [ma, mb] = [sa / n, sb / n];
      // Sample variances, divided by n − 1.
      const va = (saa - n * ma * ma) / (n - 1);
      const vb = (sbb - n * mb * mb) / (n - 1);
      const cov = (sab - n * ma * mb) / (n - 1);
      total += ((2 * ma * mb + C1) * (2 * cov + C2)) / ((ma * ma + mb * mb + C1) * (va + vb + C2));
    }
  return total / (places * places);
}
