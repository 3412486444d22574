/** Grades and audits a program of an exercise in Node. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AuditedExercise,
  auditProgram,
  type CodeAuditFound,
  EXERCISES,
  type ExerciseId,
  type Grade,
  grade,
  ProgramError,
} from '@/lib/exercises';
import { SeededRandom } from '@/lib/random';
import { openInNode } from './exercise-program';
import { ROOT } from './root';

export const programOf = (exercise: ExerciseId, which: 'starter' | 'solution' | 'examples'): string =>
  readFileSync(join(ROOT, 'components/exercises/programs', exercise, `${which}.js`), 'utf8');

/**
 * @param seed of the grader's inputs, and of the program's `crypto`
 * @throws nothing of the program's own: one that cannot be opened fails, too
 */
export async function gradeInNode(exercise: ExerciseId, code: string, seed: number): Promise<Grade> {
  try {
    const program = await openInNode(code, EXERCISES[exercise].functions, new SeededRandom(seed, 1));
    return await grade(exercise, program, new SeededRandom(seed, 2));
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    return {
      exercise,
      passed: false,
      score: 0,
      checks: [{ id: 'opens', passed: false, words: error.message }],
    };
  }
}

/** @param seed of the coins and inputs, and of the program's `crypto` */
export async function auditInNode(
  exercise: AuditedExercise,
  code: string,
  seed: number,
): Promise<CodeAuditFound> {
  const program = await openInNode(code, EXERCISES[exercise].functions, new SeededRandom(seed, 1));
  return auditProgram(exercise, program, new SeededRandom(seed, 2));
}
