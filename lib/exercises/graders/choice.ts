/** What graders of mechanisms that choose one of several share: the shares in which each is chosen, against those it should have. */
import type { RandomSource } from '@/lib/random';
import { anIndex, ask, byInput, callOf, mixed, written } from '../answers';
import { percent, told } from '../draws';
import type { Fault } from '../grade';
import type { Args, Program } from '../program';
import { brokenRatio, offRate } from '../statistics';

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

/** Two neighbouring lists of two, and what they promise. */
interface Neighbours {
  here: Args;
  there: Args;
  /** In nats. */
  epsilon: number;
  /** What is chosen, in a word. */
  chosen: string;
}

/** Whether one of two is chosen more often for one list than e^ε times as often as for its neighbour. @param calls for each list */
export async function toldApart(
  program: Program,
  name: string,
  { here, there, epsilon, chosen }: Neighbours,
  calls: number,
  random: RandomSource,
): Promise<Fault | null> {
  const order = mixed(2, calls, random);
  const found = byInput(2, order, await ask(program, name, anIndex(2), [here, there], order));
  const broken = brokenRatio(found[0]!, found[1]!, epsilon);
  if (broken === null) return null;
  return {
    words: `Two neighbouring lists can be told apart: one ${chosen} is more than e^ε = ${told(Math.exp(epsilon))} times as probable for one as for the other.`,
    input: `${callOf(name, here)} and ${callOf(name, there)}`,
    found: `${percent(broken.often)} of the runs for one, ${percent(broken.seldom)} for the other`,
  };
}
