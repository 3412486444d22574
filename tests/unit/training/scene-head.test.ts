/**
 * The kernel of the scene detector's head against two others: tensors on the cpu backend, and the definition in double. And one
 * step of the whole trainer on it, worked out by hand from the same draws: a sum, clip, noise, divisor or lot of another kind
 * would move the weights elsewhere.
 */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  headTrainer,
  sceneDataset,
} from '@/components/lessons/a-privately-trained-detector/experiments/scene-training';
import type { Scene } from '@/lib/data';
import { SeededRandom } from '@/lib/random';
import {
  boxLoss,
  type Clipping,
  clippedSum,
  type Dataset,
  detectionLoss,
  type LotSum,
  microBatches,
  SCENE_FEATURE_WIDTH,
  SCENE_GRID,
  sceneHead,
  sceneHeadKernel,
} from '@/lib/training';
import { boxSlope } from '@/lib/training/box-slope';
import { sceneLearningRate } from '@/lib/training/detection-weights';
import { sceneGradient } from '@/lib/training/kernels/scene-head-choice';
import { startBackend } from '@/tests/harness/backend';

const SIZE = 160;
/** Neither anything to see nor anything to find. */
const BLANK = 2;
/** Two objects have their centres in one place: both classes are right there, and the later box. */
const CROWDED = 3;
const calm = async () => {};
const flat = (maxGradNorm: number): Clipping => ({ rule: 'flat', maxGradNorm });

function someObjects(random: SeededRandom): Scene['objects'] {
  return Array.from({ length: random.integer(5) }, () => {
    const [x, y] = [44 * random.uniform(), 44 * random.uniform()];
    const [width, height] = [6 + 14 * random.uniform(), 6 + 14 * random.uniform()];
    return { box: [x, y, x + width, y + height] as const, classId: random.integer(11) };
  });
}

function someScenes(): Dataset {
  const random = new SeededRandom(1);
  // As after a ReLU: half of them zeros.
  const features = Float32Array.from({ length: SIZE * SCENE_FEATURE_WIDTH }, (_, i) =>
    Math.floor(i / SCENE_FEATURE_WIDTH) === BLANK ? 0 : Math.max(0, 2 * random.uniform() - 1),
  );
  const crowd: Scene['objects'] = [
    { box: [10, 10, 21, 21], classId: 1 },
    { box: [9, 12, 22, 19], classId: 10 },
  ];
  const scenes = Array.from({ length: SIZE }, (_, i): Scene => {
    const objects = i === BLANK ? [] : i === CROWDED ? crowd : someObjects(random);
    return { pixels: new Uint8Array(), objects };
  });
  return sceneDataset(scenes, features);
}

const people = someScenes();

function someWeights(scale: number): Float64Array[] {
  const random = new SeededRandom(2);
  const weights = [new Float64Array(64 * 15), new Float64Array(15)];
  for (const part of weights) random.fillGaussian(part, scale);
  for (let c = 0; c < 11; c++) weights[1]![c]! -= 3;
  return weights.map((part) => part.map(Math.fround));
}

async function byKernel(
  weights: Float64Array[],
  lot: Int32Array,
  clipping: Clipping | null,
): Promise<LotSum> {
  const [sum] = await sceneHeadKernel(people)!.sumLot([{ weights, clipping }], lot, calm, 0);
  return sum!;
}

function byTensors(weights: Float64Array[], lot: Int32Array, clipping: Clipping | null): LotSum {
  const { side, classes } = SCENE_GRID;
  const sum: LotSum = {
    sums: weights.map((part) => new Float64Array(part.length)),
    norms: new Float32Array(clipping ? lot.length : 0),
    loss: 0,
  };
  let filled = 0;
  for (const batch of microBatches(people, lot, Math.max(1, Math.min(64, lot.length))))
    tf.tidy(() => {
      const parameters = [
        [tf.tensor4d(Float32Array.from(weights[0]!), [1, 1, 64, classes + 4]), tf.tensor1d([...weights[1]!])],
      ];
      const part = clippedSum(
        [sceneHead()],
        detectionLoss(SCENE_GRID),
        parameters,
        batch,
        [side, side, 64],
        clipping,
      );
      for (const [p, tensor] of part.sums.entries())
        for (const [i, value] of tensor.dataSync().entries()) sum.sums[p]![i]! += value;
      if (part.norms) sum.norms.set(part.norms.dataSync().subarray(0, batch.size), filled);
      for (const loss of part.losses.dataSync().subarray(0, batch.size)) sum.loss += loss;
      filled += batch.size;
    });
  return sum;
}

