/** A list of runs survives the journey through a link; a stranger's link does no harm. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  composeParameters,
  MOST_COMPOSED,
} from '@/components/lessons/a-budget-across-runs/compose/parameters';
import {
  appended,
  flattened,
  formatSequence,
  type Group,
  parseSequence,
} from '@/components/lessons/a-budget-across-runs/compose/sequence';

const run = fc.oneof(
  fc.record({
    kind: fc.constant('poisson-gaussian' as const),
    sampleRate: fc.constantFrom(0.001067, 0.03413, 1),
    noiseMultiplier: fc.constantFrom(0.4, 1.1, 50),
    steps: fc.integer({ min: 1, max: 5000 }),
  }),
  fc.record({
    kind: fc.constant('gaussian' as const),
    noiseMultiplier: fc.constantFrom(0.4, 3, 50),
    count: fc.constant(1 as const),
  }),
  fc.record({
    kind: fc.constant('laplace' as const),
    scale: fc.constantFrom(0.2, 5, 100),
    sensitivity: fc.constant(1 as const),
    count: fc.constant(1 as const),
  }),
);

it('reads what it writes', () => {
  const groups = fc.array(fc.record({ run, times: fc.integer({ min: 1, max: 6 }) }), { maxLength: 8 });
  fc.assert(
    fc.property(groups, (list) => {
      expect(parseSequence(formatSequence(list))).toEqual(list);
      expect(flattened(list).length).toBe(list.reduce((sum, { times }) => sum + times, 0));
    }),
  );
});

it('never throws, and never holds more than it may', () => {
  const junk = fc.array(
    fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom('t0.01,1,100x999999', 'l0', 'g-1', 't9,9,9', 'l0.1x-3', 'lInfinity'),
    ),
  );
  fc.assert(
    fc.property(junk, (parts) => {
      expect(flattened(parseSequence(parts.join(';'))).length).toBeLessThanOrEqual(MOST_COMPOSED);
    }),
    { numRuns: 1000 },
  );
});

it('keeps the good part of a damaged list', () => {
  expect(parseSequence('t0.01,1,100;nonsense;l0.1x2').map((group: Group) => group.times)).toEqual([1, 2]);
});

it('puts equal runs together', () => {
  const [training] = parseSequence('t0.01,1,100');
  expect(formatSequence(appended([training!], training!.run, 2))).toBe('t0.01,1,100x3');
});

it('begins with a list that can be read', () => {
  expect(flattened(parseSequence(composeParameters.defaults.runs)).length).toBe(48);
});
