/** How much noise a private training needs and what it spends, by one accountant for every slider: RDP. */
import { calibrateNoiseMultiplier, rdpEpsilon } from '@/lib/privacy';

/** Steps on lots drawn by Poisson sampling, each a Gaussian mechanism. */
export interface SampledSteps {
  /** q */
  sampleRate: number;
  steps: number;
  delta: number;
}

/** The least σ of a step with which all of them keep to ε. */
export const noiseFor = (training: SampledSteps, epsilon: number): number =>
  calibrateNoiseMultiplier({ ...training, targetEpsilon: epsilon }).noiseMultiplier;

/** ε of all steps together, each with this σ. */
export const epsilonAt = (training: SampledSteps, noiseMultiplier: number): number =>
  rdpEpsilon({ ...training, noiseMultiplier }).epsilon;
