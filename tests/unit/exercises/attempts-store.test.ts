/** What the page keeps of a grading, and tells of it: without storage, as inside of somebody else's page. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Grade } from '@/lib/exercises/attempts';
import { type GradeEvent, onGrade } from '@/lib/gradebook/events';

const page = new EventTarget();
beforeEach(() => {
  vi.stubGlobal('dispatchEvent', page.dispatchEvent.bind(page));
  vi.stubGlobal('localStorage', {
    getItem: () => null,
    setItem() {
      throw new DOMException('refused', 'SecurityError');
    },
  });
});
afterEach(() => vi.unstubAllGlobals());

const graded = (passed: boolean, score: number): Grade => ({
  ...{ exercise: 'laplace-mechanism', passed, score },
  checks: [],
});

test('each grading of an exercise is told to whoever keeps marks, by the name of the exercise', async () => {
  const { keepGrade } = await import('@/components/exercises/attempts-store');
  const heard: GradeEvent[] = [];
  const stop = onGrade((event) => heard.push(event), page);
  keepGrade('laplace-mechanism', graded(false, 0.5));
  keepGrade('laplace-mechanism', graded(true, 1));
  stop();
  const part = { kind: 'exercise', id: 'laplace-mechanism', text: 'Write the Laplace mechanism' };
  expect(heard).toEqual([
    { type: 'progressed', ...part, score: 0.5 },
    { type: 'completed', ...part, score: 1 },
  ]);
});
