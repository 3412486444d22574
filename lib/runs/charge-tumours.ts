/** What a training on the tumours releases, as the ledger is told it. The unit is a patient. */
import type { ExperimentContext } from '@/lib/runtime/experiment';
import { TUMOUR_DELTA, tumourAccount, tumourPhases } from './accounts/tumours';
import type { ChargeDecision } from './charge-run';
import { chargeTwins } from './charge-twins';
import { learningRate, TRAINING_SETTINGS, tumourTable } from './tumours';

export interface TumourPlan {
  title: string;
  /** SHA-256 of the data set, in hexadecimal. */
  datasetHash: string;
  /** ε of one model. */
  epsilon: number;
  /** Models that one and the same patient takes part in. */
  models: number;
  /** Null for cryptographic noise. */
  seed: number | null;
}

/**
 * The private models, and the plain ones beside them.
 * @returns both in hand as one step (a model is seen when it is finished), or why the budget refuses the private ones
 */
export function chargeTumours({
  title,
  datasetHash,
  epsilon,
  models,
  seed,
}: TumourPlan): Promise<ChargeDecision> {
  return chargeTwins({
    account: tumourAccount(datasetHash),
    both: { kind: models === 1 ? 'training' : 'sweep', shows: 'nothing' },
    seed,
    privately: {
      title,
      phases: tumourPhases(epsilon, models),
      settings: { ...TRAINING_SETTINGS, learningRate: learningRate(epsilon) },
    },
    plainly: {
      title: `${title}: the plain models beside it`,
      phases: [
        {
          perStep: [{ kind: 'poisson-gaussian', sampleRate: 1, noiseMultiplier: 0, steps: models }],
          steps: 1,
        },
      ],
      settings: { model: TRAINING_SETTINGS.model, sampling: TRAINING_SETTINGS.sampling },
    },
  });
}

/**
 * The beginning of a comparison of many models with noise from a seed: loads the tumours, says how the numbers come about, charges.
 * @param plan its `dataset` says in words what is trained on
 */
export async function chargeSeededTumours(
  context: ExperimentContext<never>,
  { dataset, ...plan }: Omit<TumourPlan, 'datasetHash' | 'seed'> & { dataset: string; seed: number },
) {
  const table = await tumourTable(context);
  const { seed, epsilon } = plan;
  context.describe({ noise: 'seeded', seed, epsilon, delta: TUMOUR_DELTA, dataset });
  return { table, decision: await chargeTumours({ ...plan, datasetHash: table.sha256 }) };
}
