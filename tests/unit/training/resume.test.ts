/** A run that was cut off and goes on is the run that was not, in its weights and in what it cost. */
import 'fake-indexeddb/auto';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { composeRdp } from '@/lib/privacy';
import { SecureRandom, SeededRandom } from '@/lib/random';
import {
  adam,
  CheckpointStore,
  dense,
  makeDataset,
  shifts,
  softmaxCrossEntropy,
  Trainer,
  type TrainerOptions,
} from '@/lib/training';
import { startBackend } from '@/tests/harness/backend';

const draw = new SeededRandom(8);
const dataset = makeDataset(
  Float32Array.from({ length: 50 * 9 }, () => draw.gaussian()),
  Uint8Array.from({ length: 50 }, () => draw.integer(3)),
  9,
  3,
);
const options = (change: Partial<TrainerOptions> = {}): TrainerOptions => ({
  layers: [dense({ inputs: 9, outputs: 3, initial: 'glorot' })],
  loss: softmaxCrossEntropy,
  inputShape: [9],
  dataset,
  expectedBatchSize: 10,
  learningRate: 0.3,
  averaging: 0.9,
  optimizer: adam,
  privacy: { maxGradNorm: 0.5, noiseMultiplier: 1.1, adaptive: { quantile: 0.4, countNoise: 2 } },
  augmentation: shifts({ width: 3, by: 1, copies: 2 }),
  random: new SeededRandom(4),
  initial: new SeededRandom(5),
  physicalBatchSize: 4,
  ...change,
});
const run = async (trainer: Trainer, steps: number) => {
  for (let step = 0; step < steps; step++) await trainer.next();
};
const everything = (trainer: Trainer) => ({
  weights: trainer.weights.map((w) => Array.from(w)),
  released: trainer.released.map((w) => Array.from(w)),
  charged: trainer.charged,
  step: trainer.step,
});
let databases = 0;

describe('resuming', () => {
  beforeAll(() => startBackend('wasm'));
  afterEach(() => expect(tf.memory().numTensors).toBe(0));

  test('under a seed gives the same run to the last bit, through IndexedDB', async () => {
    const straight = new Trainer(options());
    await run(straight, 30);

    const store = await CheckpointStore.open(`test-${databases++}`);
    const first = new Trainer(options());
    await run(first, 13);
    await store.save('mine', first.state(), { seed: 4 });
    await run(first, 3); // lost with the page
    store.close();

    const again = await CheckpointStore.open(`test-${databases - 1}`);
    const found = (await again.find('mine'))!;
    expect(found.settings).toEqual({ seed: 4 });
    const second = new Trainer(options());
    second.restore(found.state, found.seenStep);
    expect(second.step).toBe(13);
    await run(second, 17);
    expect(everything(second)).toEqual(everything(straight));
    again.close();
  });

  test('after Stop in the middle of a step takes the same lot again', async () => {
    const straight = new Trainer(options());
    await run(straight, 6);
    const stopped = new Trainer(options());
    await run(stopped, 3);
    let batches = 0;
    await expect(
      stopped.next(async () => {
        if (++batches === 2) throw new DOMException('stop', 'AbortError');
      }),
    ).rejects.toThrow('stop');
    // What was not finished has shown nothing: it is not charged yet.
    expect(stopped.charged![0]).toMatchObject({ steps: 3 });
    const resumed = new Trainer(options());
    resumed.restore(structuredClone(stopped.state()));
    await run(resumed, 3);
    await run(stopped, 3);
    expect(everything(stopped)).toEqual(everything(straight));
    expect(everything(resumed)).toEqual(everything(straight));
  });

  test('of a private run costs what the uninterrupted run costs', async () => {
    const secure = () => options({ random: new SecureRandom() });
    const straight = new Trainer(secure());
    await run(straight, 8);
    const first = new Trainer(secure());
    await run(first, 5);
    const state = structuredClone(first.state());
    expect(state.random).toBeNull();
    expect(state.pending).toBeNull();
    const second = new Trainer(secure());
    second.restore(state);
    await run(second, 3);
    expect(second.charged).toEqual(straight.charged);
    expect(composeRdp(second.charged!, 1e-5)).toEqual(composeRdp(straight.charged!, 1e-5));
  });

  test('of a private run pays twice for steps that were seen and are run again', async () => {
    const store = await CheckpointStore.open(`test-${databases++}`);
    const first = new Trainer(options({ random: new SecureRandom() }));
    await run(first, 5);
    await store.save('mine', first.state(), null);
    await run(first, 2);
    await store.markSeen('mine', 7);
    await store.markSeen('mine', 6); // never lowers
    const found = (await store.find('mine'))!;
    const second = new Trainer(options({ random: new SecureRandom() }));
    second.restore(found.state, found.seenStep);
    await run(second, 3);
    expect(second.step).toBe(8);
    expect(second.charged![0]).toMatchObject({ steps: 10 });
    store.close();
  });

  test.each([
    [{ privacy: { maxGradNorm: 0.5, noiseMultiplier: 2 } }, 'noiseMultiplier'],
    [{ expectedBatchSize: 11 }, 'expectedBatchSize'],
    [{ layers: [dense({ inputs: 9, outputs: 4 })] }, 'shapes'],
    [{ random: new SecureRandom() }, 'randomness'],
  ] as [Partial<TrainerOptions>, string][])('with other settings is refused: %o', (change, name) => {
    const state = new Trainer(options()).state();
    expect(() => new Trainer(options(change)).restore(state)).toThrow(name);
  });

  test('lists runs, the newest first, and forgets them', async () => {
    const store = await CheckpointStore.open(`test-${databases++}`);
    const { state } = { state: new Trainer(options()).state() };
    await store.save('old', state, null, 1);
    await store.save('new', state, null, 2);
    expect((await store.list()).map(({ run: name }) => name)).toEqual(['new', 'old']);
    await store.remove('new');
    expect(await store.find('new')).toBeUndefined();
    store.close();
  });
});
