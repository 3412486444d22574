'use client';

import { useEffect, useRef, useState } from 'react';
import type { ExerciseId, Grade } from '@/lib/exercises/attempts';
import { keepGrade } from './attempts-store';

export type Grading =
  | { state: 'idle' }
  | { state: 'running' }
  | { state: 'failed'; words: string }
  /** @param code that was graded */
  | { state: 'done'; grade: Grade; code: string };

/**
 * Grades code in the background. The grader is loaded with the first grading.
 * @param onGraded hears of each grade and of the seconds it took, beside the store that keeps them
 */
export function useGrading(exercise: ExerciseId, onGraded?: (grade: Grade, seconds: number) => void) {
  const [grading, setGrading] = useState<Grading>({ state: 'idle' });
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  async function start(code: string): Promise<void> {
    abort.current?.abort();
    const mine = new AbortController();
    abort.current = mine;
    setGrading({ state: 'running' });
    const started = performance.now();
    try {
      const { gradeCode } = await import('./engine');
      if (mine.signal.aborted) return;
      const grade = await gradeCode(exercise, code, mine.signal);
      if (mine.signal.aborted) return;
      keepGrade(exercise, grade);
      onGraded?.(grade, (performance.now() - started) / 1000);
      setGrading({ state: 'done', grade, code });
    } catch (error) {
      if (mine.signal.aborted) return;
      setGrading({
        state: 'failed',
        words: `The grader itself broke, so this says nothing about your code: ${error instanceof Error ? error.message : String(error)}. Is the network there? Try again.`,
      });
    }
  }

  function stop(): void {
    abort.current?.abort();
    setGrading({ state: 'idle' });
  }

  return { grading, start, stop };
}
