/** Two heads that broke off in the middle go on, and the ledger knows each step that may have been seen. */
import 'fake-indexeddb/auto';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { scenesAccount } from '@/components/lessons/a-privately-trained-detector/account';
import { scenePlan } from '@/components/lessons/a-privately-trained-detector/experiments/charge-scenes';
import { headTrainer } from '@/components/lessons/a-privately-trained-detector/experiments/scene-training';
import { openLedger } from '@/lib/ledger';
import { chargedSteps, startedSteps } from '@/lib/ledger/charge';
import { runLock } from '@/lib/ledger/store';
import { type RandomSource, SecureRandom, SeededRandom } from '@/lib/random';
import { SCENE_CHECKPOINTS } from '@/lib/runs/broken-off';
import { type PairedOutcome, trainPaired } from '@/lib/runs/paired-training';
import { makeDataset, SCENE_FEATURE_WIDTH, SCENE_GRID, type Trainer, withTargets } from '@/lib/training';
import { CheckpointStore } from '@/lib/training/checkpoint-store';
import { startBackend } from '../detection/support/backend';

const STEPS = 10;
const SIZE = 300;
const { side, classes } = SCENE_GRID;
const people = (() => {
  const random = new SeededRandom(1);
  const features = new Float32Array(SIZE * SCENE_FEATURE_WIDTH);
  for (let i = 0; i < features.length; i += 7) features[i] = random.uniform();
  const targets = new Float32Array(SIZE * side * side * (classes + 5));
  return withTargets(makeDataset(features, new Uint8Array(SIZE), SCENE_FEATURE_WIDTH, 1), targets, [
    side,
    side,
    classes + 5,
  ]);
})();

interface Visit {
  seed: number | null;
  /** What happens after this step. */
  at?: { step: number; error: Error; stop: boolean };
}

/** One visit to the page; what a reload loses is made anew. */
async function visit({ seed, at }: Visit) {
  const control = new AbortController();
  const source = (): RandomSource => (seed === null ? new SecureRandom() : new SeededRandom(seed));
  const common = { people, initial: new SeededRandom(1) };
  const privately = headTrainer({
    ...common,
    privacy: { noiseMultiplier: 1.5, maxGradNorm: 1 },
    random: source(),
  });
  const plainly = headTrainer({ ...common, privacy: null, random: new SeededRandom(2) });
  const begun: { from: number; repeated: number; history: readonly number[] }[] = [];
  const training = trainPaired<{ steps: number; seed: number | null }, number>({
    database: SCENE_CHECKPOINTS,
    params: { steps: STEPS, seed },
    plan: scenePlan({
      account: scenesAccount(`sha256:${'cd'.repeat(32)}`),
      noiseMultiplier: 1.5,
      maxGradNorm: 1,
      steps: STEPS,
      seed,
      backend: null,
    }),
    privately,
    plainly,
    signal: control.signal,
    begin: async (from, repeated, history) => void begun.push({ from, repeated, history }),
    async after(step) {
      if (step === at?.step) {
        if (at.stop) control.abort(at.error);
        throw at.error;
      }
      return step;
    },
  });
  return { training, begun: () => begun[0]!, privately, plainly };
}

async function records() {
  const ledger = await openLedger();
  const { events } = ledger.snapshot();
  ledger.close();
  const store = await CheckpointStore.open(SCENE_CHECKPOINTS);
  const kept = await store.list();
  store.close();
  return {
    privately: events.filter(({ noise }) => noise !== 'none'),
    plainly: events.filter(({ noise }) => noise === 'none'),
    kept: kept.map(({ state }) => state.step),
  };
}

const weights = (trainer: Trainer) => trainer.weights.map((w) => Array.from(w));
const lost = { step: 8, error: new Error('The GPU was lost.'), stop: false };

beforeAll(() => startBackend('wasm'));
beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});
afterEach(() => {
  vi.unstubAllGlobals();
});

test('a seeded run that broke off ends where an unbroken one ends, and costs as much', async () => {
  const whole = await visit({ seed: 5 });
  await whole.training;
  vi.stubGlobal('indexedDB', new IDBFactory());

  const first = await visit({ seed: 5, at: lost });
  await expect(first.training).rejects.toThrow('GPU');
  expect((await records()).kept).toEqual([8]);

  const second = await visit({ seed: 5 });
  const outcome: PairedOutcome = await second.training;
  expect(outcome).toEqual({ refusal: null, continuedFrom: 8 });
  expect(second.begun()).toEqual({ from: 8, repeated: 0, history: [1, 2, 3, 4, 5, 6, 7] });
  expect(weights(second.privately)).toEqual(weights(whole.privately));
  expect(weights(second.plainly)).toEqual(weights(whole.plainly));
  const after = await records();
  expect(after.privately.map(chargedSteps)).toEqual([STEPS]);
  expect(after.plainly.map(({ closing }) => closing?.reason)).toEqual(['finished']);
  expect(after.kept).toEqual([]);
});

test('with secure noise, announced steps that are drawn anew are charged again', async () => {
  // Within the first stretch, which is announced without looking at the clock.
  const first = await visit({ seed: null, at: { ...lost, step: 3 } });
  await expect(first.training).rejects.toThrow('GPU');
  const again = startedSteps((await records()).privately[0]!) - 3;
  expect(again).toBe(2);
  const second = await visit({ seed: null });
  await second.training;
  expect(second.begun().repeated).toBe(again);
  const { privately, plainly } = await records();
  expect(privately.map(chargedSteps)).toEqual([STEPS + again]);
  expect(plainly.map(({ noise, closing }) => [noise, closing?.reason])).toEqual([['none', 'finished']]);
});

test('a run whose worker has just been ended is gone on with as soon as its lock is free, not charged anew', async () => {
  const first = await visit({ seed: 5, at: lost });
  await expect(first.training).rejects.toThrow('GPU');
  const { id } = (await records()).privately[0]!;
  const freed = performance.now() + 400;
  const held = () => (performance.now() < freed ? [{ name: runLock(id) }] : []);
  vi.stubGlobal('navigator', {
    locks: { query: async () => ({ held: held() }), request: (_name: string, work: () => unknown) => work() },
  });
  const second = await visit({ seed: 5 });
  expect(await second.training).toEqual({ refusal: null, continuedFrom: 8 });
  expect((await records()).privately.map(chargedSteps)).toEqual([STEPS]);
});

test('Stop charges both whole and leaves nothing to go on with', async () => {
  const stopped = await visit({ seed: null, at: { step: 3, error: new Error('stopped'), stop: true } });
  await expect(stopped.training).rejects.toThrow('stopped');
  const { privately, plainly, kept } = await records();
  expect(kept).toEqual([]);
  for (const event of [...privately, ...plainly]) expect(event.closing?.reason).toBe('user');
  // The curves were on the screen: the stop may depend on them.
  expect(privately.map(chargedSteps)).toEqual([STEPS]);
});
