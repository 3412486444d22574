/** What the learner sets of a sweep over ε. */
import { choice, defineParameters, number } from '@/lib/notebook';

export const sweepParameters = defineParameters({
  sweepGrid: choice({
    label: 'Values of ε',
    key: 'grid',
    help: 'Quick shows the shape of the curve; full fills it in. Runs that the two share are not run twice.',
    options: [
      { value: 'quick', label: 'Quick: 0.25, 1 and 4' },
      { value: 'full', label: 'Full: seven from 0.1 to 8' },
    ],
    default: 'quick',
  }),
  sweepRepeats: number({
    label: 'Runs at each ε',
    key: 'repeats',
    help: 'They differ only in whom they sample and which noise they draw. The band goes from the worst to the best.',
    min: 1,
    max: 10,
    step: 1,
    scale: 'linear',
    integer: true,
    default: 2,
  }),
  sweepSteps: number({
    label: 'Steps of each run',
    key: 'gridsteps',
    help: 'The noise follows, so that each run keeps its ε. More steps take longer and read more digits.',
    min: 5,
    max: 400,
    step: 1,
    scale: 'log',
    integer: true,
    default: 30,
  }),
  sweepNoise: choice({
    label: 'Noise of the sweep',
    key: 'gridnoise',
    help: 'Cryptographic runs are private, and each is charged to the ledger. Seeded runs can be repeated exactly, and protect nobody.',
    options: [
      { value: 'cryptographic', label: 'Cryptographic (private)' },
      { value: 'seeded', label: 'Seeded (reproducible, not private)' },
    ],
    default: 'cryptographic',
  }),
  sweepSeed: number({
    label: 'First seed of the sweep',
    key: 'gridseed',
    help: 'The first run at each ε has this seed, the others the next ones. The plain runs use it always, private ones only when they are seeded.',
    min: 0,
    max: 999_999,
    step: 1,
    scale: 'linear',
    integer: true,
    default: 1,
  }),
});
