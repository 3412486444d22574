/** Of the sweep of the detector. */
import { sweepParametersOf } from '@/components/training/settings';
import recorded from '../train-detector/recorded.json' with { type: 'json' };

export const sweepDetectorParameters = sweepParametersOf({
  help: 'Quick shows the shape of the curve; full fills it in. Runs that the two share are not run twice.',
  grids: { quick: 'Quick: 0.5, 2 and 8', full: 'Full: seven from 0.1 to 8' },
  repeats: 1,
  steps: {
    default: recorded.steps,
    help: `The noise follows, so that each run keeps its ε. The recorded runs took ${recorded.steps}; fewer are sooner done and find less.`,
  },
});
