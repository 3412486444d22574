/** What a training releases, in the ledger's terms: for the page that says what it would cost, and for the worker that charges it. */
import type { Phase } from '@/lib/ledger';

/** Steps on lots drawn by Poisson sampling, each with Gaussian noise. */
export interface PoissonRun {
  /** q */
  sampleRate: number;
  /** σ of everything that one step releases (with adaptive clipping, of gradients and count together); 0 for no noise. */
  noiseMultiplier: number;
  steps: number;
}

export const poissonPhases = ({ sampleRate, noiseMultiplier, steps }: PoissonRun): Phase[] => [
  { perStep: [{ kind: 'poisson-gaussian', sampleRate, noiseMultiplier, steps: 1 }], steps },
];
