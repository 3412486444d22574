import { powerAboveTangent } from '../numerics/log-space';

/** Where a normal weight has fallen to e^{−45}. */
export const REACH = 9.5;

/** Below this σ the quadrature would need too fine a step, and the series of `fractional-series` is the better road. */
export const QUADRATURE_LEAST_SIGMA = 0.3;

/**
 * The step of the trapezoid rule for powers of the likelihood ratio, in units of z. The integrand is analytic in the strip
 * |Im z| < πσ² (the ratio's first zero), where the rule errs by e^{−2πd/h} times the integrand's growth e^{d²/2σ²} at height d
 * (Trefethen and Weideman 2014). This step makes that e^{−38} of the largest part; for σ > 4 the Gaussian factor alone allows σ/2.
 */
export function quadratureStep(sigma: number): number {
  if (sigma > 4) return sigma / 2;
  const variance = sigma * sigma;
  const height = Math.PI * variance;
  return Math.min(sigma / 2, (2 * Math.PI * height) / (38 + (height * height) / (2 * variance)));
}

/**
 * ln A(α) of the Poisson-subsampled Gaussian at any orders, by quadrature; for σ ≥ 0.3.
 *
 * With x(z) = q (e^{(2z−1)/2σ²} − 1), so that 1 + x is the likelihood ratio, A(α) = E_{z ~ N(0, σ²)} [(1 + x)^α]. Since
 * E[x] = 0, also A − 1 = E[(1 + x)^α − 1 − αx], whose integrand is never negative: no digit is lost however small q is.
 *
 * All orders share the nodes, so one order costs some hundred exponentials.
 */
export function quadratureLogMoments(q: number, sigma: number, orders: ArrayLike<number>): Float64Array {
  let largest = 2;
  for (let i = 0; i < orders.length; i++) largest = Math.max(largest, orders[i]!);
  const variance = sigma * sigma;
  const step = quadratureStep(sigma);
  const start = -REACH * sigma;
  const count = Math.ceil((largest + 2 * REACH * sigma) / step) + 1;

  const logQ = Math.log(q);
  const x = new Float64Array(count);
  const logRatio = new Float64Array(count);
  const logWeight = new Float64Array(count);
  const weight = new Float64Array(count);
  for (let j = 0; j < count; j++) {
    const z = start + j * step;
    const exponent = (2 * z - 1) / (2 * variance);
    x[j] = q * Math.expm1(exponent);
    // Beyond e^37 the 1 of 1 + x is below its last digit, and e^exponent may overflow.
    const logX = exponent + logQ;
    logRatio[j] = logX < 37 ? Math.log1p(x[j]!) : logX;
    logWeight[j] = Math.log(step / (sigma * Math.sqrt(2 * Math.PI))) - (z * z) / (2 * variance);
    weight[j] = Math.exp(logWeight[j]!);
  }

  return Float64Array.from(orders, (order) => {
    const end = Math.min(count, Math.ceil((Math.max(order, 2) + 2 * REACH * sigma) / step) + 1);
    // Only at high orders and little noise can (1 + x)^α φ(z) overflow a double: then all terms are scaled down.
    const scale =
      order * order > 1200 * variance ? Math.max(0, largestExponent(order, logRatio, logWeight, end)) : 0;
    let sum = 0;
    for (let j = 0; j < end; j++) {
      const xj = x[j]!;
      if (Math.abs(xj) * Math.max(order, 2) < 0.1)
        sum += weight[j]! * Math.exp(-scale) * powerAboveTangent(xj, order);
      else {
        const tangent = weight[j]! === 0 ? 0 : weight[j]! * (1 + order * xj) * Math.exp(-scale);
        sum += Math.exp(order * logRatio[j]! + logWeight[j]! - scale) - tangent;
      }
    }
    // With a scale above 0 the sum is A − 1 times e^−scale.
    return scale > 37 ? scale + Math.log(sum) : Math.log1p(sum * Math.exp(scale));
  });
}

function largestExponent(
  order: number,
  logRatio: Float64Array,
  logWeight: Float64Array,
  end: number,
): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < end; j++) largest = Math.max(largest, order * logRatio[j]! + logWeight[j]!);
  return largest;
}
