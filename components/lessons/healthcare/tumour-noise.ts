/** How much noise a model of tumours gets, and what that costs a patient. */
import type { Phase } from '@/lib/ledger';
import { analyticGaussianSigma } from '@/lib/privacy';
import { TUMOUR_DELTA, TUMOUR_STEPS } from './account';

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
