/** Sums, differences and exponentials that keep their precision where the plain form loses it. */

/** ln(e^a + e^b). */
export function logAddExp(a: number, b: number): number {
  if (a === Number.NEGATIVE_INFINITY) return b;
  if (b === Number.NEGATIVE_INFINITY) return a;
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b));
}

/** ln(e^a − e^b) for a ≥ b. */
export function logSubExp(a: number, b: number): number {
  if (b === Number.NEGATIVE_INFINITY) return a;
  if (a <= b) return Number.NEGATIVE_INFINITY;
  return a + log1mExp(b - a);
}

/** ln(1 − e^x) for x ≤ 0 (Mächler 2012: which form is exact changes at −ln 2). */
export function log1mExp(x: number): number {
  return x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));
}

/** ln(e^x − 1) for x ≥ 0. */
export function logExpm1(x: number): number {
  return x > 37 ? x : Math.log(Math.expm1(x));
}

/** ln Σ e^{terms[i]}, i < count. */
export function logSumExp(terms: ArrayLike<number>, count = terms.length): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) if (terms[i]! > largest) largest = terms[i]!;
  if (!Number.isFinite(largest)) return largest;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += Math.exp(terms[i]! - largest);
  return largest + Math.log(sum);
}

/** e^x − 1 − x, which is x²/2 near 0 where the plain form has no digit left. */
export function expm1MinusX(x: number): number {
  if (Math.abs(x) > 0.1) return Math.expm1(x) - x;
  let term = (x * x) / 2;
  let sum = term;
  for (let k = 3; Math.abs(term) > 1e-18 * sum; k++) {
    term *= x / k;
    sum += term;
  }
  return sum;
}

/**
 * (1 + x)^a − 1 − a x for x ≥ −1: how far the power lies above its tangent. Never negative outside of 0 < a < 1 (Bernoulli), and
 * a(a−1)/2 · x² near 0, where it is summed as the binomial series from its second term.
 * @param logRatio ln(1 + x), where it is known already
 */
export function powerAboveTangent(x: number, a: number, logRatio?: number): number {
  if (Math.abs(x) * Math.max(Math.abs(a), 2) > 0.1)
    return Math.expm1(a * (logRatio ?? Math.log1p(x))) - a * x;
  let term = (a * (a - 1) * x * x) / 2;
  let sum = term;
  for (let k = 3; k < 40 && Math.abs(term) > 1e-18 * Math.abs(sum); k++) {
    term *= ((a - k + 1) / k) * x;
    sum += term;
  }
  return sum;
}
