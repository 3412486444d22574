/** What a grade is made of, with trials of its own. */
import { expect, test } from 'vitest';
import { gradeBy, type Trial, Unusable } from '@/lib/exercises/grade';
import type { Program } from '@/lib/exercises/program';
import { SeededRandom } from '@/lib/random';

const program = {} as Program;
const trial = (id: string, run: Trial['run']): Trial => ({ id, words: `${id} holds`, run });

test('what cannot be used ends the grading, and what was not reached is not passed', async () => {
  const tried: string[] = [];
  const right = (id: string) =>
    trial(id, async () => {
      tried.push(id);
      return null;
    });
  const grade = await gradeBy(
    'some',
    [
      right('first'),
      trial('second', async () => {
        throw new Unusable({ words: 'NaN is no answer', input: 'f(1)' });
      }),
      right('third'),
      right('fourth'),
    ],
    program,
    new SeededRandom(1),
  );
  expect(tried).toEqual(['first']);
  expect(grade.passed).toBe(false);
  expect(grade.score).toBe(0.25);
  expect(grade.checks.map(({ passed }) => passed)).toEqual([true, false, false, false]);
  expect(grade.checks[1]).toMatchObject({ words: 'NaN is no answer', input: 'f(1)' });
});

test('a fault fails its own check alone, and a broken grader is not the program’s fault', async () => {
  const trials = [trial('one', async () => ({ words: 'too small' })), trial('two', async () => null)];
  expect(await gradeBy('some', trials, program, new SeededRandom(1))).toMatchObject({
    ...{ passed: false, score: 0.5 },
    checks: [
      { id: 'one', passed: false, words: 'too small' },
      { id: 'two', passed: true },
    ],
  });
  const broken = trial('broken', async () => {
    throw new TypeError('a bug');
  });
  await expect(gradeBy('some', [broken], program, new SeededRandom(1))).rejects.toThrow('a bug');
});
