/** What benchmarks compute from what they measured: ratios, agreement, bars. */
import { describe, expect, test } from 'vitest';
import { AGREED, agree, difference } from '@/tests/bench/support/agreement';
import { BARS, judge } from '@/tests/bench/support/bars';
import { optionsOf } from '@/tests/bench/support/options';
import { ratioBetween } from '@/tests/bench/support/race';
import { median, ratioOf } from '@/tests/bench/support/ratios';

describe('ratios', () => {
  test('a median is the middle, or the mean of the two in the middle; what it is given stays as it is', () => {
    const values = [9, 1, 5];
    expect(median(values)).toBe(5);
    expect(values).toEqual([9, 1, 5]);
    expect(median([10, 2, 4, 100])).toBe(7);
  });

  test('each round is set against its neighbour in time, and the fastest rounds against each other', () => {
    // The machine was busy in the second round: both took ten times as long.
    const ratio = ratioOf([1, 10, 3], [2, 20, 2]);
    expect(ratio.median).toBe(0.5);
    expect(ratio.fastest).toBe(0.5);
    expect(ratioOf([4, 2, 6], [1, 2, 3])).toEqual({ median: 2, fastest: 2 });
  });

  test('rounds that are not the same are refused', () => {
    expect(() => ratioOf([1, 2], [1])).toThrow(RangeError);
    expect(() => ratioOf([], [])).toThrow(RangeError);
  });

  test('a contender without times has no ratio', () => {
    const base = { leaked: 0, dispatches: null, apart: null };
    const measured = [
      { ...base, contender: 'ours private' as const, times: [3, 3] },
      { ...base, contender: 'jax-js plain' as const, times: [] },
      { ...base, contender: 'tfjs plain' as const, times: [6, 12] },
    ];
    expect(ratioBetween(measured, 'ours private', 'jax-js plain')).toBeNull();
    expect(ratioBetween(measured, 'ours private', 'ours plain')).toBeNull();
    expect(ratioBetween(measured, 'ours private', 'tfjs plain')).toEqual({ median: 0.375, fastest: 0.5 });
  });
});

describe('agreement', () => {
  const reference = { loss: 2, sums: [100, -50, 0] };

  test('sums are told apart in units of the largest one, the loss in units of itself', () => {
    const apart = difference({ loss: 2.0001, sums: [100, -50.02, 0.001] }, reference);
    expect(apart.sums).toBeCloseTo(2e-4, 12);
    expect(apart.loss).toBeCloseTo(5e-5, 12);
    expect(agree(apart)).toBe(false);
    expect(agree({ loss: AGREED, sums: AGREED })).toBe(true);
    expect(agree({ loss: 2 * AGREED, sums: 0 })).toBe(false);
  });

  test('what is no number agrees with nothing, wherever it stands', () => {
    for (const sums of [
      [Number.NaN, -50, 0],
      [100, -50, Number.NaN],
    ])
      expect(agree(difference({ loss: 2, sums }, reference))).toBe(false);
    expect(agree(difference({ loss: Number.NaN, sums: reference.sums }, reference))).toBe(false);
  });

  test('a network of another size is refused', () => {
    expect(() => difference({ loss: 2, sums: [1] }, reference)).toThrow(RangeError);
  });
});

describe('bars', () => {
  const bar = {
    backend: 'wasm',
    model: 'linear',
    of: 'ours private',
    to: 'jax-js plain',
    most: 0.15,
  } as const;

  test('those that were set stand in the list', () => {
    expect(BARS).toContainEqual(bar);
    expect(BARS).toContainEqual({ ...bar, model: 'mlp', most: 0.8 });
    expect(BARS).toContainEqual({ ...bar, model: 'cnn', to: 'ours plain', most: 1.15 });
    expect(BARS).toContainEqual({ ...bar, backend: 'webgpu', most: 1 });
    expect(BARS).toContainEqual({ ...bar, backend: 'webgpu', model: 'mlp', most: 1.2 });
  });

  test('only those of the race are judged, by the median; what was not measured is missed', () => {
    const verdicts = judge(bar, (_, to) => (to === 'jax-js plain' ? { median: 0.16, fastest: 0.1 } : null));
    expect(verdicts.length).toBeGreaterThan(1);
    expect(verdicts.every(({ bar: own }) => own.backend === 'wasm' && own.model === 'linear')).toBe(true);
    expect(verdicts.every(({ met }) => !met)).toBe(true);
    const met = judge(bar, () => ({ median: 0.15, fastest: 9 }));
    expect(met.every((verdict) => verdict.met)).toBe(true);
  });
});

test('options are read by name, with something to fall back on', () => {
  const { value, given } = optionsOf(['--grow', '--rounds', '3', '--json']);
  expect(given('grow')).toBe(true);
  expect(given('site')).toBe(false);
  expect(value('rounds', '9')).toBe('3');
  expect(value('threads', '1')).toBe('1');
  expect(value('json', '')).toBe('');
});
