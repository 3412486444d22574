/** What the learner sets of a sweep over ε. */
import { choice, defineParameters, number } from '@/lib/notebook';
import type { GridId } from '@/lib/runs/sweep-plan';
import { noiseSource, seed } from './parameters';

export interface SweepWording {
  /** On the grids. */
  help: string;
  grids: Record<GridId, string>;
  /** Runs at each ε, by default. */
  repeats: number;
  steps: { default: number; help: string };
}

export type SweepParameters = ReturnType<typeof sweepParametersOf>;

/** The same sliders for every sweep. */
export const sweepParametersOf = ({ help, grids, repeats, steps }: SweepWording) =>
  defineParameters({
    sweepGrid: choice({
      label: 'Values of ε',
      key: 'grid',
      help,
      options: [
        { value: 'quick', label: grids.quick },
        { value: 'full', label: grids.full },
      ],
      default: 'quick',
    }),
    sweepRepeats: number({
      label: 'Runs at each ε',
      key: 'repeats',
      help: 'They differ only in whom they sample and which noise they draw. The band goes from the worst to the best.',
      min: 1,
      max: 10,
      integer: true,
      default: repeats,
    }),
    sweepSteps: number({
      label: 'Steps of each run',
      key: 'gridsteps',
      help: steps.help,
      min: 5,
      max: 400,
      scale: 'log',
      integer: true,
      default: steps.default,
    }),
    sweepNoise: {
      ...noiseSource,
      label: 'Noise of the sweep',
      key: 'gridnoise',
      help: 'Cryptographic runs are private, and each is charged to the ledger. Seeded runs can be repeated exactly, and protect nobody.',
    },
    sweepSeed: {
      ...seed,
      label: 'First seed of the sweep',
      key: 'gridseed',
      help: 'The first run at each ε has this seed, the others the next ones. The plain runs use it always, private ones only when they are seeded.',
    },
  });
