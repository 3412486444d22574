/**
 * A histogram with noise, its budget used in two ways: for groups that share nobody each count may cost all of ε (parallel composition,
 * McSherry 2009); for those who do not see that, each gets its share. And synthetic people drawn from the noisy counts, which costs
 * nothing more.
 */
import * as z from 'zod';
import { composeEvents, discreteLaplaceMechanism, type SingleEvent } from '@/lib/privacy';
import type { Experiment } from '@/lib/runtime/experiment';

const params = z.object({
  /** nats, for the whole histogram */
  epsilon: z.number().min(0.001).max(10),
  groups: z.number().int().min(2).max(100),
  /** Groups that one person may be in. */
  overlap: z.number().int().min(1).max(10),
  people: z.number().int().min(1).max(1_000_000),
  seed: z.number().int().min(0),
});

export type PrivateHistogramParams = z.output<typeof params>;

export interface PrivateHistogramResult {
  truth: number[];
  /** Noise for a person in `overlap` groups: each count at ε / overlap. */
  parallel: number[];
  /** Noise for as many questions as there are groups, each at ε / groups. */
  shared: number[];
  /** People drawn from the counts of `parallel`, of which those below 0 count as 0. */
  synthetic: number[];
  /** Mean absolute error of a count. */
  error: { parallel: number; shared: number; synthetic: number };
  /** What each count costs by itself, in nats, and all of them in the ledger's reckoning. */
  cost: { each: number; parallel: number; addedUp: number };
}

/** Sizes that fall off as 1, 1/2, 1/3, …: a few large groups and many small ones. Whole numbers that sum to `people`. */
export function groupSizes(people: number, groups: number): number[] {
  const weights = Array.from({ length: groups }, (_, i) => 1 / (i + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  let gathered = 0;
  return weights.map((weight) => {
    gathered += weight;
    const upTo = Math.round((people * gathered) / total);
    const own = upTo - before;
    before = upTo;
    return own;
  });
}

const meanError = (counts: readonly number[], truth: readonly number[]) =>
  counts.reduce((sum, count, i) => sum + Math.abs(count - truth[i]!), 0) / truth.length;

export const privateHistogram: Experiment<PrivateHistogramParams, null, PrivateHistogramResult> = {
  id: 'private-histogram',
  needs: 'maths',
  params,
  async run({ epsilon, groups, overlap, people, seed }, { describe, random }) {
    const source = random.seeded(seed);
    // Nobody is in more groups than there are.
    const within = Math.min(overlap, groups);
    const each = epsilon / within;
    const truth = groupSizes(people, groups);
    const noisy = (share: number) => {
      const mechanism = discreteLaplaceMechanism({ scale: 1 / share });
      return truth.map((count) => mechanism.release(count, source));
    };
    const parallel = noisy(each);
    const shared = noisy(epsilon / groups);
    const synthetic = drawn(parallel, () => source.uniform());
    const answers: SingleEvent[] = truth.map(() => ({ kind: 'pure', epsilon: each, count: 1 }));
    describe({ noise: 'seeded', seed, epsilon, delta: 0, accountant: 'pure ε', dataset: 'made-up people' });
    return {
      truth,
      parallel,
      shared,
      synthetic,
      error: {
        parallel: meanError(parallel, truth),
        shared: meanError(shared, truth),
        synthetic: meanError(synthetic, truth),
      },
      cost: {
        each,
        // Whoever is in several groups changes as many counts: so many histograms, one after another.
        parallel: composeEvents([{ kind: 'parallel', groups: answers, count: within }], 0).epsilon,
        addedUp: composeEvents(answers, 0).epsilon,
      },
    };
  },
};

/** As many people as the counts say, each put into a group with the counts as odds. */
function drawn(counts: readonly number[], uniform: () => number): number[] {
  const odds = counts.map((count) => Math.max(0, count));
  const total = odds.reduce((sum, one) => sum + one, 0);
  const found = counts.map(() => 0);
  for (let person = 0; person < total; person++) {
    let left = uniform() * total;
    let group = odds.findIndex((one) => {
      left -= one;
      return left < 0;
    });
    // Rounding may leave a last grain over.
    if (group < 0) group = odds.findLastIndex((one) => one > 0);
    found[group]!++;
  }
  return found;
}
