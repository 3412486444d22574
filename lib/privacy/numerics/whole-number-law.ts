/**
 * The distribution of a whole number that is a sum of many independent ones, from its characteristic function: exact but for rounding,
 * in a time that does not grow with how many are added up.
 *
 * On a circle of an odd number P of whole numbers, so wide that next to nothing lies outside, probabilities are a finite Fourier sum of the characteristic function φ at the angles 2πj/P (Abate and Whitt 1992, "Numerical inversion of probability
 * generating functions"). Of a sum with standard deviation s, φ is gone beyond some 9/s, so that a few dozen angles do.
 */

/** φ at one angle in [0, π]: ln |φ| and its phase, which follows the angle without jumps. */
export interface Characteristic {
  logSize: number;
  phase: number;
}

export interface WholeNumberSum {
  mean: number;
  variance: number;
  at(angle: number): Characteristic;
  /** No smaller than ln |φ| from this angle on; says where to stop. Where it is left out, ln |φ| itself never rises. */
  logBound?(angle: number): number;
}

export interface WholeNumberLaw {
  /** P[X = k]. */
  probability(k: number): number;
  /** P[X < k] + ½ P[X = k]: the middle of the step at k. */
  middle(k: number): number;
  /** P[X ≥ k]. */
  atLeast(k: number): number;
  /** The least k for which `holds`, which must be false below some k and true from there on. */
  first(holds: (k: number) => boolean): number;
}

/** Next to nothing lies further from the mean than so many standard deviations, and so many whole numbers more. */
const REACH = 9;
const MORE = 16;
/** Below e^−42 a term is less than the rounding of the sum. */
const GONE = -42;

/** P[Bin(n, p)]’s characteristic function (1 + p (e^{iθ} − 1))^n. `n` may be any weight. */
export function binomialCharacteristic(n: number, p: number, angle: number): Characteristic {
  const half = Math.sin(angle / 2);
  return {
    logSize: 0.5 * n * Math.log1p(-4 * p * (1 - p) * half * half),
    phase: n * Math.atan2(p * Math.sin(angle), 1 - 2 * p * half * half),
  };
}

export function wholeNumberLaw({ mean, variance, at, logBound }: WholeNumberSum): WholeNumberLaw {
  const centre = Math.round(mean);
  const reach = Math.ceil(REACH * Math.sqrt(variance)) + MORE;
  // From one end of what is likely to the other, either way round.
  const circle = 4 * reach + 1;
  const half = 2 * reach;
  const angles: number[] = [];
  const sizes: number[] = [];
  const phases: number[] = [];
  for (let j = 1; j <= half; j++) {
    const angle = (2 * Math.PI * j) / circle;
    const { logSize, phase } = at(angle);
    if ((logBound?.(angle) ?? logSize) < GONE) break;
    angles.push(angle);
    sizes.push(Math.exp(logSize) / circle);
    phases.push(phase - angle * centre);
  }
  // Fourier sine coefficients of ½ sgn on the circle, times P: (cos(θ/2) − (−1)^j) / sin(θ/2).
  const steps = angles.map(
    (angle, i) => (Math.cos(angle / 2) + (i % 2 === 0 ? 1 : -1)) / Math.sin(angle / 2),
  );

  const probability = (k: number) => {
    if (Math.abs(k - centre) > reach) return 0;
    let sum = 1 / circle;
    for (let i = 0; i < angles.length; i++)
      sum += 2 * sizes[i]! * Math.cos(phases[i]! - angles[i]! * (k - centre));
    return Math.max(0, sum);
  };
  const middle = (k: number) => {
    if (Math.abs(k - centre) > reach) return k < centre ? 0 : 1;
    let sum = 0.5;
    for (let i = 0; i < angles.length; i++)
      sum -= steps[i]! * sizes[i]! * Math.sin(phases[i]! - angles[i]! * (k - centre));
    return Math.min(1, Math.max(0, sum));
  };
  return {
    probability,
    middle,
    atLeast: (k) => Math.min(1, Math.max(0, 1 - middle(k) + probability(k) / 2)),
    first(holds) {
      let low = centre - reach - 1;
      let high = centre + reach + 1;
      while (high - low > 1) {
        const k = Math.floor((low + high) / 2);
        if (holds(k)) high = k;
        else low = k;
      }
      return high;
    },
  };
}
