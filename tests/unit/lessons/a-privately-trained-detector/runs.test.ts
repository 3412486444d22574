/** The sweep and the search for the rare symbol on scenes made up for the test: each run in the ledger, none left open. */
import 'fake-indexeddb/auto';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { scenesAccount } from '@/components/lessons/a-privately-trained-detector/account';
import type { LessonScenes } from '@/components/lessons/a-privately-trained-detector/experiments/prepared-scenes';
import {
  type RareSymbolParams,
  type RareSymbolUpdate,
  rareSymbol,
} from '@/components/lessons/a-privately-trained-detector/experiments/rare-symbol';
import { sceneDataset } from '@/components/lessons/a-privately-trained-detector/experiments/scene-training';
import { sweepDetector } from '@/components/lessons/a-privately-trained-detector/experiments/sweep-detector';
import type { Scene } from '@/lib/data';
import { openLedger } from '@/lib/ledger';
import { SeededRandom } from '@/lib/random';
import type { SweepPoint } from '@/lib/runs/sweep-store';
import { SITE_VERSION } from '@/lib/runtime/version';
import { SCENE_FEATURE_WIDTH } from '@/lib/training';
import { startBackend } from '@/tests/harness/backend';
import { plainContext } from '@/tests/harness/experiment';

const SIZE = 60;
const HASH = `sha256:${'ef'.repeat(32)}`;
const random = new SeededRandom(1);
const scene = (classId: number): Scene => ({
  pixels: new Uint8Array(64 * 64).fill(255),
  objects: [{ box: [20, 20, 44, 44], classId }],
});
const features = (count: number) =>
  Float32Array.from({ length: count * SCENE_FEATURE_WIDTH }, (_, i) => (i % 7 === 0 ? random.uniform() : 0));
const people = [scene(10), ...Array.from({ length: SIZE - 1 }, (_, i) => scene(i % 10))];
const made: LessonScenes = {
  hash: HASH,
  dataset: 'made up',
  scenes: {
    backbone: new Uint8Array(),
    people: sceneDataset(people, features(SIZE)),
    canary: people[0]!,
    test: [scene(1), scene(2)],
    testFeatures: features(2),
    symbols: [scene(10)],
    symbolFeatures: features(1),
  },
};
vi.mock('@/components/lessons/a-privately-trained-detector/experiments/prepared-scenes', () => ({
  lessonScenes: async () => made,
}));

const context = <Update>(signal: AbortSignal, seen: (update: Update | undefined, step: number) => void) =>
  plainContext<Update>({ signal, report: ({ update, step }) => seen(update, step) });

async function ledger() {
  const open = await openLedger({ version: SITE_VERSION });
  const { events } = open.snapshot();
  open.close();
  return events.map(({ noise, title, closing }) => ({ noise, title, reason: closing?.reason ?? 'open' }));
}

const symbol: RareSymbolParams = { epsilon: 8, steps: 3, noiseSource: 'cryptographic', seed: 1 };
const never = new AbortController().signal;

beforeAll(() => startBackend('wasm'));
beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});

test('four heads are four records, two of them private, and all of them end', async () => {
  const seen: RareSymbolUpdate[] = [];
  const { refusal, last } = await rareSymbol.run(
    symbol,
    context<RareSymbolUpdate>(never, (update) => update && seen.push(update)),
  );
  expect(refusal).toBeNull();
  expect(seen.at(-1)).toBe(last);
  expect(last!.step).toBe(3);
  expect(last!.epsilon).toBeLessThanOrEqual(8);
  expect(last!.epsilon).toBeGreaterThan(7.9);
  const events = await ledger();
  expect(events.map(({ noise }) => noise).sort()).toEqual(['none', 'none', 'secure', 'secure']);
  expect(new Set(events.map(({ title }) => title)).size).toBe(4);
  expect(events.every(({ reason }) => reason === 'finished')).toBe(true);
});

test('Stop ends all four', async () => {
  const stop = new AbortController();
  const broken = rareSymbol.run(
    symbol,
    context<RareSymbolUpdate>(stop.signal, (_, step) => {
      if (step === 2) stop.abort(new Error('stopped'));
    }),
  );
  await expect(broken).rejects.toThrow('stopped');
  const events = await ledger();
  expect(events.map(({ reason }) => reason)).toEqual(['user', 'user', 'user', 'user']);
});

test('a budget that allows one private head and not two allows none, and nothing stays open', async () => {
  const open = await openLedger({ version: SITE_VERSION });
  const { id } = await open.account(scenesAccount(HASH));
  await open.setBudget(id, 8.2, 'pld', 'a test');
  open.close();
  const { refusal, last } = await rareSymbol.run(
    symbol,
    context<RareSymbolUpdate>(never, () => {}),
  );
  expect(refusal).not.toBeNull();
  expect(last).toBeNull();
  // The pair with the person was let in, and given up when the other was not.
  expect((await ledger()).map(({ reason }) => reason)).toEqual(['error', 'error']);
});

test('a sweep of the detector runs each ε once, and a second time nothing', async () => {
  const settings = { grid: 'quick', repeats: 1, steps: 2, noiseSource: 'seeded', seed: 1 } as const;
  const run = () =>
    sweepDetector.run(
      settings,
      context<SweepPoint>(never, () => {}),
    );
  const { points } = await run();
  expect(points.map(({ epsilon }) => epsilon)).toEqual([null, 0.5, 2, 8]);
  for (const { accuracy } of points) expect(accuracy).toBeGreaterThanOrEqual(0);
  expect((await run()).points).toEqual(points);
  expect(await ledger()).toHaveLength(4);
});
