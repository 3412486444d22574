/** What code may start of this lesson. */
import { type OpenExperiment, SEEDED } from '@/lib/sandbox/open-experiment';
import type { FederatedParams } from './experiments/rounds';

const federatedRounds: OpenExperiment<FederatedParams> = {
  text: 'Trains 500 clients together, with and without privacy for each. Every update, and the result’s last, has privateAccuracy and plainAccuracy.',
  defaults: {
    ...SEEDED,
    ...{ noiseMultiplier: 1.3, maxUpdateNorm: 1, rounds: 20, clientsPerRound: 200 },
    ...{ localSteps: 3, noisePlace: 'central', deal: 'two-kinds' },
  },
};

export const open = { 'federated-rounds': federatedRounds };
