'use client';

import { stored } from '@/components/ui/stored';
import {
  type Attempts,
  type ExerciseId,
  type Grade,
  NO_ATTEMPTS,
  readAttempts,
  withCode,
  withGrade,
  writeAttempts,
} from '@/lib/exercises/attempts';
import { emitGrade } from '@/lib/gradebook/events';
import { NAMES } from '@/lib/kept';
import { EXERCISE_FACTS } from './facts';

const attempts = stored<Attempts>({
  key: NAMES.exercises,
  none: NO_ATTEMPTS,
  read: readAttempts,
  write: writeAttempts,
  withoutStorage: true,
});

/** Nothing on the server, and until the page is alive. */
export const useAttempts = attempts.use;

/** @param code null: as the exercise has it */
export const keepCode = (id: ExerciseId, code: string | null): void =>
  attempts.keep(withCode(attempts.current(), id, code));

/** Keeps a grade, and tells it to whoever keeps marks. */
export function keepGrade(id: ExerciseId, grade: Grade): void {
  attempts.keep(withGrade(attempts.current(), id, grade));
  const { passed, score } = grade;
  emitGrade({
    ...{ type: passed ? 'completed' : 'progressed', kind: 'exercise', id, text: EXERCISE_FACTS[id].title },
    score,
  });
}

export const forgetAttempts = attempts.forget;
