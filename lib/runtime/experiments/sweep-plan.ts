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

/** In the order in which they run: a whole curve first, then the next. */
export function plannedPoints(settings: SweepSettings, delta: number): PlannedPoint[] {
  const { grid, repeats, steps, noiseSource, seed } = settings;
  const sigmas = GRIDS[grid].map(
    (epsilon) =>
      calibrateNoiseMultiplier({ targetEpsilon: epsilon, delta, sampleRate: SWEEP_RATE, steps })
        .noiseMultiplier,
  );
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
