/** Mutated notebook files. `npm run fuzz:notebooks` reads 10,000 of them; these are the first of the same row. */
import { expect, test } from 'vitest';
import { fuzz, ORIGINALS } from './fuzz-files';

test('each is a sound notebook, or refused in words', () => {
  const { outcomes, faults } = fuzz(600, 1);
  expect(faults).toEqual([]);
  // The mutations reach past the first check, and do break things.
  for (const outcome of ['sound', 'notebook-damaged', 'notebook-unreadable', 'record-damaged'])
    expect(outcomes[outcome], outcome).toBeGreaterThan(5);
  expect(outcomes['notebook-large']).toBeGreaterThan(0);
});

test('they begin with files that are sound', () => {
  expect(ORIGINALS).toHaveLength(6);
});
