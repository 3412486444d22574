/**
 * Audits of programs that give one number to one person's data, and claim ε without a δ. Only guesses are counted: right ones, on the
 * clearest answers, of so many coins (Steinke, Nasr and Jagielski 2023).
 */
import type { RandomSource } from '@/lib/random';
import { aNumber, ask, type Reader, yesOrNo } from '../answers';
import { wholeBetween } from '../draws';
import type { Args, Program } from '../program';
import { type CodeAudit, coins, type Look } from './audit';

const CANARIES = 4000;
/** That the programs are told. */
const EPSILON = 1;

interface Question<T> {
  name: string;
  reader: Reader<T>;
  /** @param member whether the canary is there */
  argsOf(member: boolean): Args;
  scoreOf(answer: T): number;
}

/**
 * Three looks: at each answer; at the difference to an answer that was given just after it, without the canary, which takes away noise
 * that is kept; and at the difference to the same call after a second start, which takes away noise that a seed repeats.
 */
async function looksAt<T>(
  { name, reader, argsOf, scoreOf }: Question<T>,
  program: Program,
  random: RandomSource,
): Promise<Look[]> {
  const included = coins(CANARIES, random);
  const inputs = [argsOf(false), argsOf(true)];
  // Every other call is one without a canary.
  const order = included.flatMap((member) => [member ? 1 : 0, 0]);
  const first = (await ask(program, name, reader, inputs, order)).map(scoreOf);
  const again = (
    await ask(
      await program.again(),
      name,
      reader,
      inputs,
      order.map(() => 0),
    )
  ).map(scoreOf);
  const look = (id: string, words: string, score: (at: number) => number): Look => ({
    id,
    words,
    bounds: ['steinke'],
    scored: { scores: included.map((_, i) => score(2 * i)), included },
  });
  return [
    look('answer', 'Each answer', (at) => first[at]!),
    look('next', 'Each answer, less the next one', (at) => first[at]! - first[at + 1]!),
    look(
      'second-start',
      'Each answer, less that of a second start of the program',
      (at) => first[at]! - again[at]!,
    ),
  ];
}

/** @param question of each audit anew: values that a program cannot know */
const pureClaim = <T>(claim: string, question: (random: RandomSource) => Question<T>): CodeAudit => ({
  ...{ claim, claimed: EPSILON, delta: 0, canaries: CANARIES },
  looks: (program, random) => looksAt(question(random), program, random),
});

export const laplaceAudit = pureClaim(
  'One answer of `laplaceMechanism`, where one person moves the value by the sensitivity.',
  (random: RandomSource) => {
    const value = wholeBetween(-50, 50, random);
    const sensitivity = wholeBetween(1, 9, random);
    return {
      name: 'laplaceMechanism',
      reader: aNumber,
      argsOf: (member) => [member ? value + sensitivity : value, sensitivity, EPSILON],
      scoreOf: (answer) => answer,
    };
  },
);

export const responseAudit = pureClaim('One answer of `respond`, where one person says yes or no.', () => ({
  name: 'respond',
  reader: yesOrNo,
  argsOf: (member) => [member, EPSILON],
  scoreOf: Number,
}));
