/** Given a budget: how many equal training runs fit into it, at each noise multiplier, by each way of adding up. */
import * as z from 'zod';
import { type DpSgdRun, dpSgdEpsilon } from '@/lib/privacy';
import type { Experiment } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';

const params = z.object({
  targetEpsilon: z.number().positive().max(50),
  delta: z.number().gt(0).lt(1),
  /** q of each run. */
  sampleRate: z.number().gt(0).max(1),
  /** Of each run. */
  steps: z.number().int().min(1).max(1e6),
  /** The noise multipliers to try, ascending. */
  noiseMultipliers: z.array(z.number().positive()).min(1).max(64),
});

export type PlanRunsParams = z.output<typeof params>;

/** Whole runs that fit, at one noise multiplier. */
export interface RunsThatFit {
  noiseMultiplier: number;
  naive: number;
  rdp: number;
  pld: number;
}

const MOST_RUNS = 10_000;

export const planRuns: Experiment<PlanRunsParams, readonly RunsThatFit[], readonly RunsThatFit[]> = {
  id: 'plan-runs',
  needs: 'maths',
  params,
  async run({ targetEpsilon, delta, sampleRate, steps, noiseMultipliers }, { signal, report, describe }) {
    describe({ noise: 'none', accountant: 'basic composition, RDP, PLD', epsilon: targetEpsilon, delta });
    const found: RunsThatFit[] = [];
    for (const [index, noiseMultiplier] of noiseMultipliers.entries()) {
      const fits = runsThatFit(targetEpsilon, delta, { sampleRate, noiseMultiplier, steps });
      found.push(fits);
      report({ phase: 'run', step: index + 1, total: noiseMultipliers.length, update: [...found] });
      await pause(signal);
    }
    return found;
  },
};

/** Runs are equal, so k of them are one run with k times the steps. */
export function runsThatFit(targetEpsilon: number, delta: number, run: DpSgdRun): RunsThatFit {
  const together = (runs: number, accountant: 'rdp' | 'pld') =>
    dpSgdEpsilon({ ...run, steps: runs * run.steps, delta, accountant });
  const alone = (runs: number) => dpSgdEpsilon({ ...run, delta: delta / runs, accountant: 'pld' });
  const rdp = largest((runs) => together(runs, 'rdp') <= targetEpsilon, 1);
  return {
    noiseMultiplier: run.noiseMultiplier,
    rdp,
    // PLD allows some more than RDP, never fewer.
    pld: largest((runs) => together(runs, 'pld') <= targetEpsilon, Math.max(1, rdp)),
    // Basic composition: each run has its own ε at an equal share of δ.
    naive: largest((runs) => runs * alone(runs) <= targetEpsilon, Math.floor(targetEpsilon / alone(1))),
  };
}

/** The largest number that fits, where all smaller ones fit too: galloping from a guess, then bisecting. */
function largest(fits: (runs: number) => boolean, guess: number): number {
  let fitting = 0;
  let tooMany = MOST_RUNS + 1;
  let stride = 1;
  let next = Math.min(MOST_RUNS, Math.max(1, guess));
  while (tooMany - fitting > 1) {
    if (fits(next)) fitting = next;
    else tooMany = next;
    const bracketed = tooMany <= MOST_RUNS && fitting > 0;
    if (bracketed) next = Math.floor((fitting + tooMany) / 2);
    else if (fitting > 0) next = Math.min(MOST_RUNS, fitting + stride);
    else next = Math.max(1, tooMany - stride);
    stride *= 2;
  }
  return fitting;
}