/** Largest difference against the largest value. */
function apart(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let [difference, largest] = [0, 1e-30];
  for (let i = 0; i < a.length; i++) {
    // NaN passes through Math.max, and is below nothing.
    difference = Math.max(difference, Math.abs(a[i]! - b[i]!));
    largest = Math.max(largest, Math.abs(b[i]!));
  }
  return difference / largest;
}

function expectSame(found: LotSum, expected: LotSum): void {
  for (const [p, sums] of expected.sums.entries()) expect(apart(found.sums[p]!, sums)).toBeLessThan(1e-5);
  expect(apart(found.norms, expected.norms)).toBeLessThan(1e-5);
  expect(Math.abs(found.loss - expected.loss)).toBeLessThanOrEqual(1e-5 * Math.abs(expected.loss));
}

const lotOf = (length: number) => Int32Array.from({ length }, (_, i) => (i * 7 + BLANK) % SIZE);

beforeAll(() => startBackend('cpu'));

describe('against tensors', () => {
  const weights = someWeights(0.2);

  test.each([0, 1, 3, 4, 5, 64])('a lot of %i, half of it clipped', async (length) => {
    const lot = lotOf(length);
    const usual = byTensors(weights, lot, flat(1e6));
    const median = [...usual.norms].sort((a, b) => a - b)[length >> 1] ?? 1;
    expectSame(await byKernel(weights, lot, flat(1e6)), usual);
    expectSame(await byKernel(weights, lot, flat(median)), byTensors(weights, lot, flat(median)));
  });

  test.each<[string, Clipping | null]>([
    ['summed as they are', null],
    ['all clipped', flat(1e-3)],
    ['clipped by layer', { rule: 'per-layer', maxGradNorm: 5 }],
    ['clipped automatically', { rule: 'automatic', maxGradNorm: 5 }],
  ])('gradients %s', async (_, clipping) => {
    const lot = lotOf(20);
    expectSame(await byKernel(weights, lot, clipping), byTensors(weights, lot, clipping));
  });

  test.each([0, 1e-3, 3, 1000])('weights of size %f, up to logits of thousands', async (scale) => {
    const sized = someWeights(scale);
    const lot = lotOf(12);
    expectSame(await byKernel(sized, lot, flat(1)), byTensors(sized, lot, flat(1)));
  });

  test('what is no number stays none', async () => {
    const broken = someWeights(0.2);
    broken[0]![5] = Number.NaN;
    const { sums, norms } = await byKernel(broken, Int32Array.of(1), flat(1));
    expect(sums[0]!.some(Number.isNaN)).toBe(true);
    expect(norms[0]).toBeNaN();
  });
});

describe('against the definition', () => {
  test.each([BLANK, CROWDED, 0, SIZE - 1])('scene %i alone', async (scene) => {
    const weights = someWeights(0.3);
    const gradient = sceneGradient(weights, people, scene);
    const norm = Math.hypot(...gradient.flatMap((part) => [...part]));
    const whole = await byKernel(weights, Int32Array.of(scene), null);
    for (const [p, part] of gradient.entries()) expect(apart(whole.sums[p]!, part)).toBeLessThan(1e-6);
    expect(whole.norms).toHaveLength(0);
    const { sums, norms } = await byKernel(weights, Int32Array.of(scene), flat(norm / 3));
    expect(Math.abs(norms[0]! / norm - 1)).toBeLessThan(1e-6);
    // No longer than the clip: that is the sensitivity the noise is measured by.
    expect(Math.hypot(...sums.flatMap((part) => [...part])) / (norm / 3)).toBeCloseTo(1, 6);
  });

  test('the slope of a box is that of tensors, and of its own values', () => {
    const random = new SeededRandom(5);
    const slopes = new Float64Array(4);
    for (let i = 0; i < 60; i++) {
      const ends = () => {
        const [x, y] = [4 * random.uniform(), 4 * random.uniform()];
        return [x, y, x + 0.1 + 3 * random.uniform(), y + 0.1 + 3 * random.uniform()];
      };
      const [own, right] = [ends(), ends()];
      const loss = boxSlope(own, right, slopes);
      const expected = tf.tidy(() => {
        const { losses, gradient } = boxLoss.evaluate(
          tf.tensor(own, [1, 1, 4]),
          tf.tensor([...right, 1], [1, 1, 5]),
        );
        return { loss: losses.dataSync()[0]!, slopes: gradient.dataSync().slice() };
      });
      expect(loss).toBeCloseTo(expected.loss, 5);
      for (const [k, slope] of slopes.slice().entries()) {
        expect(Math.abs(slope - expected.slopes[k]!)).toBeLessThan(1e-4 * Math.max(1, Math.abs(slope)));
        const at = (shift: number) =>
          boxSlope(
            own.map((value, j) => value + (j === k ? shift : 0)),
            right,
            new Float64Array(4),
          );
        expect(slope).toBeCloseTo((at(1e-6) - at(-1e-6)) / 2e-6, 4);
      }
    }
  });
});

