/** Grades code. Loaded with the first grading: a page of text needs none of it. */
import { readCode } from '@/components/code/read-code';
import { EXERCISES, type ExerciseId, type Grade, grade, ProgramError } from '@/lib/exercises';
import { SecureRandom } from '@/lib/random';
import { SandboxPrograms } from './sandbox-program';

/** A program that could not even be opened. */
const unopened = (exercise: ExerciseId, words: string): Grade => ({
  exercise,
  passed: false,
  score: 0,
  checks: [{ id: 'opens', passed: false, words }],
});

/** @param signal ends it: the promise is rejected then */
export async function gradeCode(exercise: ExerciseId, code: string, signal: AbortSignal): Promise<Grade> {
  const { fault } = readCode(code);
  if (fault) return unopened(exercise, `SyntaxError: ${fault.message} (line ${fault.line})`);
  const programs = new SandboxPrograms(code, EXERCISES[exercise].functions);
  const stop = () => programs.close();
  signal.addEventListener('abort', stop);
  try {
    return await grade(exercise, await programs.open(), new SecureRandom(), signal);
  } catch (error) {
    if (error instanceof ProgramError) return unopened(exercise, error.message);
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    programs.close();
  }
}
