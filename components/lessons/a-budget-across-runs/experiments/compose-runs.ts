/** ε of a growing list of runs, by five ways of adding up. */
import * as z from 'zod';
import { advancedEpsilon, epsilonOfMechanisms, gdpApproximation } from '@/lib/ledger';
import type { PrivacyEvent } from '@/lib/privacy';
import type { Experiment } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import { MOST_COMPOSED } from '../compose/parameters';

const run = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('poisson-gaussian'),
    sampleRate: z.number().gt(0).max(1),
    noiseMultiplier: z.number().positive(),
    steps: z.number().int().positive(),
  }),
  z.object({ kind: z.literal('gaussian'), noiseMultiplier: z.number().positive(), count: z.literal(1) }),
  z.object({
    kind: z.literal('laplace'),
    scale: z.number().positive(),
    sensitivity: z.literal(1),
    count: z.literal(1),
  }),
]);

/** A longer list is totalled after every second run, or third: the line looks the same. */
const MOST_POINTS = 24;

const params = z.object({
  /** In the order in which they run. */
  runs: z.array(run).max(MOST_COMPOSED),
  delta: z.number().gt(0).lt(1),
});

export type ComposeRunsParams = z.output<typeof params>;
export type ComposedRun = z.output<typeof run>;

/** ε in nats after some number of runs. */
export interface ComposedTotals {
  runs: number;
  naive: number;
  advanced: number;
  rdp: number;
  pld: number;
  /** An approximation, not a bound. */
  gdp: number;
}

export const composeRuns: Experiment<
  ComposeRunsParams,
  readonly ComposedTotals[],
  readonly ComposedTotals[]
> = {
  id: 'compose-runs',
  needs: 'maths',
  params,
  async run({ runs, delta }, { signal, report, describe }) {
    describe({ noise: 'none', accountant: 'basic, advanced, RDP, PLD; GDP approximation', delta });
    const found: ComposedTotals[] = [];
    if (runs.length === 0) return found;
    const stride = Math.ceil(runs.length / MOST_POINTS);
    for (let count = runs.length % stride || stride; count <= runs.length; count += stride) {
      const list: PrivacyEvent[] = runs.slice(0, count);
      const own = list.map((one) => epsilonOfMechanisms([one], delta / count, 'pld')!);
      found.push({
        runs: count,
        naive: own.reduce((sum, epsilon) => sum + epsilon, 0),
        advanced: advancedEpsilon(
          list.map((one) => [one]),
          delta,
        )!,
        rdp: epsilonOfMechanisms(list, delta, 'rdp')!,
        pld: epsilonOfMechanisms(list, delta, 'pld')!,
        gdp: gdpApproximation(list, delta)!,
      });
      report({ phase: 'run', step: count, total: runs.length, update: [...found] });
      await pause(signal);
    }
    return found;
  },
};
