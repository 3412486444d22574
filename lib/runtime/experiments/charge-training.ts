/** What a training run on MNIST releases, as the ledger is told it. */
import { type ChargeDecision, chargeRun } from './charge-run';
import { MNIST_DELTA } from './mnist-account';

export interface TrainingPlan {
  /** SHA-256 of the data set, in hexadecimal. */
  datasetHash: string;
  datasetSize: number;
  sampleRate: number;
  noiseMultiplier: number;
  steps: number;
  /** Null for cryptographic noise. */
  seed: number | null;
  settings: Record<string, string | number>;
  backend: string | null;
}

/** @returns the run in hand, or why the budget refuses it */
export function chargeTraining(plan: TrainingPlan): Promise<ChargeDecision> {
  const { datasetHash, datasetSize, sampleRate, noiseMultiplier, steps, seed, settings, backend } = plan;
  return chargeRun(
    {
      dataset: { hash: `sha256:${datasetHash}`, title: 'MNIST training digits', size: datasetSize },
      unit: 'example',
      relation: 'add-or-remove-one',
      delta: MNIST_DELTA,
    },
    {
      kind: 'training',
      title: 'Softmax regression by DP-SGD',
      phases: [{ perStep: [{ kind: 'poisson-gaussian', sampleRate, noiseMultiplier, steps: 1 }], steps }],
      // Curves of the private model are on the screen while it trains: a stop may depend on them.
      shows: 'progress',
      noise: seed === null ? 'secure' : 'seeded',
      seed,
      settings,
      backend,
    },
  );
}
