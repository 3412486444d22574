/** What a federated run releases, as the ledger is told it: a client with all its digits is the unit. */

import { type ChargeDecision, chargeRun } from '@/lib/runs/charge-run';
import { together } from '@/lib/runs/charge-training';
import type { Deal } from '@/lib/training/federated/shards';
import { CLIENT_DELTA, CLIENTS, clientsHash, federatedPhases } from '../account';

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
export async function chargeFederated(plan: FederatedPlan): Promise<ChargeDecision> {
  const { deal, clientsPerRound, noiseMultiplier, rounds, seed, settings } = plan;
  const account = {
    dataset: {
      hash: clientsHash(deal),
      title: `${CLIENTS} clients with MNIST digits (${deal === 'mixed' ? 'mixed' : 'two kinds each'})`,
      size: CLIENTS,
    },
    unit: 'client',
    relation: 'add-or-remove-one' as const,
    delta: CLIENT_DELTA,
  };
  const privately = await chargeRun(account, {
    kind: 'federated',
    title: 'DP federated averaging',
    phases: federatedPhases(clientsPerRound, noiseMultiplier, rounds),
    // Curves are on the screen while it runs: a stop may depend on them.
    shows: 'progress',
    noise: seed === null ? 'secure' : 'seeded',
    seed,
    settings,
  });
  if (!privately.ok) return privately;
  let plainly: ChargeDecision;
  try {
    plainly = await chargeRun(account, {
      kind: 'federated',
      title: 'Federated averaging without privacy',
      phases: federatedPhases(clientsPerRound, 0, rounds),
      shows: 'progress',
      noise: 'none',
      seed: null,
      settings: { model: settings.model ?? '', sampling: 'Poisson, seeded', clipping: 'none' },
    });
  } catch (error) {
    await privately.charged.close('error', 0);
    throw error;
  }
  // No budget holds back a run that it does not cover.
  if (!plainly.ok) throw new Error('A run without noise was refused by a privacy budget.');
  return { ok: true, charged: together(privately.charged, plainly.charged) };
}
