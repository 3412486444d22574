/**
 * Trains the public backbone of the scene detector and writes public/detector: `npm run pretrain-detector`.
 * From public scenes alone (MNIST training digits from 40,000 on, which no private scene uses), seeded. First four
 * convolutions, then a fifth that begins as the identity; the head is thrown away. At the end each channel is divided by its
 * root mean square on public scenes, so that a private clip meets features of one scale. The file in the repository was not
 * made by one whole run of this command and has not been compared with one: expect other weights, and train heads anew.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  featuresOf,
  inkOf,
} from '@/components/lessons/a-privately-trained-detector/experiments/scene-training';
import { type Mnist, makeScene, SCENE_SIDE } from '@/lib/data';
import { writeSafetensors } from '@/lib/detection/checkpoint';
import { BACKBONE_TENSORS, SCENE_BACKBONE_FILE } from '@/lib/detection/scenes';
import { SeededRandom } from '@/lib/random';
import {
  adam,
  type Dataset,
  detectionLoss,
  detectionTargets,
  type Layer,
  makeDataset,
  SCENE_FEATURES,
  SCENE_GRID,
  sceneBackbone,
  sceneHead,
  Trainer,
  withTargets,
} from '@/lib/training';
import { startBackend } from '@/tests/harness/backend';
import { preparedMnist } from '@/tests/harness/prepared';
import { PUBLIC } from '@/tests/harness/root';

const SEED = 1;
const FIRST = { scenes: 6000, from: 0, steps: 1200, rate: 0.003, warmUp: 1 };
const SECOND = { scenes: 12_000, from: 6000, steps: 1300, rate: 0.0025, warmUp: 60 };

function publicScenes(mnist: Mnist, from: number, size: number): Dataset {
  const { side, classes } = SCENE_GRID;
  const targetWidth = side * side * (classes + 5);
  const pixels = SCENE_SIDE ** 2;
  const ink = new Float32Array(size * pixels);
  const targets = new Float32Array(size * targetWidth);
  for (let i = 0; i < size; i++) {
    const scene = makeScene(mnist, 'public', SEED, from + i);
    ink.set(inkOf([scene]), i * pixels);
    detectionTargets(scene.objects, SCENE_GRID, targets.subarray(i * targetWidth, (i + 1) * targetWidth));
  }
  return withTargets(makeDataset(ink, new Uint8Array(size), pixels, 1), targets, [side, side, classes + 5]);
}

async function train(layers: Layer[], dataset: Dataset, phase: typeof FIRST, start: Float64Array[] | null) {
  const { steps, rate, warmUp } = phase;
  const trainer = new Trainer({
    layers,
    loss: detectionLoss(SCENE_GRID),
    inputShape: [SCENE_SIDE, SCENE_SIDE, 1],
    dataset,
    expectedBatchSize: 32,
    learningRate: (step) =>
      Math.min(1, step / warmUp) * (rate * 0.5 * (1 + Math.cos((Math.PI * step) / steps)) + 1e-5),
    privacy: null,
    random: new SeededRandom(1),
    initial: new SeededRandom(2),
    optimizer: (sizes) => adam(sizes),
    averaging: 0.98,
    physicalBatchSize: 32,
  });
  for (const [i, weights] of (start ?? []).entries()) trainer.weights[i]!.set(weights);
  let loss = 0;
  for (let step = 1; step <= steps; step++) {
    loss = 0.95 * loss + 0.05 * ((await trainer.next()).loss ?? loss);
    if (step % 100 === 0) console.log(`step ${step}: loss ${loss.toFixed(3)} a scene`);
  }
  return trainer.released;
}

await startBackend('wasm');
const mnist = await preparedMnist();
const layers = sceneBackbone();
const first = await train(
  [...layers.slice(0, -2), sceneHead()],
  publicScenes(mnist, FIRST.from, FIRST.scenes),
  FIRST,
  null,
);
const identity = new Float64Array(9 * SCENE_FEATURES * SCENE_FEATURES);
const random = new SeededRandom(3);
for (let i = 0; i < identity.length; i++) identity[i] = 0.01 * random.gaussian();
for (let c = 0; c < SCENE_FEATURES; c++) identity[(4 * SCENE_FEATURES + c) * SCENE_FEATURES + c]! += 1;
const weights = await train(
  [...layers, sceneHead()],
  publicScenes(mnist, SECOND.from, SECOND.scenes),
  SECOND,
  [...first.slice(0, 8), identity, new Float64Array(SCENE_FEATURES), ...first.slice(8)],
);

const tensors = BACKBONE_TENSORS.map(({ name, shape }, i) => ({ name, shape, values: weights[i]! }));
const looked = Array.from({ length: 200 }, (_, i) => makeScene(mnist, 'public', SEED, 10_000 + i));
const features = await featuresOf(writeSafetensors(tensors), inkOf(looked));
const squares = new Float64Array(SCENE_FEATURES);
for (const [i, value] of features.entries()) squares[i % SCENE_FEATURES]! += value * value;
const scale = squares.map((sum) => 1 / Math.sqrt(sum / (features.length / SCENE_FEATURES) + 1e-4));
for (const { values } of tensors.slice(-2))
  for (let i = 0; i < values.length; i++) values[i] = values[i]! * scale[i % SCENE_FEATURES]!;

const file = join(PUBLIC, SCENE_BACKBONE_FILE);
mkdirSync(dirname(file), { recursive: true });
const bytes = writeSafetensors(tensors, {
  type: 'float16',
  metadata: {
    made: 'npm run pretrain-detector',
    data: 'public scenes: MNIST training digits 40,000 to 59,999',
  },
});
writeFileSync(file, bytes);
console.log(`Written: ${file}, ${bytes.length} bytes`);
