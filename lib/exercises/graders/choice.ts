/** What graders of mechanisms that choose one of several share: the shares in which each is chosen, against those it should have. */
import { callOf, written } from '../answers';
import { percent } from '../draws';
import type { Fault } from '../grade';
import type { Args } from '../program';
import { offRate } from '../statistics';

/** How often each index came. */
export function counts(choices: readonly number[], length: number): number[] {
  const found = new Array<number>(length).fill(0);
  for (const choice of choices) found[choice]!++;
  return found;
}

/**
 * The index whose share is farthest off, told in words, or null where all may well be as they should.
 *
 * @param found how often each index came
 * @param right the probability of each
 */
export function offChoice(
  name: string,
  args: Args,
  found: readonly number[],
  right: readonly number[],
  words: string,
): Fault | null {
  const runs = found.reduce((sum, count) => sum + count, 0);
  const off = right
    .map((probability, i) => ({ i, probability, share: found[i]! / runs }))
    .filter(({ i, probability }) => offRate(found[i]!, runs, probability))
    .sort((a, b) => Math.abs(b.share - b.probability) - Math.abs(a.share - a.probability))[0];
  if (!off) return null;
  return {
    words,
    input: callOf(name, args),
    found: `${written(off.i)} was chosen in ${percent(off.share)} of ${runs} runs, where ${percent(off.probability)} is right`,
  };
}
