/**
 * The normal distribution to full double precision in its far tails, where ε at δ = 1e−10 lives: `1 − cdf(x)` would have
 * lost every digit there.
 */

const SQRT_2 = Math.SQRT2;
const LOG_SQRT_2PI = 0.5 * Math.log(2 * Math.PI);

/** Step and nodes of the quadrature below: t_n = (n + ½) h, and its weights e^{−t_n²}. */
const STEP = 0.5;
const NODES = 13;
const NODE_SQUARES = Float64Array.from({ length: NODES }, (_, n) => ((n + 0.5) * STEP) ** 2);
const NODE_WEIGHTS = NODE_SQUARES.map((square) => Math.exp(-square));

/**
 * The scaled complementary error function e^{x²} erfc(x).
 *
 * For x > 0 it is (x/π) ∫ e^{−t²} / (x² + t²) dt over the real line. The midpoint rule converges geometrically on it, and
 * the poles at ±ix add a term in closed form (Matta and Reichel 1971; Hunter and Regan 1972). Thirteen nodes at h = ½
 * leave a relative error of e^{−π²/h²} ≈ 7e−18.
 */
export function erfcx(x: number): number {
  if (x < 0) return 2 * Math.exp(x * x) - erfcx(-x);
  const square = x * x;
  let sum = 0;
  for (let n = 0; n < NODES; n++) sum += NODE_WEIGHTS[n]! / (square + NODE_SQUARES[n]!);
  const integral = ((2 * x * STEP) / Math.PI) * sum;
  if (x > Math.PI / STEP) return integral;
  return integral + (2 * Math.exp(square)) / (1 + Math.exp((2 * Math.PI * x) / STEP));
}

/** e^{−x²} with the rounding error of x² repaired: at x = 26 the plain form has lost three digits. */
function expMinusSquare(x: number): number {
  const head = Math.fround(x);
  return Math.exp(-head * head) * Math.exp(-(x - head) * (x + head));
}

/** The complementary error function. */
export function erfc(x: number): number {
  if (x >= 0) return x > 27.3 ? 0 : expMinusSquare(x) * erfcx(x);
  return 2 - erfc(-x);
}

/** The error function; by its series near 0, where 1 − erfc cancels. */
export function erf(x: number): number {
  if (Math.abs(x) > 0.6) return x > 0 ? 1 - erfc(x) : erfc(-x) - 1;
  // erf x = (2/√π) e^{−x²} Σ 2^n x^{2n+1} / (2n+1)!!  (Abramowitz and Stegun 7.1.6)
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** The standard normal density φ(x). */
export function normalPdf(x: number): number {
  return Math.exp(-0.5 * x * x - LOG_SQRT_2PI);
}

/** The standard normal distribution function Φ(x), to full relative precision in the lower tail. */
export function normalCdf(x: number): number {
  if (x > 0) return 1 - normalTail(x);
  return normalTail(-x);
}

/** e^{−x²/2} with the rounding error of x² repaired. The exponent is taken from x itself, not from x/√2, whose rounding the tail would magnify. */
export function expMinusHalfSquare(x: number): number {
  // Below the least double; far beyond, the repair would overflow, and nothing times infinity is no number.
  if (Math.abs(x) > 39) return 0;
  const head = Math.fround(x);
  return Math.exp(-0.5 * head * head) * Math.exp(-0.5 * (x - head) * (x + head));
}

/** Φ(−x), x ≥ 0. */
function normalTail(x: number): number {
  return x > 38.6 ? 0 : 0.5 * expMinusHalfSquare(x) * erfcx(x / SQRT_2);
}

/** Writes [Φ(x), Φ(−x)], each to full relative precision, for the price of one. */
export function normalTailPair(x: number, out: Float64Array): void {
  const tail = normalTail(Math.abs(x));
  out[x > 0 ? 1 : 0] = tail;
  out[x > 0 ? 0 : 1] = 1 - tail;
}

/** ln Φ(x), finite for every finite x. */
export function logNormalCdf(x: number): number {
  if (x > -1) return x > 0 ? Math.log1p(-normalTail(x)) : Math.log(normalTail(-x));
  return -0.5 * x * x + Math.log(0.5 * erfcx(-x / SQRT_2));
}

/**
 * Φ⁻¹(p). A rational start (Abramowitz and Stegun 26.2.23, off by at most 4.5e−4), then Halley steps on ln Φ, which is
 * nearly a parabola in the tail and so converges there as fast as in the middle. ±∞ at p = 0 and 1.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0.5) return 0;
  if (p > 0.5) return -normalQuantile(1 - p);
  const x = normalQuantileOfLog(Math.log(p));
  // Near the middle ln p forgets how far p is from ½, which is all that matters there: one Newton step on Φ − ½.
  return p > 0.25 ? x - (0.5 * erf(x / SQRT_2) - (p - 0.5)) / normalPdf(x) : x;
}

/** Φ⁻¹(e^{logP}) for logP ≤ ln ½: the quantile of a probability too small for a double. */
export function normalQuantileOfLog(logP: number): number {
  if (logP === Number.NEGATIVE_INFINITY) return Number.NEGATIVE_INFINITY;
  const t = Math.sqrt(-2 * logP);
  const numerator = 2.515517 + t * (0.802853 + t * 0.010328);
  const denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  let x = numerator / denominator - t;
  for (let iteration = 0; iteration < 4; iteration++) {
    const excess = logNormalCdf(x) - logP;
    const hazard = Math.exp(-0.5 * x * x - LOG_SQRT_2PI - logNormalCdf(x));
    const newton = excess / hazard;
    // (ln Φ)'' / (ln Φ)' = −x − φ/Φ.
    const step = newton / (1 + 0.5 * newton * (x + hazard));
    x -= step;
    if (Math.abs(step) <= 1e-16 * Math.abs(x)) break;
  }
  return x;
}

/** ln of e^{x²} erfc(x), also where the function itself overflows (x ≪ 0). */
export function logErfcx(x: number): number {
  return x > -10 ? Math.log(erfcx(x)) : x * x + Math.log(erfc(x));
}
