/** What a federated run releases, as the ledger is told it: a client with all its digits is the unit. */
import type { ChargeDecision } from '@/lib/runs/charge-run';
import { chargeTwins } from '@/lib/runs/charge-twins';
import type { Deal } from '@/lib/training/federated/shards';
import { clientsAccount, federatedPhases } from '../account';

export interface FederatedPlan {
  deal: Deal;
  clientsPerRound: number;
  noiseMultiplier: number;
  rounds: number;
  /** Null for cryptographic noise. */
  seed: number | null;
  settings: Record<string, string | number>;
}

/** @returns the private run and the plain one beside it in hand, or why the budget refuses the private one */
export function chargeFederated(plan: FederatedPlan): Promise<ChargeDecision> {
  const { deal, clientsPerRound, noiseMultiplier, rounds, seed, settings } = plan;
  return chargeTwins({
    account: clientsAccount(deal),
    // Curves are on the screen while it runs: a stop may depend on them.
    both: { kind: 'federated', shows: 'progress' },
    seed,
    privately: {
      title: 'DP federated averaging',
      phases: federatedPhases(clientsPerRound, noiseMultiplier, rounds),
      settings,
    },
    plainly: {
      title: 'Federated averaging without privacy',
      phases: federatedPhases(clientsPerRound, 0, rounds),
      settings: { model: settings.model ?? '', sampling: 'Poisson, seeded', clipping: 'none' },
    },
  });
}
