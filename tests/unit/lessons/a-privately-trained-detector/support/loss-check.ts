/** A small model under the whole detection loss: its clipped sum, and the same by a loop over scenes. Runs on any backend. */
import * as tf from '@tensorflow/tfjs-core';
import type { Scene } from '@/lib/data';
import { SeededRandom } from '@/lib/random';
import {
  clippedSum,
  conv2d,
  type DetectionGrid,
  detectionLoss,
  detectionTargets,
  type Layer,
  type MicroBatch,
  silu,
} from '@/lib/training';

export const GRID: DetectionGrid = { side: 2, stride: 8, classes: 3 };
const CLIP = 3;
const MODEL: Layer[] = [
  conv2d({ input: [4, 4, 2], filters: 5, kernel: 3, stride: 2, padding: 'same' }),
  silu(),
  conv2d({ input: [2, 2, 5], filters: 7, kernel: 1 }),
];
const TARGET_WIDTH = 4 * 8;
const SCENES: Scene['objects'][] = [
  [{ box: [1, 1, 7, 6], classId: 0 }],
  [],
  [
    { box: [9, 0, 15, 5], classId: 2 },
    { box: [0.5, 8, 6, 16], classId: 1 },
  ],
];

export function batchOf(rows: readonly number[]): MicroBatch {
  const random = new SeededRandom(5);
  const all = new Float32Array(SCENES.length * 32);
  random.fillGaussian(all);
  const inputs = new Float32Array(rows.length * 32);
  const targets = new Float32Array(rows.length * TARGET_WIDTH);
  for (const [k, row] of rows.entries()) {
    inputs.set(all.subarray(row * 32, (row + 1) * 32), k * 32);
    detectionTargets(SCENES[row]!, GRID, targets.subarray(k * TARGET_WIDTH, (k + 1) * TARGET_WIDTH));
  }
  return {
    inputs,
    labels: new Int32Array(rows.length),
    targets,
    targetShape: [2, 2, 8],
    mask: new Float32Array(rows.length).fill(1),
    size: rows.length,
  };
}

function parameters(): tf.Tensor[][] {
  const random = new SeededRandom(6);
  return MODEL.map((layer) =>
    layer.parameterShapes.map((shape) => {
      const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
      random.fillGaussian(values, 0.4);
      return tf.tensor(values, shape as number[]);
    }),
  );
}

export interface LossCheck {
  /** All entries of the clipped sum of three scenes, computed at once. */
  together: number[];
  /** The same, scene by scene, clipped and added in double. */
  loop: number[];
  /** Lengths of the gradients of each scene before clipping, both ways. */
  norms: { together: number[]; loop: number[] };
  clip: number;
  leaked: number;
}

export async function checkLoss(): Promise<LossCheck> {
  const before = tf.memory().numTensors;
  const own = parameters();
  const values = async (tensor: tf.Tensor) => Array.from(await tensor.data());
  const whole = clippedSum(MODEL, detectionLoss(GRID), own, batchOf([0, 1, 2]), [4, 4, 2], CLIP);
  const together = (await Promise.all(whole.sums.map(values))).flat();
  const norms = { together: (await values(whole.norms!)).slice(0, 3), loop: [] as number[] };
  const loop = together.map(() => 0);
  for (const row of [0, 1, 2]) {
    const alone = clippedSum(MODEL, detectionLoss(GRID), own, batchOf([row]), [4, 4, 2], null);
    const gradient = (await Promise.all(alone.sums.map(values))).flat();
    const norm = Math.hypot(...gradient);
    norms.loop.push(norm);
    for (const [i, value] of gradient.entries()) loop[i]! += value * Math.min(1, CLIP / norm);
    tf.dispose([alone.losses, ...alone.sums]);
  }
  tf.dispose([whole.losses, whole.norms!, ...whole.sums, ...own.flat()]);
  return { together, loop, norms, clip: CLIP, leaked: tf.memory().numTensors - before };
}
