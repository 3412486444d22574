/** Argument checks, so that every refusal names the value, its unit and the range that has an answer. */
import { PrivacyError, type PrivacyErrorCode } from './errors';

function refuse(code: PrivacyErrorCode, name: string, value: unknown, range: string): never {
  throw new PrivacyError(code, `${name} is ${String(value)}.`, `Give ${range}.`);
}

/** ε in nats, 0 ≤ ε < ∞. */
export function checkEpsilon(epsilon: number, name = 'epsilon'): void {
  if (!(epsilon >= 0 && epsilon < Number.POSITIVE_INFINITY)) {
    refuse('epsilon-invalid', name, epsilon, 'a finite number of at least 0 (nats)');
  }
}

/** ε in nats, 0 < ε < ∞. */
export function checkPositiveEpsilon(epsilon: number, name = 'epsilon'): void {
  if (!(epsilon > 0 && epsilon < Number.POSITIVE_INFINITY)) {
    refuse('epsilon-invalid', name, epsilon, 'a finite number above 0 (nats)');
  }
}

/** δ, 0 ≤ δ < 1. */
export function checkDelta(delta: number, name = 'delta'): void {
  if (!(delta >= 0 && delta < 1)) refuse('delta-invalid', name, delta, 'a probability from 0, below 1');
}

/** δ, 0 < δ < 1: what Gaussian noise needs, since it gives no pure guarantee. */
export function checkPositiveDelta(delta: number, name = 'delta'): void {
  if (!(delta > 0 && delta < 1)) {
    refuse(
      'delta-invalid',
      name,
      delta,
      'a probability above 0 and below 1; below 1 / (size of the data set) as a rule',
    );
  }
}

/** σ, 0 ≤ σ < ∞; σ = 0 means no noise, and ε is then infinite. */
export function checkNoiseMultiplier(noiseMultiplier: number, name = 'noiseMultiplier'): void {
  if (!(noiseMultiplier >= 0 && noiseMultiplier < Number.POSITIVE_INFINITY)) {
    refuse(
      'noise-multiplier-invalid',
      name,
      noiseMultiplier,
      'a finite number of at least 0 (noise standard deviation divided by the clip)',
    );
  }
}

/** q, 0 ≤ q ≤ 1. */
export function checkSampleRate(sampleRate: number, name = 'sampleRate'): void {
  if (!(sampleRate >= 0 && sampleRate <= 1)) {
    refuse(
      'sample-rate-invalid',
      name,
      sampleRate,
      'a probability from 0 to 1 (expected batch size over data set size)',
    );
  }
}

/** A whole number of steps, 0 ≤ steps ≤ 10^9: beyond that no accountant here keeps its accuracy. */
export function checkSteps(steps: number, name = 'steps'): void {
  if (!(Number.isInteger(steps) && steps >= 0 && steps <= 1e9)) {
    refuse('steps-invalid', name, steps, 'a whole number from 0 to 1000000000');
  }
}

/** A noise scale, above 0 and finite. */
export function checkScale(scale: number, name = 'scale'): void {
  if (!(scale > 0 && scale < Number.POSITIVE_INFINITY))
    refuse('scale-invalid', name, scale, 'a finite number above 0');
}

/** How far one person can move the true answer: above 0 and finite. */
export function checkSensitivity(sensitivity: number, name = 'sensitivity'): void {
  if (!(sensitivity > 0 && sensitivity < Number.POSITIVE_INFINITY)) {
    refuse('sensitivity-invalid', name, sensitivity, 'a finite number above 0');
  }
}

/** A probability, 0 … 1. */
export function checkProbability(probability: number, name = 'probability'): void {
  if (!(probability >= 0 && probability <= 1)) {
    refuse('probability-invalid', name, probability, 'a probability from 0 to 1');
  }
}

/** A whole number from `least`. */
export function checkCount(count: number, name: string, least = 0): void {
  if (!(Number.isSafeInteger(count) && count >= least)) {
    refuse('count-invalid', name, count, `a whole number of at least ${least}`);
  }
}
