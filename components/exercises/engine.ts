/** Grades and audits code. Loaded with the first of either: a page of text needs none of it. */
import { readCode } from '@/components/code/read-code';
import {
  type AuditedExercise,
  auditProgram,
  type CodeAuditFound,
  EXERCISES,
  type ExerciseId,
  type Fault,
  type Grade,
  grade,
  type Program,
  ProgramError,
  Unusable,
} from '@/lib/exercises';
import { SecureRandom } from '@/lib/random';
import { SandboxPrograms } from './sandbox-program';

/** An audit takes a few seconds. Code that needs more than this is too slow for one. */
const AUDIT_SECONDS = 60;

/**
 * Opens the code in a sandbox, and closes all that was opened when the work is done or stopped.
 * @throws {ProgramError} also where the code is no JavaScript
 */
async function withProgram<T>(
  exercise: ExerciseId,
  code: string,
  signal: AbortSignal,
  work: (program: Program) => Promise<T>,
): Promise<T> {
  const { fault } = readCode(code);
  if (fault) throw new ProgramError(`SyntaxError: ${fault.message} (line ${fault.line})`);
  const programs = new SandboxPrograms(code, EXERCISES[exercise].functions);
  const stop = () => programs.close();
  signal.addEventListener('abort', stop);
  try {
    return await work(await programs.open());
  } finally {
    signal.removeEventListener('abort', stop);
    programs.close();
  }
}

/** @param signal ends it: the promise is rejected then */
export async function gradeCode(exercise: ExerciseId, code: string, signal: AbortSignal): Promise<Grade> {
  try {
    return await withProgram(exercise, code, signal, (program) =>
      grade(exercise, program, new SecureRandom(), signal),
    );
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    const checks = [{ id: 'opens', passed: false, words: error.message }];
    return { exercise, passed: false, score: 0, checks };
  }
}

/** What an audit found, or why there was nothing to audit. */
export type AuditOfCode = { found: CodeAuditFound } | { fault: Fault };

/** @param signal ends it: the promise is rejected, or never settles */
export async function auditCode(
  exercise: AuditedExercise,
  code: string,
  signal: AbortSignal,
): Promise<AuditOfCode> {
  let late: ReturnType<typeof setTimeout> | undefined;
  const tooSlow = new Promise<never>((_, reject) => {
    late = setTimeout(
      () => reject(new ProgramError(`The code took more than ${AUDIT_SECONDS} seconds and was stopped.`)),
      1000 * AUDIT_SECONDS,
    );
  });
  try {
    const found = await withProgram(exercise, code, signal, (program) =>
      Promise.race([auditProgram(exercise, program, new SecureRandom()), tooSlow]),
    );
    return { found };
  } catch (error) {
    if (error instanceof Unusable) return { fault: error.fault };
    if (error instanceof ProgramError) return { fault: { words: error.message } };
    throw error;
  } finally {
    clearTimeout(late);
  }
}
