/** What grading is: trials of a program, one after another, each of which says in words what failed and on which input. */
import type { RandomSource } from '@/lib/random';
import { type Program, ProgramError } from './program';

/** Why a trial failed. */
export interface Fault {
  /** What is wrong, in words. */
  words: string;
  /** On which input. */
  input?: string;
  /** What was found there. */
  found?: string;
}

export interface Trial {
  id: string;
  /** What holds where it is passed. */
  words: string;
  /** @returns null where it is passed */
  run(program: Program, random: RandomSource): Promise<Fault | null>;
}

export interface Check extends Fault {
  id: string;
  passed: boolean;
}

export interface Grade {
  /** The name of the exercise in its address. */
  exercise: string;
  /** All checks are. */
  passed: boolean;
  /** Share of the checks that are passed, from 0 to 1. */
  score: number;
  checks: readonly Check[];
}

/** An answer that no trial can use, such as NaN: grading ends with it. */
export class Unusable extends Error {
  override readonly name = 'Unusable';
  constructor(readonly fault: Fault) {
    super(fault.words);
  }
}

const NOT_REACHED = 'Not tried: grading ended before it.';

/**
 * Puts a program to all trials of an exercise.
 *
 * @param random where inputs come from; drawn anew each time, so that no program can know them
 * @param signal ends it between two trials
 */
export async function gradeBy(
  exercise: string,
  trials: readonly Trial[],
  program: Program,
  random: RandomSource,
  signal?: AbortSignal,
): Promise<Grade> {
  const checks: Check[] = [];
  let ended = false;
  for (const { id, words, run } of trials) {
    signal?.throwIfAborted();
    if (ended) {
      checks.push({ id, passed: false, words: NOT_REACHED });
      continue;
    }
    try {
      const fault = await run(program, random);
      checks.push(fault === null ? { id, passed: true, words } : { id, passed: false, ...fault });
    } catch (error) {
      // Everything else is a fault of the grader, and must be seen as one.
      if (!(error instanceof Unusable || error instanceof ProgramError)) throw error;
      ended = true;
      const fault = error instanceof Unusable ? error.fault : { words: error.message };
      checks.push({ id, passed: false, ...fault });
    }
  }
  const good = checks.filter(({ passed }) => passed).length;
  return { exercise, passed: good === checks.length, score: good / checks.length, checks };
}
