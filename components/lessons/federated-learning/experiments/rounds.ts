/** 500 clients learn digits together, side by side: by federated averaging, and by its differentially private form. */
import * as z from 'zod';
import {
  loadMnistShard,
  MNIST_CLASSES,
  MNIST_SIDE,
  ORIENTED_GRADIENT_WIDTH,
  orientedGradients,
} from '@/lib/data';
import type { Refusal } from '@/lib/ledger';
import { ACCOUNTANT, epsilonOf } from '@/lib/runs/accountant';
import { CLIENTS, DEAL_SEED, DIGITS_EACH } from '@/lib/runs/accounts/clients';
import { whileCharged } from '@/lib/runs/while-charged';
import { tellZeroed } from '@/lib/runs/zeroed';
import type { Experiment, ExperimentContext } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import {
  locallyPrivateAverage,
  localUpdate,
  type PrivateAverage,
  plainAverage,
  privateAverage,
} from '@/lib/training/federated/fed-avg';
import { dealOut } from '@/lib/training/federated/shards';
import { accuracyOf, type Examples, parameterCount } from '@/lib/training/federated/softmax';
import { CLIENT_DELTA, LOCAL_LEARNING_RATE, TEST_DIGITS } from '../account';
import { chargeFederated } from './charge-federated';

const params = z.object({
  noiseMultiplier: z.number().positive().max(10_000),
  /** C, of a client’s whole update. */
  maxUpdateNorm: z.number().positive().max(1000),
  rounds: z.number().int().min(1).max(500),
  /** q · clients */
  clientsPerRound: z.number().min(1).max(CLIENTS),
  localSteps: z.number().int().min(1).max(100),
  noisePlace: z.enum(['central', 'local']),
  deal: z.enum(['two-kinds', 'mixed']),
  noiseSource: z.enum(['cryptographic', 'seeded']),
  seed: z.number().int().min(0),
});
export type FederatedParams = z.output<typeof params>;

export interface FederatedUpdate {
  round: number;
  /** Spent so far, at δ = 1e-4. */
  epsilon: number;
  privateAccuracy: number;
  plainAccuracy: number;
  /** Of each client in the private round: how long its update was before clipping; null if it was not drawn. Not covered by ε. */
  lengths: (number | null)[];
}

export interface FederatedResult {
  refusal: Refusal | null;
  last: FederatedUpdate | null;
  epsilon: number;
}

interface Prepared {
  train: Examples;
  test: Examples;
  sha256: string;
}
let prepared: Promise<Prepared> | null = null;

/**
 * Loads the digits once a worker, and finds edges in those that are used. One file of either split holds them all, and their
 * features take some hundredths of a second: nothing of it is kept.
 */
function prepare({ signal, report, assetUrl }: ExperimentContext<FederatedUpdate>): Promise<Prepared> {
  prepared ??= (async () => {
    const loaded = { train: 0, test: 0 };
    const totals = { train: 0, test: 0 };
    const load = async (split: 'train' | 'test', count: number): Promise<Examples & { sha256: string }> => {
      const digits = await loadMnistShard(split, 0, {
        fetch: (url, init) => fetch(url, init),
        assetUrl,
        signal,
        onProgress(step, total) {
          loaded[split] = step;
          totals[split] = total;
          // The total is known once both have begun.
          if (totals.train > 0 && totals.test > 0)
            report({
              phase: 'download',
              step: loaded.train + loaded.test,
              total: totals.train + totals.test,
              label: 'Loading digits',
            });
        },
      });
      return {
        inputs: await orientedGradients(digits.images.subarray(0, count * MNIST_SIDE ** 2), {
          breathe: () => pause(signal),
        }),
        labels: digits.labels.slice(0, count),
        width: ORIENTED_GRADIENT_WIDTH,
        classes: MNIST_CLASSES,
        sha256: digits.sha256,
      };
    };
    const [{ sha256, ...train }, test] = await Promise.all([
      load('train', CLIENTS * DIGITS_EACH),
      load('test', TEST_DIGITS),
    ]);
    return { train, test, sha256 };
  })().catch((error) => {
    prepared = null;
    throw error;
  });
  return prepared;
}

