/** The account of the 569 tumours: δ, how much noise a model gets, and what that costs a patient. */
import type { AccountRequest, Phase } from '@/lib/ledger';
import { analyticGaussianSigma, type PrivacyEvent } from '@/lib/privacy';

/** The δ of all ledger totals of the tumour data: well below 1/569. */
export const TUMOUR_DELTA = 1e-4;
/** @param sha256 of the data set, in hexadecimal */
export const tumourAccount = (sha256: string): AccountRequest => ({
  dataset: { hash: `sha256:${sha256}`, title: 'Breast Cancer Wisconsin (Diagnostic)', size: 569 },
  unit: 'patient',
  relation: 'add-or-remove-one',
  delta: TUMOUR_DELTA,
});

/** Steps of one private training. */
export const TUMOUR_STEPS = 80;

/** σ of one of the steps, so that all of them together have ε at the lesson's δ. */
export function stepNoise(epsilon: number): number {
  return analyticGaussianSigma({ epsilon, delta: TUMOUR_DELTA }) * Math.sqrt(TUMOUR_STEPS);
}

/** What some models cost a patient who is in all of them: every step of each is a Gaussian mechanism. */
export function tumourPhases(epsilon: number, models: number): Phase[] {
  return [
    {
      perStep: [{ kind: 'gaussian', noiseMultiplier: stepNoise(epsilon), count: TUMOUR_STEPS * models }],
      steps: 1,
    },
  ];
}

/** What one model releases. */
export const tumourEvents = (epsilon: number): PrivacyEvent[] => [
  { kind: 'gaussian', noiseMultiplier: stepNoise(epsilon), count: TUMOUR_STEPS },
];
