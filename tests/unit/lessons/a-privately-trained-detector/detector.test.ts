/** The private detector: its scenes, its loss, its file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  detectorFile,
  featuresOf,
  headTrainer,
  inkOf,
  predictScenes,
  prepareScenes,
} from '@/components/lessons/a-privately-trained-detector/experiments/scene-training';
import { digitRange, type Mnist, makeScene } from '@/lib/data';
import { readCheckpoint, writeSafetensors } from '@/lib/detection/checkpoint';
import {
  BACKBONE_TENSORS,
  decodeScene,
  loadSceneDetector,
  oneBoxEach,
  readSceneWeights,
  SCENE_BACKBONE_FILE,
  SCENE_GEOMETRY,
} from '@/lib/detection/scenes';
import { SeededRandom } from '@/lib/random';
import { detectionLoss, forward, SCENE_GRID, sceneBackbone, sceneHead } from '@/lib/training';
import { NODE_BACKENDS, startBackend } from '@/tests/harness/backend';
import { preparedMnist } from '@/tests/harness/prepared';
import { PUBLIC } from '@/tests/harness/root';
import { expectLoss } from './support/expect-loss';
import { batchOf, checkLoss, GRID } from './support/loss-check';

const backbone = new Uint8Array(readFileSync(join(PUBLIC, SCENE_BACKBONE_FILE)));
let mnist: Mnist;
beforeAll(async () => {
  mnist = await preparedMnist();
});

describe('scenes', () => {
  it('are the same for the same seed and number, and others for others', () => {
    const scene = makeScene(mnist, 'private', 1, 7);
    expect(makeScene(mnist, 'private', 1, 7)).toEqual(scene);
    for (const other of [
      makeScene(mnist, 'private', 1, 8),
      makeScene(mnist, 'private', 2, 7),
      makeScene(mnist, 'test', 1, 7),
    ])
      expect(other.pixels).not.toEqual(scene.pixels);
  });

  it('take digits from ranges that share none', () => {
    const [ours, open, test] = (['private', 'public', 'test'] as const).map((s) => digitRange(s, mnist));
    expect(ours!.to).toBeLessThanOrEqual(open!.from);
    expect(open!.digits).toBe(ours!.digits);
    expect(test!.digits).not.toBe(ours!.digits);
  });

  it('label the ink: boxes lie inside, do not touch, and have ink at all four sides of an empty page', () => {
    for (let i = 0; i < 40; i++) {
      const { objects } = makeScene(mnist, 'private', 1, i, { canary: i % 2 === 0 });
      expect(objects.length).toBeGreaterThan(0);
      expect(objects.filter(({ classId }) => classId === 10)).toHaveLength(i % 2 === 0 ? 1 : 0);
      for (const [k, { box }] of objects.entries()) {
        expect(Math.min(...box)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...box)).toBeLessThanOrEqual(64);
        for (const { box: other } of objects.slice(k + 1))
          expect(box[2] < other[0] || other[2] < box[0] || box[3] < other[1] || other[3] < box[1]).toBe(true);
      }
    }
  });
});

describe.each(NODE_BACKENDS)('the whole loss on %s', (backend) => {
  beforeAll(() => startBackend(backend));
  afterEach(() => tf.disposeVariables());

  it('clips the gradient of a scene as a loop over scenes does, and leaks nothing', async () => {
    expectLoss(await checkLoss());
  });

  it('has the slope that its own values have', () => {
    const loss = detectionLoss(GRID);
    const z = new Float32Array(2 * 2 * 7);
    new SeededRandom(7).fillGaussian(z);
    const targets = batchOf([2]).targets!;
    const at = (values: Float32Array) =>
      tf.tidy(() => {
        const result = loss.evaluate(tf.tensor(values, [1, 2, 2, 7]), tf.tensor(targets, [1, 2, 2, 8]));
        return { loss: result.losses.dataSync()[0]!, slope: result.gradient.dataSync().slice() };
      });
    const { slope } = at(z);
    for (let i = 0; i < z.length; i++) {
      const [up, down] = [z.slice(), z.slice()];
      up[i]! += 0.01;
      down[i]! -= 0.01;
      expect(slope[i]).toBeCloseTo((at(up).loss - at(down).loss) / 0.02, 2);
    }
  });
});

describe('the trained detector', () => {
  beforeAll(() => startBackend('wasm'));

  it('sees the same features at work as in training', async () => {
    const ink = inkOf([makeScene(mnist, 'test', 1, 0)]);
    const working = await featuresOf(backbone, ink);
    const { weights } = readSceneWeights(backbone, BACKBONE_TENSORS);
    const trained = tf.tidy(() => {
      const own = weights.map(({ values, shape }) => tf.tensor(values, shape as number[]));
      const layers = sceneBackbone();
      let p = 0;
      const lists = layers.map(({ parameterShapes }) => parameterShapes.map(() => own[p++]!));
      return forward(layers, lists, tf.tensor4d(ink, [1, 64, 64, 1]))
        .output.dataSync()
        .slice();
    });
    for (const [i, value] of working.entries()) expect(value).toBeCloseTo(trained[i]!, 3);
  });

  it('is the same after it was saved and loaded, with the record of its run', async () => {
    const before = tf.memory().numTensors;
    const scenes = await prepareScenes({ mnist, backbone, size: 256, tests: 2 });
    const trainer = headTrainer({
      people: scenes.people,
      privacy: null,
      random: new SeededRandom(1),
      initial: new SeededRandom(1),
    });
    for (let step = 0; step < 4; step++) await trainer.next();
    const file = detectorFile(backbone, trainer.released, { epsilon: '8' });
    const detector = loadSceneDetector(file);
    expect(detector.notes.epsilon).toBe('8');
    const [output] = await predictScenes(trainer, scenes.testFeatures);
    const wanted = oneBoxEach(decodeScene(output!, SCENE_GEOMETRY, 0.01));
    const { pixels } = scenes.test[0]!;
    const data = Float32Array.from({ length: 64 * 64 * 3 }, (_, i) => pixels[Math.floor(i / 3)]! / 255);
    const found = await detector.detect({ width: 64, height: 64, data }, { confidence: 0.01 });
    expect(found.length).toBe(wanted.length);
    expect(found.length).toBeGreaterThan(0);
    for (const [i, { score, box }] of found.entries()) {
      expect(score).toBeCloseTo(wanted[i]!.score, 3);
      expect(box[2]).toBeCloseTo(wanted[i]!.box[2], 1);
    }
    detector.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses a file that is not one', () => {
    expect(() => loadSceneDetector(backbone)).toThrow(/not a detector of scenes/);
  });

  it('starts from a head that knows nothing', () => {
    const [kernel] = sceneHead().initialise(new SeededRandom(1));
    expect(kernel!.every((value) => value === 0)).toBe(true);
    expect(SCENE_GRID).toEqual(SCENE_GEOMETRY);
  });
});

describe('written safetensors', () => {
  it.each(['float32', 'float16'] as const)('are read back (%s)', (type) => {
    const values = [0, 1, -2.5, 6e-8, 65504, 0.333251953125];
    const bytes = writeSafetensors([{ name: 'a', shape: [2, 3], values }], { type, metadata: { who: 'ä' } });
    const { tensors, notes } = readCheckpoint(bytes);
    for (const [i, value] of tensors.get('a')!.read().entries())
      expect(Math.abs(value - values[i]!)).toBeLessThan(type === 'float16' ? 3e-8 : 1e-6);
    expect(notes.who).toBe('ä');
  });
});
