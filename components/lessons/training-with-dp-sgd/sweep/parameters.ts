/** Of the sweep over digits. */
import { sweepParametersOf } from '@/components/training/settings';

export const sweepParameters = sweepParametersOf({
  help: 'Quick shows the shape of the curve; full fills it in. Runs that the two share are not run twice.',
  grids: { quick: 'Quick: 0.25, 1 and 4', full: 'Full: seven from 0.1 to 8' },
  repeats: 2,
  steps: {
    default: 30,
    help: 'The noise follows, so that each run keeps its ε. More steps take longer and read more digits.',
  },
});
