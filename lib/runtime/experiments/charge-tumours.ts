/** What a training on the tumours releases, as the ledger is told it. The unit is a patient. */
import { type ChargeDecision, chargeRun } from './charge-run';
import { TUMOUR_DELTA } from './tumour-account';
import { tumourPhases } from './tumour-noise';
import { learningRate, TRAINING_SETTINGS } from './tumours';

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

/** @returns the run in hand, or why the budget refuses it. The run is one step: a model is seen when it is finished. */
export function chargeTumours({
  title,
  datasetHash,
  epsilon,
  models,
  seed,
}: TumourPlan): Promise<ChargeDecision> {
  return chargeRun(
    {
      dataset: { hash: `sha256:${datasetHash}`, title: 'Breast Cancer Wisconsin (Diagnostic)', size: 569 },
      unit: 'patient',
      relation: 'add-or-remove-one',
      delta: TUMOUR_DELTA,
    },
    {
      kind: models === 1 ? 'training' : 'sweep',
      title,
      phases: tumourPhases(epsilon, models),
      shows: 'nothing',
      noise: seed === null ? 'secure' : 'seeded',
      seed,
      settings: { ...TRAINING_SETTINGS, learningRate: learningRate(epsilon) },
    },
  );
}
