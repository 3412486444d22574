/** Settings go by their labels in tables of runs, exports and comparisons: no two of a cell may share one. */
import { expect, test } from 'vitest';
import type { ParameterSet } from '@/lib/notebook/parameters';

const MODULES = import.meta.glob<Record<string, unknown>>('/components/**/*parameters.ts', { eager: true });

const isSet = (value: unknown): value is ParameterSet =>
  typeof value === 'object' && value !== null && 'declarations' in value && 'defaults' in value;

test('every setting of a set has a label of its own', () => {
  const sets = Object.entries(MODULES).flatMap(([file, module]) =>
    Object.values(module)
      .filter(isSet)
      .map((set) => [file, Object.values(set.declarations).map(({ label }) => label)] as const),
  );
  expect(sets.length).toBeGreaterThan(30);
  for (const [file, labels] of sets) expect(labels, file).toEqual([...new Set(labels)]);
});