test('models that share a lot learn what each learns alone', async () => {
  const lot = lotOf(150);
  const learners = [
    { weights: someWeights(0.2), clipping: flat(2) },
    { weights: someWeights(0.4), clipping: null },
  ];
  const kernel = sceneHeadKernel(people)!;
  const together = await kernel.sumLot(learners, lot, calm, 0);
  for (const [i, learner] of learners.entries())
    expect(together[i]).toEqual((await kernel.sumLot([learner], lot, calm, 0))[0]);
});

test('a breath may throw, and another run may use the kernel meanwhile', async () => {
  const kernel = sceneHeadKernel(people)!;
  const learner = { weights: someWeights(0.2), clipping: flat(2) };
  const lot = lotOf(150);
  const [expected] = await kernel.sumLot([learner], lot, calm, 0);
  const stopped = kernel.sumLot(
    [learner],
    lot,
    async () => {
      throw new Error('stopped');
    },
    0,
  );
  await expect(stopped).rejects.toThrow('stopped');
  const other = { weights: someWeights(1), clipping: null };
  const [found] = await kernel.sumLot(
    [learner],
    lot,
    async () => {
      await kernel.sumLot([other], lotOf(3), calm, 0);
    },
    0,
  );
  expect(found).toEqual(expected);
});

describe('a step of the head', () => {
  const SIGMA = 1.7;
  const CLIP = 2;
  const LOT = 40;
  const head = (seed: number, expectedBatchSize = LOT) =>
    headTrainer({
      ...{ people, expectedBatchSize, privacy: { noiseMultiplier: SIGMA, maxGradNorm: CLIP } },
      ...{ random: new SeededRandom(seed), initial: new SeededRandom(1) },
    });

  test('is the clipped sum, noise of σ C once, over q N C', async () => {
    const trainer = head(7);
    const before = trainer.weights.map((part) => part.slice());
    expect(await trainer.kernelInUse()).toBe(sceneHeadKernel(people));
    const report = await trainer.next();

    const random = new SeededRandom(7);
    const lot = random.poissonSample(SIZE, LOT / SIZE);
    expect(report.lotSize).toBe(lot.length);
    const sums = before.map((part) => new Float64Array(part.length));
    let clipped = 0;
    for (const scene of lot) {
      const gradient = sceneGradient(before, people, scene);
      const norm = Math.hypot(...gradient.flatMap((part) => [...part]));
      const factor = Math.min(1, CLIP / norm);
      if (factor < 1) clipped++;
      for (const [p, part] of gradient.entries())
        for (const [i, g] of part.entries()) sums[p]![i]! += factor * g;
    }
    expect(clipped).toBeGreaterThan(LOT / 4);
    for (const [p, sum] of sums.entries()) {
      const noise = new Float64Array(sum.length);
      random.fillGaussian(noise, SIGMA * CLIP);
      const expected = sum.map(
        (value, i) => before[p]![i]! - (sceneLearningRate(SIGMA) * (value + noise[i]!)) / (LOT * CLIP),
      );
      const moved = trainer.weights[p]!.map((value, i) => value - before[p]![i]!);
      expect(
        apart(
          moved,
          expected.map((value, i) => value - before[p]![i]!),
        ),
      ).toBeLessThan(1e-6);
    }
  });

  test('repeats to the bit, and goes on after a Stop with the lot it had', async () => {
    const stop = async () => {
      throw new Error('stopped');
    };
    const run = async (stopAt: number) => {
      // Nearly everybody: a lot in which there is time for a breath.
      const trainer = head(3, 0.95 * SIZE);
      for (let step = 1; step <= 5; step++) {
        if (step === stopAt) await expect(trainer.next(stop)).rejects.toThrow('stopped');
        await trainer.next();
      }
      return trainer.weights;
    };
    const whole = await run(0);
    expect(await run(0)).toEqual(whole);
    expect(await run(3)).toEqual(whole);
  });
});
