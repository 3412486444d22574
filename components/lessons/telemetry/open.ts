/** What code may start of this lesson. */
import type { OpenExperiment } from '@/lib/sandbox/open-experiment';
import type { PopulationParams } from './experiments/population';

const population: OpenExperiment<PopulationParams> = {
  text: 'Estimates what many phones say by a local protocol: the result’s bars, error and covered intervals.',
  defaults: {
    ...{ people: 20_000, epsilon: 1.5, protocol: 'optimised', categories: 16 },
    ...{ skew: 1, simulation: 'at-once', seed: 1 },
  },
};

export const open = { population };
