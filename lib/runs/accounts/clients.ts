/** The clients among whom digits of the MNIST training set are dealt out. Their number, and how many digits each holds, are public. */
import { MNIST_SHA256 } from '@/lib/data/mnist-identity';
import { hashBytes } from '@/lib/ledger/canonical';
import type { Deal } from '@/lib/training/federated/shards';

export const CLIENTS = 500;
export const DIGITS_EACH = 10;
/** Fixes who holds what. Part of the data set’s identity, so not a setting. */
export const DEAL_SEED = 2017;

/** Clients dealt out otherwise are other clients: an account of their own. */
export const clientsHash = (deal: Deal): string =>
  hashBytes(
    new TextEncoder().encode(`${CLIENTS} clients of MNIST ${MNIST_SHA256}, ${deal}, seed ${DEAL_SEED}`),
  );
