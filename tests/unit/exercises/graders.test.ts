/**
 * Graders let the right programs pass and turn the wrong ones down, and say why. A few of each: `npm run grade-exercises` tries all of
 * them, and as often as one likes.
 */
import { describe, expect, test } from 'vitest';
import { EXERCISE_IDS, EXERCISES } from '@/lib/exercises';
import { gradeInNode, programOf } from '@/tests/harness/exercise-grade';
import { HONEST } from './honest-programs';
import { textOf, WRONG } from './wrong-programs';

/** Of the wrong programs of one exercise. */
const SOME = 3;

describe.each(EXERCISE_IDS)('%s', (exercise) => {
  const solution = programOf(exercise, 'solution');

  test('the reference solution passes every check', async () => {
    const grade = await gradeInNode(exercise, solution, 1);
    expect(grade.checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(grade).toMatchObject({ exercise, passed: true, score: 1 });
    expect(new Set(grade.checks.map(({ id }) => id)).size).toBe(EXERCISES[exercise].trials().length);
  });

  test('what the reader starts from does not pass', async () => {
    const grade = await gradeInNode(exercise, programOf(exercise, 'starter'), 1);
    expect(grade.passed).toBe(false);
    expect(grade.score).toBeLessThan(1);
  });

  test.each(Object.entries(HONEST[exercise] ?? {}))('%s is as good', async (_, code) => {
    const grade = await gradeInNode(exercise, code, 3);
    expect(grade.checks.filter(({ passed }) => !passed)).toEqual([]);
  });

  test('wrong ones are turned down, with a reason', async () => {
    const all = Object.entries(WRONG[exercise]);
    expect(all.length).toBeGreaterThanOrEqual(5);
    const passed: string[] = [];
    // Every so many of them: all take minutes.
    const some = all.filter((_, i) => i % Math.ceil(all.length / SOME) === 0);
    for (const [name, wrong] of some) {
      const grade = await gradeInNode(exercise, textOf(solution, wrong), 4);
      if (grade.passed) passed.push(name);
      for (const check of grade.checks.filter((one) => !one.passed)) {
        expect(check.words.length, name).toBeGreaterThan(20);
        expect(JSON.stringify(check)).not.toContain('undefined');
      }
    }
    expect(passed).toEqual([]);
  });
});
