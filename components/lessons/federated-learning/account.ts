/** The clients of the lesson on federated learning, as the ledger knows them. Their number and the digits each holds are public. */
import { MNIST_SHA256 } from '@/lib/data/mnist-identity';
import type { AccountRequest } from '@/lib/ledger';
import { hashBytes } from '@/lib/ledger/canonical';
import { type PoissonRun, poissonPhases } from '@/lib/runs/phases';
import type { Deal } from '@/lib/training/federated/shards';

export const CLIENTS = 500;
export const DIGITS_EACH = 10;
export const TEST_DIGITS = 1000;
/** Well below 1/500: the unit is a client with all its digits. */
export const CLIENT_DELTA = 1e-4;
/** Fixes who holds what. Part of the data set’s identity, so not a setting. */
export const DEAL_SEED = 2017;

/** Clients dealt out otherwise are other clients: an account of their own. */
export const clientsHash = (deal: Deal): string =>
  hashBytes(
    new TextEncoder().encode(`${CLIENTS} clients of MNIST ${MNIST_SHA256}, ${deal}, seed ${DEAL_SEED}`),
  );

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
