/** Which runs a sweep is made of, known before any of them runs: for the page that tells the price and the worker that pays it. */
import type { PoissonGaussianEvent } from '@/lib/privacy';
import { noiseFor } from './accountant';
import { MNIST_DELTA } from './accounts/mnist';
import { SCENE_DELTA, SCENE_LOT, SCENE_PEOPLE } from './accounts/scenes';

export const GRID_IDS = ['quick', 'full'] as const;
export type GridId = (typeof GRID_IDS)[number];

/** What is trained again and again, as far as the plan depends on it. */
export interface SweepSubject {
  /** Leads the keys of finished points: no two subjects share one, and what changes the points changes it. */
  readonly prefix: string;
  /** The ε of each grid, ascending. */
  readonly grids: Readonly<Record<GridId, readonly number[]>>;
  /** q */
  readonly sampleRate: number;
  readonly delta: number;
}

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

export const DIGIT_SWEEP: SweepSubject = {
  prefix: 'v2',
  grids: { quick: [0.25, 1, 4], full: [0.1, 0.25, 0.5, 1, 2, 4, 8] },
  sampleRate: SWEEP_LOT / SWEEP_DIGITS,
  delta: MNIST_DELTA,
};

export const SCENE_SWEEP: SweepSubject = {
  prefix: 'scenes 3',
  grids: { quick: [0.5, 2, 8], full: [0.1, 0.25, 0.5, 1, 2, 4, 8] },
  sampleRate: SCENE_LOT / SCENE_PEOPLE,
  delta: SCENE_DELTA,
};

export interface PlannedPoint {
  /** Under which a finished point is kept: everything that decides about it, and nothing else. */
  key: string;
  /** Null for a plain run. */
  epsilon: number | null;
  /** 0, 1, … */
  repeat: number;
  /** Of the sampling and, where it is seeded, the noise. */
  seed: number;
}

/** In the order in which they run: a whole curve first, then the next. */
export function plannedPoints(subject: SweepSubject, settings: SweepSettings): PlannedPoint[] {
  const { grid, repeats, steps, noiseSource, seed } = settings;
  const { prefix } = subject;
  const epsilons = subject.grids[grid];
  const points: PlannedPoint[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const drawn = seed + repeat;
    points.push({
      ...{ epsilon: null, repeat, seed: drawn },
      key: `${prefix} plain ${steps} steps, seed ${drawn}`,
    });
    for (const epsilon of epsilons)
      points.push({
        ...{ epsilon, repeat, seed: drawn },
        key: `${prefix} ε ${epsilon}, ${steps} steps, ${noiseSource === 'seeded' ? `seed ${drawn}` : `secure ${repeat}`}`,
      });
  }
  return points;
}

/** σ of a run at ε; 0 for a plain one. Takes the accountant some milliseconds. */
export const sweepNoise = (
  { sampleRate, delta }: SweepSubject,
  epsilon: number | null,
  steps: number,
): number => (epsilon === null ? 0 : noiseFor({ sampleRate, steps }, { epsilon, delta }));

/** What a run releases, for an accountant. */
export const eventOf = (
  { sampleRate }: SweepSubject,
  noiseMultiplier: number,
  steps: number,
): PoissonGaussianEvent => ({
  kind: 'poisson-gaussian',
  sampleRate,
  noiseMultiplier,
  steps,
});