export const federatedRounds: Experiment<FederatedParams, FederatedUpdate, FederatedResult> = {
  id: 'federated-rounds',
  needs: 'maths',
  params,
  async run(settings, context) {
    const { noiseMultiplier, maxUpdateNorm, rounds, clientsPerRound, localSteps, noisePlace, deal } =
      settings;
    const { signal, report, random } = context;
    const { train, test, sha256 } = await prepare(context);
    const seed = settings.noiseSource === 'seeded' ? settings.seed : null;
    const sampleRate = clientsPerRound / CLIENTS;
    const spent = (steps: number) => epsilonOf({ sampleRate, noiseMultiplier, steps }, CLIENT_DELTA);
    const epsilon = spent(rounds);
    context.describe({
      noise: settings.noiseSource,
      seed,
      accountant: `${ACCOUNTANT} client${noisePlace === 'local' ? ', for each report' : ''}`,
      epsilon,
      delta: CLIENT_DELTA,
      dataset: `MNIST (${sha256.slice(0, 12)}): ${CLIENTS} clients with ${DIGITS_EACH} digits each, ${TEST_DIGITS} to test`,
    });

    const decision = await chargeFederated({
      deal,
      clientsPerRound,
      noiseMultiplier,
      rounds,
      seed,
      settings: {
        maxUpdateNorm,
        localSteps,
        localLearningRate: LOCAL_LEARNING_RATE,
        noisePlace,
        sampling: 'Poisson over clients',
        model: 'softmax regression on oriented gradients',
      },
    });
    if (!decision.ok) return { refusal: decision.refusal, last: null, epsilon };
    return whileCharged(decision.charged, context, async (before) => {
      let round = 0;
      let zeroed = 0;
      const shards = dealOut(train.labels, CLIENTS, deal, random.seeded(DEAL_SEED));
      const parameters = parameterCount(train);
      const ours = new Float64Array(parameters);
      const theirs = new Float64Array(parameters);
      const noise = seed === null ? random.secure() : random.seeded(seed);
      const plainRandom = random.seeded(settings.seed + 1);
      const train1 = { localSteps, learningRate: LOCAL_LEARNING_RATE };

      /** Every drawn client trains by itself, from the same weights. */
      async function gather(weights: Float64Array, drawn: ArrayLike<number>): Promise<Float64Array[]> {
        const updates: Float64Array[] = [];
        for (let i = 0; i < drawn.length; i++) {
          updates.push(localUpdate(weights, train, shards[drawn[i]!]!, train1));
          if (i % 10 === 9) await pause(signal);
        }
        return updates;
      }

      const look = (lengths: (number | null)[]): FederatedUpdate => ({
        round,
        epsilon: spent(round),
        privateAccuracy: accuracyOf(ours, test),
        plainAccuracy: accuracyOf(theirs, test),
        lengths,
      });
      let last = look(new Array<number | null>(CLIENTS).fill(null));
      report({ phase: 'run', step: 0, total: rounds, label: 'Rounds', update: last });

      for (round = 1; round <= rounds; round++) {
        await before(round);
        const drawn = noise.poissonSample(CLIENTS, sampleRate);
        const step = {
          updates: await gather(ours, drawn),
          parameters,
          maxUpdateNorm,
          noiseMultiplier,
          expectedClients: clientsPerRound,
          random: noise,
        };
        const { average, lengths }: PrivateAverage =
          noisePlace === 'central'
            ? privateAverage(step)
            : await locallyPrivateAverage({ ...step, clients: CLIENTS, breathe: () => pause(signal) });
        for (let j = 0; j < parameters; j++) ours[j]! += average[j]!;
        zeroed += lengths.filter((length) => !Number.isFinite(length)).length;
        tellZeroed(context, zeroed);

        const others = plainRandom.poissonSample(CLIENTS, sampleRate);
        const mean = plainAverage(await gather(theirs, others), parameters);
        for (let j = 0; j < parameters; j++) theirs[j]! += mean[j]!;

        const all = new Array<number | null>(CLIENTS).fill(null);
        drawn.forEach((client, i) => {
          all[client] = lengths[i]!;
        });
        last = look(all);
        report({ phase: 'run', step: round, total: rounds, label: 'Rounds', update: last });
        await pause(signal);
      }
      return { refusal: null, last, epsilon };
    });
  },
};
