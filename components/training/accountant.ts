/** How much noise a private training needs and what it spends, by one accountant for every slider: RDP. */
import { calibrateNoiseMultiplier, rdpEpsilon } from '@/lib/privacy';
import type { PoissonRun } from '@/lib/runs/phases';

/** The least σ with which a run keeps to ε. */
export const noiseFor = (
  { sampleRate, steps }: PoissonRun,
  { epsilon, delta }: { epsilon: number; delta: number },
): number => calibrateNoiseMultiplier({ sampleRate, steps, delta, targetEpsilon: epsilon }).noiseMultiplier;

/** What it spends with the σ that it has. */
export const epsilonOf = (run: PoissonRun, delta: number): number => rdpEpsilon({ ...run, delta }).epsilon;
