/** The list of planted faults fits the product as it is: each can be planted, and the tests that must see it are there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FAULTS } from '@/tests/commands/mutants/all';
import { ROOT } from '@/tests/harness/root';

test('there are at least sixty, each of its own', () => {
  expect(FAULTS.length).toBeGreaterThanOrEqual(60);
  expect(new Set(FAULTS.map(({ file, from, to }) => file + from + to)).size).toBe(FAULTS.length);
});

test.each(FAULTS.map((fault) => [fault.what, fault] as const))('%s', (_, { file, from, to, seenBy }) => {
  expect(readFileSync(join(ROOT, file), 'utf8').split(from)).toHaveLength(2);
  expect(to).not.toBe(from);
  expect(seenBy.length).toBeGreaterThan(0);
  for (const one of seenBy) expect(existsSync(join(ROOT, one)), one).toBe(true);
});
