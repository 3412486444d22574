import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeCheckpoint } from '@/lib/detection';
import { kernels, loadYolo, stock } from '@/lib/detection/networks';
import { keepTrialsIn } from '@/lib/kernels/settle';
import { NODE_BACKENDS, startBackend } from '@/tests/harness/backend';
import {
  buildLayers,
  elements,
  type FamilyName,
  SIZES,
  TINY,
  tensorsOf,
} from '../checkpoint/support/architecture';
import { randomModel, writeCheckpoint, writeSafetensors } from '../checkpoint/support/checkpoint-writer';
import { synthetic } from '../support/synthetic';
import { type OraclePredictions, oracle } from './support/oracle';
import { type RawRun, rawRun } from './support/run';

const FAMILIES: FamilyName[] = ['yolo26', 'yolo11', 'yolov8'];
const models = new Map(FAMILIES.map((family) => [family, randomModel({ family, seed: 7 })]));
/** As deep as the published l and x scales: several inner blocks, C3k everywhere. */
const deep = new Map(
  FAMILIES.map((family) => [
    family,
    randomModel({ family, seed: 8, size: { ...TINY, depth: 1, large: true } }),
  ]),
);

/** Every value of every layer and of the head, relative to the largest of its tensor. */
function expectSame(run: RawRun, expected: OraclePredictions, tolerance = 1e-5): void {
  expect(run.layers).toHaveLength(expected.layers.length);
  for (const [i, { channels, height, width, data }] of expected.layers.entries()) {
    const { shape, first, absmax } = run.layers[i]!;
    expect(shape).toEqual([height, width, channels]);
    const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(Math.abs(absmax - largest)).toBeLessThanOrEqual(tolerance * largest);
    for (let c = 0; c < Math.min(20, channels); c++)
      expect(Math.abs(first[c]! - data[c * height * width]!)).toBeLessThanOrEqual(tolerance * largest);
  }
  for (const [actual, rows] of [
    [run.boxes.values, expected.boxes],
    [run.logits.values, expected.logits],
  ] as const) {
    const wanted = rows.flat();
    const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(actual).toHaveLength(wanted.length);
    const worst = wanted.reduce((most, value, i) => Math.max(most, Math.abs(value - actual[i]!)), 0);
    expect(worst).toBeLessThanOrEqual(tolerance * largest);
  }
}

