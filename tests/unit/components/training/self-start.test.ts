/** When a run starts by itself, and what is promised of it. */
import fc from 'fast-check';
import { beforeEach, expect, test, vi } from 'vitest';
import { secondsPerUnit } from '@/components/training/epsilon-panel/ready';
import { digitWork } from '@/components/training/epsilon-panel/run';
import {
  PATIENCE_SECONDS,
  promiseInWords,
  startsByItself,
} from '@/components/training/self-start/starts-by-itself';
import { promisedSeconds } from '@/lib/runtime/run-pace';
import { SITE_VERSION } from '@/lib/runtime/version';

const seconds = fc.option(fc.double({ min: 0, max: 1e4, noNaN: true }), { nil: null });

test('a run starts by itself only where it is wanted, new, and promised to be over soon', () => {
  fc.assert(
    fc.property(fc.boolean(), seconds, fc.boolean(), (on, promised, changed) => {
      const starts = startsByItself({ on, seconds: promised, changed });
      if (!on || !changed || promised === null || promised > PATIENCE_SECONDS) expect(starts).toBe(false);
      else expect(starts).toBe(true);
    }),
  );
  expect(PATIENCE_SECONDS).toBe(4);
});

test('a faster machine never waits where a slower one starts', () => {
  const paces = fc.array(fc.double({ min: 1e-8, max: 1e-3, noNaN: true }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(paces, fc.integer({ min: 1, max: 1_000_000 }), fc.boolean(), (perUnit, work, warm) => {
      const slow = promisedSeconds({ perUnit, preparation: 1 }, work, warm)!;
      const fast = promisedSeconds({ perUnit: perUnit.map((one) => one / 2), preparation: 1 }, work, warm)!;
      const starts = (promised: number) => startsByItself({ on: true, seconds: promised, changed: true });
      expect(fast).toBeLessThanOrEqual(slow);
      if (starts(slow)) expect(starts(fast)).toBe(true);
    }),
  );
});

test('nothing is promised where nothing was measured', () => {
  expect(promisedSeconds({ perUnit: [], preparation: 1 }, 1000, true)).toBeNull();
  expect(promisedSeconds({ perUnit: [1e-6], preparation: null }, 1000, false)).toBeNull();
  expect(promisedSeconds({ perUnit: [1e-6], preparation: null }, 1e6, true)).toBeCloseTo(1, 9);
  expect(promisedSeconds({ perUnit: [1e-6], preparation: 2 }, 1e6, false)).toBeCloseTo(3, 9);
});

test('one run that fell on a busy moment does not count for the machine', () => {
  expect(promisedSeconds({ perUnit: [1e-6, 9e-6, 1.2e-6], preparation: null }, 1e6, true)).toBeCloseTo(
    1.2,
    9,
  );
  // Of two nobody knows which one was it.
  expect(promisedSeconds({ perUnit: [1e-6, 9e-6], preparation: null }, 1e6, true)).toBeCloseTo(9, 9);
});

test('the work of a run grows with its steps and its lots, and its reading of the test digits counts', () => {
  const usual = { steps: 200, expectedBatchSize: 2048 };
  expect(digitWork(usual)).toBeGreaterThan(200 * 2048);
  expect(digitWork({ ...usual, steps: 400 })).toBeGreaterThan(1.5 * digitWork(usual));
  expect(digitWork({ ...usual, expectedBatchSize: 4096 })).toBeGreaterThan(1.5 * digitWork(usual));
});

test('what the preparation found is taken as seconds; what is no such thing is not', () => {
  expect(secondsPerUnit({ millisecondsPerDigit: 0.01 })).toBeGreaterThan(1e-5);
  for (const nothing of [null, undefined, {}, { millisecondsPerDigit: null }, { millisecondsPerDigit: -1 }])
    expect(secondsPerUnit(nothing)).toBeNull();
});

test('beside the button stands what will happen', () => {
  expect(promiseInWords(true, 2.34)).toBe(
    'Let go of ε, and the training starts: about 2.3 s on this machine.',
  );
  expect(promiseInWords(true, 12.4)).toBe('Press Run: it takes about 12 s on this machine.');
  expect(promiseInWords(false, 2)).not.toContain('Let go');
  expect(promiseInWords(true, null)).toContain('Press Run');
});

beforeEach(() => {
  vi.resetModules();
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
});

test('the last three runs of a kind are remembered, for the next page too', async () => {
  const first = await import('@/lib/runtime/run-pace');
  for (const one of [1, 2, 3, 4]) first.rememberRun('digits', one);
  first.rememberPreparation('digits', 0.5);
  vi.resetModules();
  const second = await import('@/lib/runtime/run-pace');
  expect(second.paceOf('digits')).toEqual({ perUnit: [2, 3, 4], preparation: 0.5 });
  expect(second.paceOf('other')).toEqual({ perUnit: [], preparation: null });
});

test('what cannot be read, or is of another version, is nothing', async () => {
  for (const text of [
    '{',
    'null',
    JSON.stringify({ version: 'other', paces: { digits: { perUnit: [1], preparation: null } } }),
    JSON.stringify({ version: SITE_VERSION, paces: { digits: { perUnit: ['fast'], preparation: null } } }),
    JSON.stringify({ version: SITE_VERSION, paces: { digits: { perUnit: [-1], preparation: null } } }),
  ]) {
    vi.resetModules();
    localStorage.setItem('epsilon-playground:pace', text);
    const { paceOf } = await import('@/lib/runtime/run-pace');
    expect(paceOf('digits').perUnit).toEqual([]);
  }
});
