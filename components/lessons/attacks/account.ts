/** The account of the digits that are trained on and attacked, and what a private model of them releases. */
import type { AccountRequest, Phase } from '@/lib/ledger';
import { analyticGaussianSigma } from '@/lib/privacy';
import { ATTACKED_DIGITS, ATTACKED_SHA256 } from '@/lib/runs/accounts/attacked-digits';
import type { PoissonRun } from '@/lib/runs/phases';

/** Well below 1/400. */
export const ATTACK_DELTA = 1e-5;

export const ATTACK_ACCOUNT: AccountRequest = {
  dataset: {
    hash: `sha256:${ATTACKED_SHA256}`,
    title: `${ATTACKED_DIGITS} MNIST digits, to be attacked`,
    size: ATTACKED_DIGITS,
  },
  unit: 'example',
  relation: 'add-or-remove-one',
  delta: ATTACK_DELTA,
};

/** Few: each gets its share of the noise. */
export const PRIVATE_STEPS = 20;

/** σ of one of the steps, so that all of them together have ε at the lesson's δ. */
export function attackNoise(epsilon: number): number {
  return analyticGaussianSigma({ epsilon, delta: ATTACK_DELTA }) * Math.sqrt(PRIVATE_STEPS);
}

/** What the private one releases, as the ledger is told it: every step is a Gaussian mechanism on all digits of the training set. */
export function attackPhases(epsilon: number): Phase[] {
  return [
    {
      perStep: [{ kind: 'gaussian', noiseMultiplier: attackNoise(epsilon), count: PRIVATE_STEPS }],
      steps: 1,
    },
  ];
}

/** Of the audit’s claim. */
export const AUDIT_DELTA = 1e-5;
export const AUDIT_STEPS = 12;
export const AUDIT_SAMPLE_RATE = 0.5;

/** What the audited trainer claims to release of each canary. */
export const auditRelease = (noiseMultiplier: number): PoissonRun => ({
  sampleRate: AUDIT_SAMPLE_RATE,
  noiseMultiplier,
  steps: AUDIT_STEPS,
});
