/** What code may start of this lesson. */
import type { OpenExperiment } from '@/lib/sandbox/open-experiment';
import type { AskCountParams } from './experiments/ask-count';
import type { ComposeRunsParams } from './experiments/compose-runs';
import type { PlanRunsParams } from './experiments/plan-runs';

const askCount: OpenExperiment<AskCountParams> = {
  text: 'Asks the thousand made-up people a private question (ill, smokes, old, youngIll), or one about age groups (ages), and pays for it: answer, and counts, one a group.',
  defaults: { question: 'ill', epsilon: 0.1 },
};

const composeRuns: OpenExperiment<ComposeRunsParams> = {
  text: 'ε after each of a list of runs, by four ways of counting.',
  defaults: { runs: [], delta: 1e-5 },
};

const planRuns: OpenExperiment<PlanRunsParams> = {
  text: 'How many runs fit into a budget, at each of several noise multipliers.',
  defaults: {
    targetEpsilon: 3,
    delta: 1e-5,
    sampleRate: 2048 / 60_000,
    steps: 100,
    noiseMultipliers: [1, 2, 4, 8],
  },
};

export const open = { 'ask-count': askCount, 'compose-runs': composeRuns, 'plan-runs': planRuns };
