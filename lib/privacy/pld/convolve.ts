import { fft } from '../numerics/fft';
import type { GridPair } from './discretize';
import type { Plan } from './plan';

/**
 * The composed loss, tilted by e^{λ·loss}, on a window of the grid: entry j of `masses` belongs to the loss
 * `low + j · step`, and e^{logScale − λ·loss} turns it back into a probability.
 */
export interface ComposedLoss {
  low: number;
  step: number;
  tilt: number;
  masses: Float64Array;
  logScale: number;
  /** Probability of an infinite loss. */
  infinite: number;
}

/**
 * Composes pairs: losses add up, so their distributions convolve, and FFTs turn that into powers (Koskela, Jälkö and
 * Honkela 2020). The two estimates are real, so they travel as the real and the imaginary part of one transform.
 *
 * @param step the common step; each pair's grid has `stride` times that
 */
export function convolve(
  parts: readonly { grid: GridPair; stride: number; times: number }[],
  plan: Plan,
  step: number,
): { pessimistic: ComposedLoss; optimistic: ComposedLoss } {
  const { tilt, direction } = plan;
  const size = 2 ** Math.max(4, Math.ceil(Math.log2((plan.high - plan.low) / step + 16)));
  const half = size / 2;

  // Spectra of both estimates as ln |X| and angle, so that a power is a product.
  const logMagnitude = [new Float64Array(half + 1), new Float64Array(half + 1)] as const;
  const angle = [new Float64Array(half + 1), new Float64Array(half + 1)] as const;
  const logScale = [0, 0];
  const logFinite = [0, 0];
  let offset = 0;

  for (const { grid, stride, times } of parts) {
    const real = new Float64Array(size);
    const imaginary = new Float64Array(size);
    const sign = direction === 'remove' ? 1 : -1;
    offset += times * sign * grid.anchor;
    [grid.pessimistic, grid.optimistic].forEach((masses, which) => {
      const into = which === 0 ? real : imaginary;
      const source = direction === 'remove' ? masses.p : masses.q;
      const infinite = direction === 'remove' ? masses.pInfinite : masses.qInfinite;
      logFinite[which]! += times * Math.log1p(-infinite);
      logScale[which]! +=
        times *
        tiltInto(
          into,
          source,
          { first: sign * grid.first, sign, stride, anchor: sign * grid.anchor, step },
          tilt,
        );
    });
    fft(real, imaginary);
    for (let k = 0; k <= half; k++) {
      const mirror = (size - k) % size;
      // X = A + iB of two real sequences: A = (X_k + X̄_{−k}) / 2, B = (X_k − X̄_{−k}) / 2i.
      const ar = (real[k]! + real[mirror]!) / 2;
      const ai = (imaginary[k]! - imaginary[mirror]!) / 2;
      const br = (imaginary[k]! + imaginary[mirror]!) / 2;
      const bi = (real[mirror]! - real[k]!) / 2;
      accumulate(logMagnitude[0], angle[0], k, ar, ai, times);
      accumulate(logMagnitude[1], angle[1], k, br, bi, times);
    }
  }

  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  for (let k = 0; k <= half; k++) {
    const a = fromPolar(logMagnitude[0][k]!, angle[0][k]!);
    const b = fromPolar(logMagnitude[1][k]!, angle[1][k]!);
    const mirror = (size - k) % size;
    // Real and imaginary part swapped, which makes the forward transform the inverse one.
    imaginary[k] = a.re - b.im;
    real[k] = a.im + b.re;
    if (mirror !== k) {
      imaginary[mirror] = a.re + b.im;
      real[mirror] = b.re - a.im;
    }
  }
  fft(real, imaginary);

  // The transform knows grid indices only modulo its size; the window says which are meant.
  const start = Math.floor((plan.low - offset) / step) - 4;
  const pick = (source: Float64Array) => {
    const masses = new Float64Array(size);
    const begin = ((start % size) + size) % size;
    for (let j = 0; j < size; j++) {
      // The size is a power of two.
      const mass = source[(begin + j) & (size - 1)]!;
      masses[j] = mass > 0 ? mass / size : 0;
    }
    return masses;
  };
  const composed = (which: 0 | 1, source: Float64Array): ComposedLoss => ({
    low: offset + start * step,
    step,
    tilt,
    masses: pick(source),
    logScale: logScale[which]!,
    infinite: -Math.expm1(logFinite[which]!),
  });
  return { pessimistic: composed(0, imaginary), optimistic: composed(1, real) };
}

/** Where the masses of one pair lie: mass i at loss anchor + (first + sign · i) · stride · step. */
interface Placement {
  first: number;
  sign: number;
  stride: number;
  anchor: number;
  step: number;
}

/**
 * Adds source[i] e^{λ y_i}, normalised to sum 1, at grid index (first + sign · i) · stride modulo the length of `into`;
 * returns the ln of what it was divided by.
 */
function tiltInto(into: Float64Array, source: Float64Array, place: Placement, tilt: number): number {
  const { first, sign, stride, anchor, step } = place;
  const exponents = new Float64Array(source.length);
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < source.length; i++) {
    const mass = source[i]!;
    if (mass === 0) continue;
    exponents[i] = Math.log(mass) + tilt * (anchor + (first + sign * i) * stride * step);
    if (exponents[i]! > largest) largest = exponents[i]!;
  }
  let sum = 0;
  for (let i = 0; i < source.length; i++) {
    if (source[i] === 0) continue;
    const value = Math.exp(exponents[i]! - largest);
    exponents[i] = value;
    sum += value;
  }
  const size = into.length;
  for (let i = 0; i < source.length; i++) {
    if (source[i] === 0) continue;
    const index = ((((first + sign * i) * stride) % size) + size) % size;
    into[index]! += exponents[i]! / sum;
  }
  return largest + Math.log(sum);
}

function accumulate(
  logMagnitude: Float64Array,
  angle: Float64Array,
  k: number,
  re: number,
  im: number,
  times: number,
): void {
  const power = re * re + im * im;
  logMagnitude[k]! += power > 0 ? 0.5 * times * Math.log(power) : Number.NEGATIVE_INFINITY;
  if (logMagnitude[k]! > NEGLIGIBLE) angle[k]! += times * Math.atan2(im, re);
}

/** ln of a Fourier coefficient that no double sum would notice. */
const NEGLIGIBLE = -50;

function fromPolar(logMagnitude: number, angle: number): { re: number; im: number } {
  if (!(logMagnitude > NEGLIGIBLE)) return { re: 0, im: 0 };
  const magnitude = Math.exp(logMagnitude);
  return { re: magnitude * Math.cos(angle), im: magnitude * Math.sin(angle) };
}
