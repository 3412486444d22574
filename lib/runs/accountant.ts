/**
 * The one accountant of every private run: privacy loss distributions, by their pessimistic bound. What a slider promises, a cell
 * says is spent and the ledger charges is the same number, because it is the same question.
 *
 * A question takes some milliseconds: too long for a frame. Answers are kept, and a page may have them worked out elsewhere first.
 */
import { answerOf, leastNoise, type PrivacyEvent, rdpEpsilon } from '@/lib/privacy';
import type { PoissonRun } from './phases';

/** As the provenance of a run names it. */
export const ACCOUNTANT = 'PLD, Poisson-sampled Gaussian, add-or-remove-one';

/** By the bound: while a slider moves the same ones are asked again and again. */
const bounds = new Map<string, number>();
const REMEMBERED = 5000;

/** What some releases cost together, in nats: an upper bound, hardly above the truth. */
export const epsilonOfEvents = (events: readonly PrivacyEvent[], delta: number): number =>
  answerOf({ events, delta, accountant: 'pld' });

const eventsOf = ({ sampleRate, noiseMultiplier, steps }: PoissonRun): PrivacyEvent[] => [
  { kind: 'poisson-gaussian', sampleRate, noiseMultiplier, steps },
];

/** What a run spends, in nats; 0 before its first step. */
export const epsilonOf = (run: PoissonRun, delta: number): number =>
  run.steps === 0 ? 0 : epsilonOfEvents(eventsOf(run), delta);

/**
 * Orders of the bound at once: fewer than an accountant is usually given, for each costs a sum, and a search asks some seven times before
 * the next frame. Closest where ε is large and the best order small.
 */
const QUICK_ORDERS: readonly number[] = [
  ...[
    1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.8, 2, 2.2, 2.5, 2.8, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16,
    18,
  ],
  ...[20, 24, 28, 32, 40, 48, 63, 96, 128, 192, 256, 512, 1024],
];

/** Not less than `epsilonOf`, and at once: by Rényi divergences. */
export function epsilonBound({ sampleRate, noiseMultiplier, steps }: PoissonRun, delta: number): number {
  if (steps === 0) return 0;
  const key = `${sampleRate} ${noiseMultiplier} ${steps} ${delta}`;
  const known = bounds.get(key);
  if (known !== undefined) return known;
  const { epsilon } = rdpEpsilon({ sampleRate, noiseMultiplier, steps, delta, orders: QUICK_ORDERS });
  if (bounds.size >= REMEMBERED) bounds.delete(bounds.keys().next().value!);
  bounds.set(key, epsilon);
  return epsilon;
}

/** Of a run that is given its ε and no slider's ends. */
const ANY_NOISE = { min: 0.01, max: 1e6 };

/** The least σ of five digits with which such a run keeps to ε. */
export function noiseFor(
  run: Omit<PoissonRun, 'noiseMultiplier'>,
  { epsilon, delta }: { epsilon: number; delta: number },
): number {
  const by = (account: typeof epsilonOf, target: number, start: number) =>
    leastNoise({
      epsilonAt: (noiseMultiplier) => account({ ...run, noiseMultiplier }, delta),
      ...{ target, start, range: ANY_NOISE },
    }) ?? ANY_NOISE.max;
  return by(epsilonOf, epsilon, by(epsilonBound, epsilon, 1));
}
