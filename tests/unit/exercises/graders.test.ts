/**
 * Graders let the right programs pass and turn the wrong ones down, and say why. A few of each: `npm run grade-exercises` tries all of
 * them, and as often as one likes.
 */
import { describe, expect, test } from 'vitest';
import { EXERCISE_IDS, EXERCISES } from '@/lib/exercises';
import { gradeInNode, programOf } from '@/tests/harness/exercise-grade';
import { honestEverywhere } from './honest-everywhere';
import { HONEST } from './honest-programs';
import { MORE_HONEST } from './more-honest-programs';
import { SUBTLY_WRONG } from './subtly-wrong-programs';
import { UNUSUAL_HONEST, UNUSUAL_WRONG } from './unusual-programs';
import { wrongEverywhere } from './wrong-everywhere';
import { textOf, WRONG } from './wrong-programs';

/** Of the programs of one exercise, right and wrong: all take minutes. */
const SOME_HONEST = 1;
const SOME_WRONG = 3;

/** Every so many of them. */
const someOf = <T>(all: readonly T[], count: number): T[] =>
  all.filter((_, i) => i % Math.ceil(all.length / count) === 0);

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

  const honest = {
    ...HONEST[exercise],
    ...MORE_HONEST[exercise],
    ...UNUSUAL_HONEST[exercise],
    ...honestEverywhere(exercise, solution),
  };
  test.each(someOf(Object.entries(honest), SOME_HONEST))('%s is as good', async (_, code) => {
    const grade = await gradeInNode(exercise, code, 3);
    expect(grade.checks.filter(({ passed }) => !passed)).toEqual([]);
  });

  test('wrong ones are turned down, with a reason', async () => {
    const replaced = { ...WRONG[exercise], ...SUBTLY_WRONG[exercise], ...UNUSUAL_WRONG[exercise] };
    const all = Object.entries(replaced).map(([name, wrong]) => [name, textOf(solution, wrong)] as const);
    all.push(...Object.entries(wrongEverywhere(exercise, solution)));
    expect(all.length).toBeGreaterThanOrEqual(35);
    const passed: string[] = [];
    for (const [name, code] of someOf(all, SOME_WRONG)) {
      const grade = await gradeInNode(exercise, code, 4);
      if (grade.passed) passed.push(name);
      for (const check of grade.checks.filter((one) => !one.passed)) {
        expect(check.words.length, name).toBeGreaterThan(20);
        expect(check.words + check.input, name).not.toMatch(/undefined(?!$)|NaN/);
      }
    }
    expect(passed).toEqual([]);
  });
});
