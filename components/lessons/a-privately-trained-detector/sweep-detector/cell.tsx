'use client';

import { Sweep } from '@/components/training/sweep';
import { SCENE_LOT } from '@/lib/runs/accounts/scenes';
import { SCENE_SWEEP, SWEEP_CLIP } from '@/lib/runs/sweep-plan';
import { SCENES_ACCOUNT } from '../account';
import recorded from '../train-detector/recorded.json';
import { sweepDetectorParameters } from './parameters';

const FIGURE = {
  title: 'mAP50 against ε, trained here',
  caption: `A linear head on the public backbone, lots of ${SCENE_LOT} of 2,000 people, clip ${SWEEP_CLIP}, δ = 1e-5, judged on ${recorded.tests} test scenes. Line: mean of your runs; band: worst to best. Diamonds are not from your browser: each is the mean of seeds ${recorded.seeds.join(', ')}, recorded on ${recorded.backend} with ${recorded.steps} steps.`,
  yLabel: 'mAP50',
  empty: 'Only recorded points so far.',
};
const CURVE = {
  ends: [0.1, 8],
  floor: { min: 0 },
  compared: {
    id: 'recorded',
    label: 'Recorded',
    points: recorded.private.map(({ epsilon, mean, low, high }) => ({ x: epsilon, y: mean, low, high })),
  },
} as const;

/** What ε costs a detector, run by run. */
export function SweepDetectorCell() {
  return (
    <Sweep
      id="sweep-detector"
      intro="The same detector trained at several ε, as often as you like, and plainly for comparison. Your points appear beside the recorded ones."
      experiment="sweep-detector"
      subject={SCENE_SWEEP}
      parameters={sweepDetectorParameters}
      account={SCENES_ACCOUNT}
      figure={FIGURE}
      curve={CURVE}
    />
  );
}
