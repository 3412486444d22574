/** The waterfall of a run: what it sums up, and that the clocks still find what they are put around. */
import { expect, test } from 'vitest';
import { clocksOf, missingNames, SEAMS } from '@/tests/bench/support/seams';
import { type Span, waterfall } from '@/tests/bench/support/waterfall';

const total = (sums: Record<string, number>) => Object.values(sums).reduce((a, b) => a + b, 0);

test('a span within another takes its time away from it, and all sums to the whole', () => {
  const spans: Span[] = [
    { part: 'steps', from: 10, to: 60 },
    { part: 'letting messages in', from: 20, to: 30 },
    { part: 'letting messages in', from: 40, to: 45 },
    { part: 'evaluations', from: 60, to: 75 },
  ];
  const sums = waterfall(spans, 0, 100);
  expect(sums.steps).toBe(35);
  expect(sums['letting messages in']).toBe(15);
  expect(sums.evaluations).toBe(15);
  expect(sums.rest).toBe(35);
  expect(total(sums)).toBe(100);
});

test('of spans that overlap, the later one has the time that both cover; order does not matter', () => {
  const spans: Span[] = [
    { part: 'unpacking', from: 30, to: 50 },
    { part: 'download', from: 0, to: 40 },
  ];
  const sums = waterfall(spans, 0, 50);
  expect(sums.download).toBe(30);
  expect(sums.unpacking).toBe(20);
  expect(waterfall([...spans].reverse(), 0, 50)).toEqual(sums);
});

test('two downloads at once are one', () => {
  const sums = waterfall(
    [
      { part: 'download', from: 0, to: 10 },
      { part: 'download', from: 5, to: 20 },
    ],
    0,
    20,
  );
  expect(sums.download).toBe(20);
  expect(sums.rest).toBe(0);
});

test('what lies outside the run is cut off: spans of the run before count nothing', () => {
  const sums = waterfall(
    [
      { part: 'features', from: 0, to: 90 },
      { part: 'steps', from: 80, to: 120 },
      { part: 'ledger', from: 195, to: 300 },
    ],
    100,
    200,
  );
  expect(sums).toMatchObject({ features: 0, steps: 20, ledger: 5, rest: 75 });
});

test('every function and method that is timed is still where it was', () => {
  expect(SEAMS.flatMap((seam) => missingNames(seam).map((name) => `${seam.file}: ${name}`))).toEqual([]);
});

test('a name that a file does not declare is noticed', () => {
  const [seam] = SEAMS;
  expect(missingNames({ ...seam!, names: ['chooseBackend', 'chooseNothing', 'Nobody.next'] })).toEqual([
    'chooseNothing',
    'Nobody.next',
  ]);
  const trainer = { file: 'lib/training/trainer.ts', part: 'steps' } as const;
  const names = ['Trainer.next', 'static Trainer.next', 'Trainer.nextOfAll', 'static Trainer.nextOfAll'];
  expect(missingNames({ ...trainer, names })).toEqual(['static Trainer.next', 'Trainer.nextOfAll']);
});

test('a clock is put around functions and around methods', () => {
  const lines = clocksOf({ file: '', part: 'steps', names: ['pause', 'Trainer.next', 'static Trainer.of'] });
  expect(lines).toContain('\npause = globalThis.timed("steps", pause);');
  expect(lines).toContain('\nTrainer.prototype.next = globalThis.timed("steps", Trainer.prototype.next);');
  expect(lines).toContain('\nTrainer.of = globalThis.timed("steps", Trainer.of);');
});
