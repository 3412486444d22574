/** Sentences on an ε count its unit as one says it. */
import { describe, expect, test } from 'vitest';
import { answersInWords, peopleInWords } from '@/components/label/faces-in-words';
import { oddsFigures } from '@/lib/runs/odds';

const odds = oddsFigures([{ kind: 'pure', epsilon: 1, count: 1 }]);
const people = (unit: string, relation: 'add-or-remove-one' | 'replace-one' = 'add-or-remove-one') =>
  peopleInWords(odds, 10, { unit, relation });

describe('of 1,000', () => {
  test.each([
    ['person', 'Of 1,000 people that took part'],
    ['patient', 'Of 1,000 patients that took part'],
    ['canary', 'Of 1,000 canaries that took part'],
  ])('units of the kind “%s”', (unit, begins) => {
    // e · 10 of 1,000.
    expect(people(unit)).toBe(
      `${begins}, the best attacker picks out up to 28, if of 1,000 that did not he wrongly names 10.`,
    );
  });

  test('that are replaced: people by their answer, other things by what they hold', () => {
    expect(people('person', 'replace-one')).toMatch(/people who gave one answer.* who gave another he/);
    expect(people('group of pixels', 'replace-one')).toMatch(
      /^Of 1,000 groups of pixels that hold one thing.*of 1,000 that hold another he/,
    );
  });
});

test('one result is of an answer, or of the unit', () => {
  const said = (unit: string) => answersInWords(odds, { unit, relation: 'replace-one' });
  expect(said('person')).toContain('say of an answer that');
  expect(said('group of pixels')).toContain('say of one group of pixels that');
});
