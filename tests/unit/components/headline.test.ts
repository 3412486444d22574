/** What is announced of a result is what is to be seen of it. */
import { expect, test } from 'vitest';
import { type CellElement, headlineOf } from '@/components/notebook/headline';

interface Shown {
  headline?: string;
  facts?: readonly (readonly [name: string, value: string])[];
  figure?: string;
}

/** As much of a cell's element as is looked at. */
function cell({ headline, facts = [], figure }: Shown): CellElement {
  const values = facts.map(([name, value]) => ({
    textContent: value,
    parentElement: { querySelector: () => ({ textContent: name }) },
  }));
  return {
    dataset: headline === undefined ? {} : { headline },
    querySelectorAll: () => values,
    querySelector: () => (figure === undefined ? null : { getAttribute: () => figure }),
  } as unknown as CellElement;
}

const facts = [
  ['Faces found', '4'],
  ['Mean confidence', '70 %'],
  ['Detector', '128\n ms'],
  ['Latency', '9 ms'],
] as const;

test('a cell’s own headline comes first', () => {
  expect(headlineOf(cell({ headline: '4 of 6 faces found', facts, figure: 'A chart.' }))).toBe(
    '4 of 6 faces found',
  );
});

test('else its first numbers, with their names', () => {
  expect(headlineOf(cell({ facts, figure: 'A chart.' }))).toBe(
    'Faces found 4, Mean confidence 70 %, Detector 128 ms',
  );
});

test('else what its figure is said to show, not for ever', () => {
  expect(headlineOf(cell({ figure: 'ROC: area 0.989 private.' }))).toBe('ROC: area 0.989 private.');
  expect(headlineOf(cell({ figure: 'x'.repeat(1000) })).length).toBeLessThan(300);
});

test('else nothing', () => {
  expect(headlineOf(cell({}))).toBe('');
  expect(headlineOf(null)).toBe('');
});
