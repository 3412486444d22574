/** Exercises as pages: words, programs and lessons agree; what is kept of them survives nonsense. */
import { describe, expect, test } from 'vitest';
import { EXERCISES_OF_LESSONS } from '@/components/exercises/facts';
import { WORDS } from '@/components/exercises/words';
import { LESSONS } from '@/components/lessons/cells';
import { EXERCISE_NOTES } from '@/components/teach/exercise-notes';
import {
  EXERCISE_IDS,
  EXERCISES,
  NO_ATTEMPTS,
  readAttempts,
  withCode,
  withGrade,
  writeAttempts,
} from '@/lib/exercises';
import { programOf } from '@/tests/harness/exercise-grade';

test('there are twelve, each with words, programs and graders', () => {
  expect(EXERCISE_IDS).toHaveLength(12);
  expect(Object.keys(WORDS)).toEqual([...EXERCISE_IDS]);
  expect(Object.keys(EXERCISES)).toEqual([...EXERCISE_IDS]);
});

describe.each(EXERCISE_IDS)('%s', (id) => {
  test('its task names the functions that its programs have', () => {
    for (const name of EXERCISES[id].functions) {
      expect(WORDS[id].task.join(' ')).toContain(`\`${name}(`);
      for (const which of ['starter', 'solution'] as const)
        expect(programOf(id, which)).toContain(`function ${name}(`);
      expect(programOf(id, 'examples')).toContain(`await ${name}(`);
    }
  });

  test('has hints in steps, and no code mark that is left open', () => {
    const { task, hints, title, summary } = WORDS[id];
    expect(hints.length).toBeGreaterThanOrEqual(2);
    for (const text of [...task, ...hints, title, summary]) expect(text.split('`').length % 2).toBe(1);
  });

  test('belongs to a lesson, which leads to it', () => {
    const { lesson } = WORDS[id];
    expect(LESSONS.map(({ slug }) => slug)).toContain(lesson);
    expect(EXERCISES_OF_LESSONS[lesson]!.map((one) => one.id)).toContain(id);
  });
});

test('teachers find a mistake and a question for each', () => {
  expect(Object.keys(EXERCISE_NOTES)).toEqual([...EXERCISE_IDS]);
});

test('every lesson ends with one', () => {
  expect(LESSONS.filter(({ slug }) => !EXERCISES_OF_LESSONS[slug]).map(({ slug }) => slug)).toEqual([]);
});

describe('what is kept', () => {
  const id = 'clipped-mean';

  test('comes back as it was', () => {
    const attempts = withGrade(withCode(NO_ATTEMPTS, id, 'const a = 1;'), id, { passed: false, score: 0.5 });
    expect(readAttempts(writeAttempts(attempts))).toEqual({
      [id]: { code: 'const a = 1;', passed: false, score: 0.5 },
    });
  });

  test('the best grading counts, and what is passed stays so', () => {
    let attempts = withGrade(NO_ATTEMPTS, id, { passed: true, score: 1 });
    attempts = withGrade(attempts, id, { passed: false, score: 0.2 });
    expect(attempts[id]).toMatchObject({ passed: true, score: 1 });
  });

  test('nonsense is no attempt', () => {
    for (const text of [null, '', '{', '[]', '{"version":2,"exercises":{}}', '{"version":1,"exercises":3}'])
      expect(readAttempts(text)).toEqual({});
    const odd = { version: 1, exercises: { [id]: { code: 5, passed: 'yes', score: 7 }, unknown: {} } };
    expect(readAttempts(JSON.stringify(odd))).toEqual({ [id]: { code: null, passed: false, score: null } });
  });
});
