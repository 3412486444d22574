/** Which runs a sweep is made of, known before any of them runs: for the page that tells the price and the worker that pays it. */
import { calibrateNoiseMultiplier, type PoissonGaussianEvent } from '@/lib/privacy';

export const GRIDS = {
  quick: [0.25, 1, 4],
  full: [0.1, 0.25, 0.5, 1, 2, 4, 8],
} as const;

export type GridId = keyof typeof GRIDS;

export interface SweepSettings {
  grid: GridId;
  /** Runs at each ε, which differ in sampling and noise. */
  repeats: number;
  steps: number;
  noiseSource: 'cryptographic' | 'seeded';
  seed: number;
}

/** Public: the number of training digits. */
export const SWEEP_DIGITS = 60_000;
export const SWEEP_LOT = 2048;
export const SWEEP_CLIP = 1;
export const SWEEP_RATE = SWEEP_LOT / SWEEP_DIGITS;

export interface PlannedPoint {
  /** Under which a finished point is kept: everything that decides about it, and nothing else. */
  key: string;
  /** Null for a plain run. */
  epsilon: number | null;
  /** 0 for a plain run. */
  noiseMultiplier: number;
  /** 0, 1, … */
  repeat: number;
  /** Of the sampling and, where it is seeded, the noise. */
  seed: number;
}

const calibrated = new Map<string, number>();

/** σ for an ε, worked out once: a slider asks for the same ones again and again. */
function sigmaFor(targetEpsilon: number, steps: number, delta: number): number {
  const key = `${targetEpsilon} ${steps} ${delta}`;
  let sigma = calibrated.get(key);
  if (sigma === undefined) {
    sigma = calibrateNoiseMultiplier({ targetEpsilon, delta, sampleRate: SWEEP_RATE, steps }).noiseMultiplier;
    calibrated.set(key, sigma);
  }
  return sigma;
}

/** In the order in which they run: a whole curve first, then the next. */
export function plannedPoints(settings: SweepSettings, delta: number): PlannedPoint[] {
  const { grid, repeats, steps, noiseSource, seed } = settings;
  const sigmas = GRIDS[grid].map((epsilon) => sigmaFor(epsilon, steps, delta));
  const points: PlannedPoint[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const drawn = seed + repeat;
    points.push({
      ...{ epsilon: null, noiseMultiplier: 0, repeat, seed: drawn },
      key: `v1 plain ${steps} steps, seed ${drawn}`,
    });
    for (const [i, epsilon] of GRIDS[grid].entries())
      points.push({
        ...{ epsilon, noiseMultiplier: sigmas[i]!, repeat, seed: drawn },
        key: `v1 ε ${epsilon}, ${steps} steps, ${noiseSource === 'seeded' ? `seed ${drawn}` : `secure ${repeat}`}`,
      });
  }
  return points;
}

/** What a run releases, for an accountant. */
export const eventOf = (noiseMultiplier: number, steps: number): PoissonGaussianEvent => ({
  kind: 'poisson-gaussian',
  sampleRate: SWEEP_RATE,
  noiseMultiplier,
  steps,
});
