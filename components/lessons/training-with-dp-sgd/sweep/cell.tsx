'use client';

import { PUBLISHED } from '@/components/training/curve';
import { Sweep } from '@/components/training/sweep';
import { count } from '@/components/ui/format';
import { MNIST_ACCOUNT } from '@/lib/runs/accounts/mnist';
import { DIGIT_SWEEP, SWEEP_CLIP, SWEEP_LOT } from '@/lib/runs/sweep-plan';
import { sweepParameters } from './parameters';

const FIGURE = {
  title: 'Test accuracy against ε',
  caption: `Softmax regression on oriented gradients, lots of ${count(SWEEP_LOT)}, clip ${SWEEP_CLIP}, δ = 1e-5. Line: mean; band: worst to best. Diamonds are published results of other models, at the ε they printed: Abadi et al. 2016 (0.5, 2 and 8), Papernot et al. 2021 (2.93), Tramèr and Boneh 2021 (3).`,
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
      intro="A training for every ε on the axis, several times over, and plain ones for comparison."
      experiment="sweep-mnist"
      subject={DIGIT_SWEEP}
      parameters={sweepParameters}
      account={MNIST_ACCOUNT}
      figure={FIGURE}
      curve={CURVE}
    />
  );
}
