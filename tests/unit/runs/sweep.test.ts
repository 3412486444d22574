/** Which runs a sweep makes, what they cost, and that a finished one is kept once. */
import 'fake-indexeddb/auto';
import { describe, expect, test } from 'vitest';
import { spreads, sweepSeries } from '@/components/training/curve';
import { dpSgdEpsilon } from '@/lib/privacy';
import {
  DIGIT_SWEEP,
  plannedPoints,
  SCENE_SWEEP,
  type SweepSettings,
  sweepNoise,
} from '@/lib/runs/sweep-plan';
import { type SweepPoint, SweepStore, withSweepStore } from '@/lib/runs/sweep-store';

const settings: SweepSettings = {
  ...{ grid: 'quick', repeats: 2, steps: 30, noiseSource: 'cryptographic', seed: 1 },
};
const keys = (changed: Partial<SweepSettings>) =>
  plannedPoints(DIGIT_SWEEP, { ...settings, ...changed }).map(({ key }) => key);
const finished = (key: string, epsilon: number | null, accuracy: number): SweepPoint => ({
  ...{ key, epsilon, accuracy, repeat: 0, noiseMultiplier: 1, finishedAt: 0 },
});

describe('The plan of a sweep', () => {
  test('has every ε and a plain run, as often as asked, each with the noise its ε needs', () => {
    const plan = plannedPoints(DIGIT_SWEEP, settings);
    expect(plan.map(({ epsilon }) => epsilon)).toEqual([null, 0.25, 1, 4, null, 0.25, 1, 4]);
    expect(new Set(plan.map(({ key }) => key)).size).toBe(8);
    expect(sweepNoise(DIGIT_SWEEP, null, 30)).toBe(0);
    for (const { epsilon } of plan.filter((point) => point.epsilon !== null)) {
      const noiseMultiplier = sweepNoise(DIGIT_SWEEP, epsilon, 30);
      const run = { sampleRate: DIGIT_SWEEP.sampleRate, noiseMultiplier, steps: 30, delta: 1e-5 };
      expect(dpSgdEpsilon(run)).toBeLessThanOrEqual(epsilon!);
      expect(dpSgdEpsilon(run)).toBeGreaterThan(0.999 * epsilon!);
    }
  });

  test('shares finished runs with a larger sweep, and none with other steps, noise or seed', () => {
    const ours = keys({});
    expect(keys({ repeats: 3 })).toEqual(expect.arrayContaining(ours));
    expect(keys({ grid: 'full' })).toEqual(expect.arrayContaining(ours));
    expect(keys({ steps: 31 }).filter((key) => ours.includes(key))).toEqual([]);
    const seeded = keys({ noiseSource: 'seeded' });
    // The plain runs are the same ones.
    expect(seeded.filter((key) => ours.includes(key))).toHaveLength(2);
    expect(plannedPoints(SCENE_SWEEP, settings).filter(({ key }) => ours.includes(key))).toEqual([]);
    expect(keys({ noiseSource: 'seeded', seed: 9 }).filter((key) => seeded.includes(key))).toEqual([]);
  });
});

test('A finished run is kept once, found again, and forgotten on request', async () => {
  const store = await SweepStore.open();
  await store.keep(finished('a', 1, 0.8));
  await store.keep(finished('a', 1, 0.9));
  await store.keep(finished('b', 4, 0.95));
  store.close();
  expect((await withSweepStore((one) => one.find(['b', 'a', 'c'])))?.map(({ accuracy }) => accuracy)).toEqual(
    [0.95, 0.9],
  );
  await withSweepStore((one) => one.forget(['a']));
  expect(await withSweepStore((one) => one.find(['a', 'b']))).toHaveLength(1);
});

test('The curve has the mean with its worst and best run, and the plain line goes from end to end', () => {
  const points = [
    ...[finished('a', 1, 0.8), finished('b', 1, 0.9), finished('c', 0.25, 0.7), finished('d', null, 0.96)],
  ];
  expect(spreads(points).map(({ epsilon }) => epsilon)).toEqual([0.25, 1, null]);
  const [own, plain, elsewhere] = sweepSeries(points, {
    ends: [0.1, 8],
    compared: { id: 'else', label: 'Elsewhere', points: [{ x: 2, y: 0.9 }] },
  });
  expect(own!.points[1]).toEqual({ x: 1, y: expect.closeTo(0.85, 10), low: 0.8, high: 0.9 });
  expect(plain!.points.map(({ x, y }) => [x, y])).toEqual([
    [0.1, 0.96],
    [8, 0.96],
  ]);
  expect(elsewhere).toMatchObject({ dots: true, points: [{ x: 2, y: 0.9 }] });
});
