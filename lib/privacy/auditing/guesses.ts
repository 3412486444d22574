/**
 * From scores to guesses. An auditor who scores every canary commits to the clearest: the highest scores are said to have been
 * in, as many of the lowest to have been left out, and nothing is said of those between.
 */
import { checkCount } from '../checks';
import { PrivacyError } from '../errors';
import type { OneRunOutcomes } from './one-run-audit';

export interface ScoredCanaries {
  /** Of each canary: the higher, the more it looks as if it had been in. */
  scores: ArrayLike<number>;
  /** Of each canary: whether the coin put it in. */
  included: ArrayLike<boolean | number>;
}

export function checkScored({ scores, included }: ScoredCanaries): void {
  checkCount(scores.length, 'canaries', 2);
  if (scores.length !== included.length)
    throw new PrivacyError(
      'count-invalid',
      `${scores.length} scores, but ${included.length} coins.`,
      'Give one score and one coin for each canary.',
    );
  for (let i = 0; i < scores.length; i++)
    if (!Number.isFinite(scores[i]!))
      throw new PrivacyError(
        'input-invalid',
        `The score of canary ${i} is ${scores[i]}.`,
        'Give finite scores: leave out of the audit what has none, before looking at the coins.',
      );
}

/** Places of the canaries, the highest score first. Equal scores stay in the order of the canaries, which no coin has touched. */
const byScore = (scores: ArrayLike<number>) =>
  Array.from(scores, (score, place) => ({ score, place }))
    .sort((a, b) => b.score - a.score)
    .map(({ place }) => place);

/**
 * How many of `guesses` are right: half of them say "in" of the highest scores, half "out" of the lowest.
 * @param guesses an even number, at most as many as there are canaries
 */
export function guessByScore(scored: ScoredCanaries, guesses: number): { guesses: number; correct: number } {
  checkScored(scored);
  checkCount(guesses, 'guesses');
  if (guesses % 2 || guesses > scored.scores.length)
    throw new PrivacyError(
      'count-invalid',
      `${guesses} guesses about ${scored.scores.length} canaries.`,
      'Give an even number, no larger than the number of canaries.',
    );
  const { included } = scored;
  const order = byScore(scored.scores);
  const side = guesses / 2;
  let correct = 0;
  for (let i = 0; i < side; i++) {
    if (included[order[i]!]) correct++;
    if (!included[order[order.length - 1 - i]!]) correct++;
  }
  return { guesses, correct };
}

/** Shares of the canaries that are guessed about. Fixed before any score is seen. */
export const GUESSED_SHARES: readonly number[] = [0.05, 0.1, 0.2, 0.4, 0.7, 1];

/** Numbers of guesses that are tried on so many canaries. */
export const guessCounts = (canaries: number, shares = GUESSED_SHARES): number[] => [
  ...new Set(shares.map((share) => Math.max(2, 2 * Math.floor((share * canaries) / 2)))),
];

/**
 * The best of one bound over several numbers of guesses. Who tries k numbers and keeps the best has k chances to be lucky; each is
 * therefore held to pValue / k (Bonferroni), and the best is as sure as a single one at pValue.
 */
export function bestByGuesses(
  scored: ScoredCanaries & { delta: number; pValue?: number },
  bound: (outcomes: OneRunOutcomes & { pValue: number }) => { epsilonLowerBound: number },
  counts: readonly number[] = guessCounts(scored.scores.length),
): { epsilonLowerBound: number; guesses: number; correct: number } {
  const { delta, pValue = 0.05 } = scored;
  let best = { epsilonLowerBound: -1, guesses: 0, correct: 0 };
  for (const count of counts) {
    const found = guessByScore(scored, count);
    const { epsilonLowerBound } = bound({
      ...found,
      canaries: scored.scores.length,
      delta,
      pValue: pValue / counts.length,
    });
    if (epsilonLowerBound > best.epsilonLowerBound) best = { ...found, epsilonLowerBound };
  }
  return best;
}
