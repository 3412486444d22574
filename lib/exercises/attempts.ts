/** What a browser keeps of the exercises: the code that was typed, and what the best grading found. Nothing leaves the browser. */
import { EXERCISE_IDS, type ExerciseId } from './names';

export type { Grade } from './grade';
export type { ExerciseId };

export interface Attempt {
  /** As it was last typed; null where nothing was. */
  code: string | null;
  /** Once passed, it stays passed. */
  passed: boolean;
  /** Of the best grading, from 0 to 1; null before the first. */
  score: number | null;
}

export type Attempts = Readonly<Partial<Record<ExerciseId, Attempt>>>;

export const NO_ATTEMPTS: Attempts = {};
export const NO_ATTEMPT: Attempt = { code: null, passed: false, score: null };
const VERSION = 1;
/** Characters. What is longer is kept nowhere. */
export const LONGEST_CODE = 50_000;

function readAttempt(stored: unknown): Attempt {
  const { code, passed, score } = (
    typeof stored === 'object' && stored !== null ? stored : {}
  ) as Partial<Attempt>;
  return {
    code: typeof code === 'string' && code.length <= LONGEST_CODE ? code : null,
    passed: passed === true,
    score: typeof score === 'number' && score >= 0 && score <= 1 ? score : null,
  };
}

/** Reads what was stored. Nothing, another version or nonsense is no attempt; never throws. */
export function readAttempts(stored: string | null): Attempts {
  if (stored === null) return NO_ATTEMPTS;
  try {
    const { version, exercises } = JSON.parse(stored) as { version?: unknown; exercises?: unknown };
    if (version !== VERSION || typeof exercises !== 'object' || exercises === null) return NO_ATTEMPTS;
    return Object.fromEntries(
      EXERCISE_IDS.filter((id) => Object.hasOwn(exercises, id)).map((id) => [
        id,
        readAttempt((exercises as Record<string, unknown>)[id]),
      ]),
    );
  } catch {
    return NO_ATTEMPTS;
  }
}

export const writeAttempts = (exercises: Attempts): string => JSON.stringify({ version: VERSION, exercises });

/** With code that was typed. @param code null: as the exercise has it */
export function withCode(attempts: Attempts, id: ExerciseId, code: string | null): Attempts {
  const kept = code !== null && code.length > LONGEST_CODE ? null : code;
  return { ...attempts, [id]: { ...(attempts[id] ?? NO_ATTEMPT), code: kept } };
}

/** With what a grading found: the best one counts. */
export function withGrade(
  attempts: Attempts,
  id: ExerciseId,
  grade: { passed: boolean; score: number },
): Attempts {
  const before = attempts[id] ?? NO_ATTEMPT;
  return {
    ...attempts,
    [id]: {
      ...before,
      passed: before.passed || grade.passed,
      score: Math.max(before.score ?? 0, grade.score),
    },
  };
}