describe.each(NODE_BACKENDS)('networks with random weights on %s', (backend) => {
  // In float32, random weights spread rounding further than trained ones do; the exponential of our WASM kernel is exact
  // to an ulp or so, not to half of one. The references of real weights are held elsewhere.
  const tolerance = backend === 'wasm' ? 3e-5 : 1e-5;
  const boxDigits = backend === 'wasm' ? 1 : 2;

  beforeAll(async () => {
    await startBackend(backend);
    // Ours, if they are right: on a busy machine a race may go either way, and what is asked here is not who is faster.
    keepTrialsIn({ preference: 'own', recall: () => null, remember() {} });
    expect(await kernels()).toMatchObject({ kind: 'own', reason: null });
  });

  it.each(FAMILIES)('%s computes what its modules are defined to compute', async (family) => {
    const model = models.get(family)!;
    const expected = oracle(model.layers, synthetic(64), 64);
    const before = tf.memory().numTensors;
    for (const file of [writeCheckpoint(model), writeSafetensors(model)]) {
      const detector = await loadYolo(file);
      const run = await rawRun(detector, synthetic(64), 64);
      expectSame(run, expected, tolerance);
      expect(run.leaked).toBe(0);
      detector.dispose();
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each(FAMILIES)('%s does so in its deeper scales', async (family) => {
    const model = deep.get(family)!;
    const expected = oracle(model.layers, synthetic(64), 64);
    for (const file of [writeCheckpoint(model), writeSafetensors(model)]) {
      const detector = await loadYolo(file);
      expectSame(await rawRun(detector, synthetic(64), 64), expected);
      detector.dispose();
    }
  });

  it('gives the same with tfjs’ own operations', async () => {
    const model = models.get('yolo26')!;
    const detector = await loadYolo(writeCheckpoint(model), { kernels: stock('asked for') });
    expectSame(await rawRun(detector, synthetic(96), 96), oracle(model.layers, synthetic(96), 96));
    detector.dispose();
  });

  it('finds the best rows, and boxes where they belong in the picture', async () => {
    const model = models.get('yolo26')!;
    const detector = await loadYolo(writeCheckpoint(model), { inputSize: 64 });
    const expected = oracle(model.layers, synthetic(64), 64);
    const rows = expected.logits
      .flatMap((logits, anchor) => logits.map((logit, classId) => ({ anchor, logit, classId })))
      .sort((a, b) => b.logit - a.logit);
    const image = { width: 64, height: 64, data: synthetic(64) };
    const found = await detector.detect(image, { confidence: 0.5 });
    expect(found.length).toBeGreaterThan(10);
    for (const [i, { box, score, classId, className }] of found.slice(0, 10).entries()) {
      const { anchor, logit, classId: wanted } = rows[i]!;
      expect(score).toBeCloseTo(1 / (1 + Math.exp(-logit)), 5);
      expect(classId).toBe(wanted);
      expect(className).toBe(model.classes[wanted]);
      for (const [side, value] of expected.xyxy[anchor]!.entries())
        expect(box[side]).toBeCloseTo(Math.min(64, Math.max(0, value)), boxDigits);
    }
    detector.dispose();
  });

  it('stops when asked, and leaves no tensor behind', async () => {
    const detector = await loadYolo(writeCheckpoint(models.get('yolo26')!), { inputSize: 64 });
    const image = { width: 8, height: 8, data: new Float32Array(192) };
    const before = tf.memory().numTensors;
    const options = { confidence: 0.5, signal: AbortSignal.abort() };
    await expect(detector.detect(image, options)).rejects.toMatchObject({ name: 'AbortError' });
    const stop = new AbortController();
    const pending = detector.detect(image, { confidence: 0.5, signal: stop.signal });
    stop.abort();
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
    expect(tf.memory().numTensors).toBe(before);
    detector.dispose();
  });

  it('leaves nothing on the device when the weights are refused', async () => {
    const before = tf.memory().numTensors;
    const broken = randomModel();
    broken.layers.modules['19']!.modules.cv1!.modules.bn!.buffers.running_var!.values!.fill(Number.NaN, 0, 1);
    // Half precision has a NaN of its own; in float32 the writer needs no trick.
    const file = writeCheckpoint({ ...broken, precision: 'float32' });
    await expect(loadYolo(file)).rejects.toMatchObject({ code: 'checkpoint-corrupt' });
    expect(tf.memory().numTensors).toBe(before);
  });
});

// Parameter counts as their publisher states them, for networks whose weights are not at hand.
const PUBLISHED: Record<FamilyName, Record<string, number>> = {
  yolo26: { n: 2_572_280, s: 10_009_784, m: 21_896_248, l: 26_299_704, x: 58_993_368 },
  yolo11: { n: 2_624_080, s: 9_458_752, m: 20_114_688, l: 25_372_160, x: 56_966_176 },
  yolov8: { n: 3_157_200, s: 11_166_560, m: 25_902_640, l: 43_691_520, x: 68_229_648 },
};

describe.each(FAMILIES)('%s in its published scales', (family) => {
  it.each(Object.keys(SIZES[family]))('%s', (scale) => {
    const layers = buildLayers(family, SIZES[family][scale]!, 80);
    const trained = [...tensorsOf(layers)].filter(([, , yes]) => yes);
    expect(trained.reduce((sum, [, tensor]) => sum + elements(tensor), 0)).toBe(PUBLISHED[family][scale]);
    if (trained.reduce((sum, [, tensor]) => sum + elements(tensor), 0) > 12e6) return;
    // Read back as files where that takes no more than a moment.
    for (const [, tensor] of tensorsOf(layers)) tensor.values = new Float32Array(elements(tensor));
    for (const [name, tensor] of tensorsOf(layers))
      if (name.endsWith('dfl.conv.weight')) tensor.values = tensor.values!.map((_, i) => i);
    const model = {
      family,
      layers,
      classes: Array.from({ length: 80 }, (_, i) => `c${i}`),
      precision: 'float16',
    } as const;
    for (const file of [writeCheckpoint(model), writeSafetensors(model)])
      expect(describeCheckpoint(file)).toMatchObject({
        id: `${family}${scale}`,
        parameters: PUBLISHED[family][scale],
        endToEnd: family === 'yolo26',
      });
  });
});

it.each([0, 31, 100, 416.5, Number.NaN, 4096])('refuses an input of %s pixels', async (inputSize) => {
  await startBackend('cpu');
  await expect(loadYolo(writeCheckpoint(models.get('yolo26')!), { inputSize })).rejects.toMatchObject({
    code: 'input-size-invalid',
    message: expect.stringContaining(String(inputSize)),
  });
});
