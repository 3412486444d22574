import { expect, test } from 'vitest';
import { shownProvenance } from '@/components/notebook/shown-provenance';
import type { Provenance } from '@/lib/runtime';

const provenance = { origin: 'live', noise: 'seeded', epsilon: 1 } as Provenance;
const charged = { ...provenance, charged: {} } as Provenance;

test('a run that was stopped before it found anything is not said to have made what is on the screen', () => {
  expect(shownProvenance({ provenance, result: null, updates: [] })).toBeNull();
});

test('a part of a run, a whole one, and one that was charged are told', () => {
  expect(shownProvenance({ provenance, result: null, updates: [{}] })).toBe(provenance);
  expect(shownProvenance({ provenance, result: {}, updates: [] })).toBe(provenance);
  expect(shownProvenance({ provenance: charged, result: null, updates: [] })).toBe(charged);
});
