/** What a training run on MNIST releases, as the ledger is told it: the private model, and the plain one beside it. */
import { type ChargeDecision, type ChargedRun, chargeRun } from './charge-run';
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
  /** Of the plain model, which learns the same digits without noise. Its release is written down as what it is. */
  plainSettings: Record<string, string | number>;
  backend: string | null;
}

/** @returns both runs in hand, or why the budget refuses the private one; then neither is charged */
export async function chargeTraining(plan: TrainingPlan): Promise<ChargeDecision> {
  const { datasetHash, datasetSize, sampleRate, noiseMultiplier, steps, seed, backend } = plan;
  const account = {
    dataset: { hash: `sha256:${datasetHash}`, title: 'MNIST training digits', size: datasetSize },
    unit: 'example',
    relation: 'add-or-remove-one' as const,
    delta: MNIST_DELTA,
  };
  const phases = (sigma: number) => [
    {
      perStep: [{ kind: 'poisson-gaussian' as const, sampleRate, noiseMultiplier: sigma, steps: 1 }],
      steps,
    },
  ];
  const privately = await chargeRun(account, {
    kind: 'training',
    title: 'Softmax regression by DP-SGD',
    phases: phases(noiseMultiplier),
    // Curves of the private model are on the screen while it trains: a stop may depend on them.
    shows: 'progress',
    noise: seed === null ? 'secure' : 'seeded',
    seed,
    settings: plan.settings,
    backend,
  });
  if (!privately.ok) return privately;
  let plainly: ChargeDecision;
  try {
    plainly = await chargeRun(account, {
      kind: 'training',
      title: 'Softmax regression without privacy',
      phases: phases(0),
      shows: 'progress',
      noise: 'none',
      seed: null,
      settings: plan.plainSettings,
      backend,
    });
  } catch (error) {
    await privately.charged.close('error', 0);
    throw error;
  }
  // No budget holds back a run that it does not cover.
  if (!plainly.ok) throw new Error('A run without noise was refused by a privacy budget.');
  return { ok: true, charged: together(privately.charged, plainly.charged) };
}

/** Two runs that go step by step together, told to the ledger as one. */
export function together(first: ChargedRun, second: ChargedRun): ChargedRun {
  return {
    event: first.event,
    async before(step) {
      await first.before(step);
      await second.before(step);
    },
    async close(how, reached) {
      try {
        await first.close(how, reached);
      } finally {
        await second.close(how, reached);
      }
    },
  };
}
