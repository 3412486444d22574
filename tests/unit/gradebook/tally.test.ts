/** What counts as done and as how good, and what a gradebook keeps of it between two sittings. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type GradeEvent, type Part, questionPart, readGradeEvent } from '@/lib/gradebook/events';
import { MOST_PARTS, readSuspendData, SUSPEND_LIMITS, writeSuspendData } from '@/lib/gradebook/suspend-data';
import { emptyTally, summaryOf, type Tally, withEvent } from '@/lib/gradebook/tally';

const QUESTION = questionPart('What does ε bound?');
const CELL: Part = { id: 'train', kind: 'cell', text: 'Train' };
const EXERCISE: Part = { id: 'laplace', kind: 'exercise', text: 'Write the Laplace mechanism' };
const PARTS = [QUESTION, CELL, EXERCISE];
const RULES = { enough: 1, pass: 0.6 };

const answered = (score: number, at = 0): GradeEvent => ({
  ...QUESTION,
  type: 'answered',
  score,
  answer: { at, text: 'some answer' },
});
const tallyAfter = (...events: GradeEvent[]) => events.reduce(withEvent, emptyTally(PARTS));

describe('a tally', () => {
  test('counts the first answer to a question, right or wrong', () => {
    const tally = tallyAfter(answered(0, 1), answered(1, 2));
    expect(tally.states[0]).toEqual({ done: true, score: 0, answer: 1 });
    expect(withEvent(tally, answered(1))).toBe(tally);
  });

  test('counts the best try of an exercise, which is done when it is passed', () => {
    const tried = tallyAfter(
      { ...EXERCISE, type: 'progressed', score: 0.5 },
      { ...EXERCISE, type: 'progressed', score: 0.25 },
    );
    expect(tried.states[2]).toMatchObject({ done: false, score: 0.5 });
    expect(withEvent(tried, { ...EXERCISE, type: 'completed', score: 1 }).states[2]).toMatchObject({
      done: true,
      score: 1,
    });
  });

  test('takes a cell as done when its run is over, not when it begins', () => {
    expect(tallyAfter({ ...CELL, type: 'progressed' }).states[1]!.done).toBe(false);
    expect(tallyAfter({ ...CELL, type: 'completed' }).states[1]).toEqual({
      done: true,
      score: null,
      answer: null,
    });
  });

  test('passes over what is not among its parts', () => {
    const tally = tallyAfter();
    expect(withEvent(tally, { type: 'completed', kind: 'cell', id: 'elsewhere', text: '' })).toBe(tally);
    expect(withEvent(tally, { type: 'completed', kind: 'exercise', id: CELL.id, text: '' })).toBe(tally);
  });

  test('has one score over questions and exercises; what was not tried counts as 0', () => {
    expect(summaryOf(tallyAfter(), RULES)).toEqual({
      done: 0,
      of: 3,
      progress: 0,
      complete: false,
      // Nothing was tried: a 0 would be called failed by course pages that know what passes.
      score: null,
      passed: null,
    });
    expect(summaryOf(tallyAfter({ ...CELL, type: 'completed' }), RULES).score).toBeNull();
    expect(summaryOf(tallyAfter({ ...CELL, type: 'completed' }), { enough: 1 / 3, pass: 0.5 })).toMatchObject(
      { complete: true, score: 0, passed: false },
    );
    expect(summaryOf(tallyAfter(answered(1)), RULES)).toMatchObject({
      done: 1,
      score: 0.5,
      complete: false,
      passed: null,
    });
    const all = tallyAfter(
      answered(1),
      { ...CELL, type: 'completed' },
      { ...EXERCISE, type: 'completed', score: 0.2 },
    );
    expect(summaryOf(all, RULES)).toMatchObject({ done: 3, complete: true, score: 0.6, passed: true });
    expect(summaryOf(all, { ...RULES, pass: 0.7 }).passed).toBe(false);
    expect(summaryOf(all, { ...RULES, pass: null }).passed).toBeNull();
  });

  test('without anything that is judged has no score', () => {
    const tally = withEvent(emptyTally([CELL]), { ...CELL, type: 'completed' });
    expect(summaryOf(tally, RULES)).toMatchObject({ score: null, complete: true, passed: null });
  });

  test('is complete at the share that is enough, however that rounds', () => {
    const parts = Array.from({ length: 5 }, (_, at): Part => ({ ...CELL, id: `c${at}` }));
    const done = (count: number) =>
      parts
        .slice(0, count)
        .reduce((tally, part) => withEvent(tally, { ...part, type: 'completed' }), emptyTally(parts));
    expect(summaryOf(done(3), { enough: 0.8, pass: null }).complete).toBe(false);
    expect(summaryOf(done(4), { enough: 0.8, pass: null }).complete).toBe(true);
    expect(summaryOf(emptyTally([]), { enough: 0.8, pass: null }).complete).toBe(false);
  });
});

describe('suspend data', () => {
  const state = fc.oneof(
    fc.constant({ done: false, score: null, answer: null }),
    fc.constant({ done: true, score: null, answer: null }),
    fc.record({
      done: fc.constant(true),
      score: fc.constantFrom(0, 1),
      answer: fc.integer({ min: 0, max: 25 }),
    }),
    fc.record({
      done: fc.boolean(),
      score: fc.integer({ min: 0, max: 1295 }).map((n) => n / 1295),
      answer: fc.constant(null),
    }),
  );

  test('brings back what was written, in every state', () => {
    fc.assert(
      fc.property(
        fc.array(state, { minLength: 1, maxLength: 40 }),
        fc.constantFrom('', '#v=1&eps=2|3'),
        (states, settings) => {
          const parts = states.map((_, at): Part => ({ ...CELL, id: `c${at}` }));
          const written = writeSuspendData({ parts, states }, settings, 4096);
          expect(readSuspendData(written, parts)).toEqual({ tally: { parts, states }, settings });
        },
      ),
    );
  });

  test('fits SCORM 1.2 with the most parts there may be, and then leaves the settings out', () => {
    const parts = Array.from({ length: MOST_PARTS }, (_, at): Part => ({ ...QUESTION, id: `q-${at}` }));
    const tally: Tally = { parts, states: parts.map(() => ({ done: true, score: 1, answer: 3 })) };
    const settings = `#v=1&code=${'x'.repeat(4000)}`;
    const small = writeSuspendData(tally, settings, SUSPEND_LIMITS['1.2']);
    expect(small.length).toBeLessThanOrEqual(4096);
    expect(readSuspendData(small, parts)).toEqual({ tally, settings: '' });
    const large = writeSuspendData(tally, settings, SUSPEND_LIMITS['2004']);
    expect(readSuspendData(large, parts)).toEqual({ tally, settings });
  });

  test('of another package, of another version and nonsense are nothing', () => {
    const written = writeSuspendData(tallyAfter(answered(1)), '#v=1', 4096);
    for (const other of ['', 'x', `2${written.slice(1)}`, written.slice(0, 12), '1||||', '1|a|---------|'])
      expect(readSuspendData(other, PARTS)).toEqual({ tally: emptyTally(PARTS), settings: '' });
    expect(readSuspendData(written, [EXERCISE, CELL, QUESTION]).tally).toEqual(
      emptyTally([EXERCISE, CELL, QUESTION]),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readSuspendData(text, PARTS).tally.states).toHaveLength(3);
      }),
    );
  });
});

describe('an event', () => {
  test('names a question by its words, however they are broken into lines', () => {
    expect(questionPart(' What does\n  ε bound? ')).toEqual(QUESTION);
    expect(questionPart('What does δ bound?').id).not.toBe(QUESTION.id);
  });

  test.each([
    null,
    'text',
    { ...QUESTION, type: 'passed' },
    { ...QUESTION, type: 'answered', kind: 'page' },
    { ...QUESTION, type: 'answered', id: '<script>' },
    { ...QUESTION, type: 'answered', score: 1.5 },
    { ...QUESTION, type: 'answered', score: Number.NaN },
    { ...QUESTION, type: 'answered', answer: { at: -1, text: '' } },
    { ...QUESTION, type: 'answered', answer: { at: 26, text: '' } },
    { ...QUESTION, type: 'answered', answer: 'a' },
    { ...QUESTION, type: 'answered', text: 'x'.repeat(3000) },
  ])('that is none is not read: %j', (value) => expect(readGradeEvent(value)).toBeNull());

  test('carries nothing that it does not name', () => {
    expect(readGradeEvent({ ...answered(1), secret: 'x' })).toEqual(answered(1));
  });
});
