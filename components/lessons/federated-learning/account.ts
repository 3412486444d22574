/** The clients of the lesson on federated learning, as the ledger knows them. Their number and the digits each holds are public. */
import type { AccountRequest } from '@/lib/ledger';
import { CLIENTS, clientsHash } from '@/lib/runs/accounts/clients';
import { type PoissonRun, poissonPhases } from '@/lib/runs/phases';
import type { Deal } from '@/lib/training/federated/shards';

export const TEST_DIGITS = 1000;
/** Of a client’s own steps, on features of length 5. */
export const LOCAL_LEARNING_RATE = 0.3;
/** Well below 1/500: the unit is a client with all its digits. */
export const CLIENT_DELTA = 1e-4;
/** @param deal how the digits are dealt out */
export const clientsAccount = (deal: Deal): AccountRequest => ({
  dataset: {
    hash: clientsHash(deal),
    title: `${CLIENTS} clients with MNIST digits (${deal === 'mixed' ? 'mixed' : 'two kinds each'})`,
    size: CLIENTS,
  },
  unit: 'client',
  relation: 'add-or-remove-one',
  delta: CLIENT_DELTA,
});

/** Every round is a Gaussian mechanism on clients drawn independently. σ = 0 stands for no noise. */
export const federatedRelease = (
  clientsPerRound: number,
  noiseMultiplier: number,
  rounds: number,
): PoissonRun => ({ sampleRate: clientsPerRound / CLIENTS, noiseMultiplier, steps: rounds });

export const federatedPhases = (...run: Parameters<typeof federatedRelease>) =>
  poissonPhases(federatedRelease(...run));
