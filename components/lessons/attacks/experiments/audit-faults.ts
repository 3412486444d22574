/** Mistakes planted in the trainer of this site, from outside: by what it is told, and by the chance that it is handed. */
import { delegate, type RandomSource } from '@/lib/random';

export const AUDIT_FAULTS = [
  'none',
  'no-noise',
  'no-clip',
  'half-noise',
  'private-divisor',
  'noise-reused',
  'lot-cut',
  'shuffled',
] as const;
export type AuditFault = (typeof AUDIT_FAULTS)[number];

/** A lot that is cut keeps so large a part of its expected size. */
const KEPT = 0.5;

/** What a trainer with that fault is really told. Without a clip, the noise stays what it is for C = 1. */
export function faultyPrivacy(
  fault: AuditFault,
  sigma: number,
): { maxGradNorm: number; noiseMultiplier: number } {
  if (fault === 'no-clip') return { maxGradNorm: 1e6, noiseMultiplier: sigma / 1e6 };
  if (fault === 'no-noise') return { maxGradNorm: 1, noiseMultiplier: 0 };
  return { maxGradNorm: 1, noiseMultiplier: fault === 'half-noise' ? sigma / 2 : sigma };
}

/** Chance as a trainer with that fault uses it. A trainer asks for a lot once a step, and for noise after it. */
export function faultyRandom(fault: AuditFault, random: RandomSource): RandomSource {
  if (fault === 'noise-reused') return reusesNoise(random);
  if (fault === 'lot-cut')
    return {
      ...delegate(random),
      poissonSample: (size, rate) =>
        random.poissonSample(size, rate).slice(0, Math.floor(KEPT * size * rate)),
    };
  if (fault === 'shuffled') return shuffles(random);
  return random;
}

/** The generator is set back before every step. */
function reusesNoise(random: RandomSource): RandomSource {
  const drawn: number[] = [];
  let next = 0;
  return {
    ...delegate(random),
    poissonSample: (size, rate) => {
      next = 0;
      return random.poissonSample(size, rate);
    },
    fillGaussian: (out, deviation = 1) => {
      for (let i = 0; i < out.length; i++, next++) {
        if (next === drawn.length) drawn.push(random.gaussian());
        out[i] = deviation * drawn[next]!;
      }
    },
  };
}

/** Walks through all rows in a shuffled order, lot by lot, and shuffles again when it is through. */
function shuffles(random: RandomSource): RandomSource {
  let waiting: number[] = [];
  return {
    ...delegate(random),
    poissonSample: (size, rate) => {
      if (waiting.length === 0) waiting = random.shuffle(Array.from({ length: size }, (_, i) => i));
      const lot = Int32Array.from(waiting.splice(0, Math.ceil(size * rate)));
      return lot.sort();
    },
  };
}
