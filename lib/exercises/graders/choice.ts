/** What graders of mechanisms that choose one of several share: the shares in which each is chosen, against those it should have. */
import type { RandomSource } from '@/lib/random';
import { anIndex, ask, byInput, callOf, mixed, written } from '../answers';
import { keptNoise, percent, sameNoiseAgain, told } from '../draws';
import type { Fault } from '../grade';
import type { Args, Program } from '../program';
import { brokenRatio, LEVEL, offRate } from '../statistics';

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
    .filter(({ i, probability }) => offRate(found[i]!, runs, probability, LEVEL / right.length))
    .sort((a, b) => Math.abs(b.share - b.probability) - Math.abs(a.share - a.probability))[0];
  if (!off) return null;
  return {
    words,
    input: callOf(name, args),
    found: `${written(off.i)} was chosen in ${percent(off.share)} of ${runs} runs, where ${percent(off.probability)} is right`,
  };
}

/** What it is given, the list to choose from first, and how often it is asked. */
export interface Asked<Setting extends readonly [readonly unknown[], ...unknown[]]> {
  setting: Setting;
  calls: number;
}

/**
 * Asks about all of them in mixed order.
 *
 * @returns how often each index came, for each; or the fault that one was not of its list
 */
export async function countsOf(
  program: Program,
  name: string,
  asked: readonly Asked<readonly [readonly unknown[], ...unknown[]]>[],
  random: RandomSource,
): Promise<{ found: number[][] } | { fault: Fault }> {
  const order = random.shuffle(asked.flatMap(({ calls }, at) => Array.from({ length: calls }, () => at)));
  const lengths = asked.map(({ setting }) => setting[0].length);
  // One reader for lists of different length: whether an index is one of its list is seen below.
  const reader = {
    ...anIndex(Math.max(...lengths)),
    what: 'a position in the list, a whole number from 0',
  };
  const inputs = asked.map(({ setting }) => setting);
  const answers = byInput(asked.length, order, await ask(program, name, reader, inputs, order));
  for (const [at, args] of inputs.entries()) {
    const beyond = answers[at]!.find((index) => index >= lengths[at]!);
    if (beyond !== undefined)
      return {
        fault: {
          words: 'It gave back an index that is not one of the list.',
          input: callOf(name, args),
          found: String(beyond),
        },
      };
  }
  return { found: answers.map((choices, at) => counts(choices, lengths[at]!)) };
}

const COINS = 5000;

/** Whether choices between two that are alike are thrown anew, like a coin, for each call and in each run. @param tie two that are alike */
export async function fairAndFresh(
  program: Program,
  name: string,
  tie: Args,
  random: RandomSource,
): Promise<Fault | null> {
  const order = Array.from({ length: COINS }, () => 0);
  const coins = await ask(program, name, anIndex(2), [tie], order);
  return (
    offChoice(name, tie, counts(coins, 2), [0.5, 0.5], 'Two that are alike must be chosen alike often.') ??
    keptNoise(coins.map((index) => (index === 0 ? 1 : -1))) ??
    (await sameNoiseAgain(program, name, anIndex(2), [tie], random, 0.5))
  );
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
