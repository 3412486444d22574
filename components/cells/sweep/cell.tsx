'use client';

import { MNIST_SHA256 } from '@/lib/data/mnist-identity';
import { DIGIT_SWEEP, SWEEP_CLIP, SWEEP_LOT } from '@/lib/runtime/experiments/sweep-plan';
import { PUBLISHED } from './curve';
import { sweepParametersOf } from './parameters';
import { Sweep } from './sweep';

const PARAMETERS = sweepParametersOf({
  help: 'Quick shows the shape of the curve; full fills it in. Runs that the two share are not run twice.',
  grids: { quick: 'Quick: 0.25, 1 and 4', full: 'Full: seven from 0.1 to 8' },
  repeats: 2,
  steps: {
    default: 30,
    help: 'The noise follows, so that each run keeps its ε. More steps take longer and read more digits.',
  },
});
const ACCOUNT = { dataset: `sha256:${MNIST_SHA256}`, unit: 'example' } as const;
const FIGURE = {
  title: 'Test accuracy against ε',
  caption: `Softmax regression on oriented gradients, lots of ${SWEEP_LOT.toLocaleString('en')}, clip ${SWEEP_CLIP}, δ = 1e-5. Line: mean; band: worst to best. Diamonds are published results of other models, at the ε they printed: Abadi et al. 2016 (0.5, 2 and 8), Papernot et al. 2021 (2.93), Tramèr and Boneh 2021 (3).`,
  yLabel: 'test accuracy',
  empty: 'Only published points so far.',
};
const CURVE = {
  ends: [0.1, 8],
  compared: {
    id: 'published',
    label: 'Published, other models',
    points: PUBLISHED.map(({ epsilon, accuracy }) => ({ x: epsilon, y: accuracy })),
  },
} as const;

/** Accuracy on digits against ε. */
export function SweepCell() {
  return (
    <Sweep
      id="sweep"
      title="Accuracy against ε"
      intro="A training for every ε on the axis, several times over, and plain ones for comparison."
      experiment="sweep-mnist"
      subject={DIGIT_SWEEP}
      parameters={PARAMETERS}
      account={ACCOUNT}
      figure={FIGURE}
      curve={CURVE}
    />
  );
}
