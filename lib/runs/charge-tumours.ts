/** What a training on the tumours releases, as the ledger is told it. The unit is a patient. */

import { tumourPhases } from '@/lib/runs/accounts/tumours';
import { type ChargeDecision, chargeRun } from '@/lib/runs/charge-run';
import { together } from '@/lib/runs/charge-training';
import { TUMOUR_DELTA } from './accounts/tumours';
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

/**
 * The private models, and the plain ones beside them, written down as what they are.
 * @returns both in hand as one step (a model is seen when it is finished), or why the budget refuses the private ones
 */
export async function chargeTumours(plan: TumourPlan): Promise<ChargeDecision> {
  const { title, datasetHash, epsilon, models, seed } = plan;
  const account = {
    dataset: { hash: `sha256:${datasetHash}`, title: 'Breast Cancer Wisconsin (Diagnostic)', size: 569 },
    unit: 'patient',
    relation: 'add-or-remove-one' as const,
    delta: TUMOUR_DELTA,
  };
  const common = {
    kind: models === 1 ? ('training' as const) : ('sweep' as const),
    shows: 'nothing' as const,
  };
  const privately = await chargeRun(account, {
    ...common,
    title,
    phases: tumourPhases(epsilon, models),
    noise: seed === null ? 'secure' : 'seeded',
    seed,
    settings: { ...TRAINING_SETTINGS, learningRate: learningRate(epsilon) },
  });
  if (!privately.ok) return privately;
  let plainly: ChargeDecision;
  try {
    plainly = await chargeRun(account, {
      ...common,
      title: `${title}: the plain models beside it`,
      phases: [
        {
          perStep: [{ kind: 'poisson-gaussian', sampleRate: 1, noiseMultiplier: 0, steps: models }],
          steps: 1,
        },
      ],
      noise: 'none',
      seed: null,
      settings: { model: TRAINING_SETTINGS.model, sampling: TRAINING_SETTINGS.sampling },
    });
  } catch (error) {
    await privately.charged.close('error', 0);
    throw error;
  }
  // No budget holds back a run that it does not cover.
  if (!plainly.ok) throw new Error('A run without noise was refused by a privacy budget.');
  return { ok: true, charged: together(privately.charged, plainly.charged) };
}
