/** Another network as the public backbone, and a folder of one's own as the people. */
import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it, vi } from 'vitest';
import {
  type ColourScene,
  networkLook,
  openNetwork,
} from '@/components/lessons/a-privately-trained-detector/experiments/network-look';
import {
  type TrainDetectorUpdate,
  trainDetector,
} from '@/components/lessons/a-privately-trained-detector/experiments/train-detector';
import {
  type OwnScenes,
  ownScene,
  ownSceneHash,
  ownScenes,
} from '@/components/lessons/a-privately-trained-detector/own-scenes';
import { SCENE_BACKBONE_FILE } from '@/lib/detection/scenes';
import { openLedger } from '@/lib/ledger';
import { SeededRandom } from '@/lib/random';
import { SITE_VERSION } from '@/lib/runtime/version';
import { startBackend } from '@/tests/harness/backend';
import { plainContext } from '@/tests/harness/experiment';
import { PUBLIC } from '@/tests/harness/root';
import { randomModel, writeCheckpoint } from '../../detection/checkpoint/support/checkpoint-writer';

vi.mock('@/components/lessons/a-privately-trained-detector/experiments/prepared-scenes', () => ({
  publicBackbone: async () => new Uint8Array(readFileSync(join(PUBLIC, SCENE_BACKBONE_FILE))),
}));

const draw = new SeededRandom(4);
const person = (i: number) => {
  const data = Uint8ClampedArray.from({ length: 32 * 32 * 4 }, () => draw.integer(256));
  const labels = `${i % 2} 0.5 0.5 0.4 0.4`;
  return {
    ...ownScene({ width: 32, height: 32, data }, labels, 'x'),
    hash: ownSceneHash(Uint8Array.of(i), labels),
  };
};
const own: OwnScenes = ownScenes(
  'mine',
  Array.from({ length: 70 }, (_, i) => person(i)),
);
const inputs: Record<string, unknown> = {
  yolo: writeCheckpoint(randomModel({ seed: 9 })),
  [own.hash]: own,
};
const context = plainContext<TrainDetectorUpdate>({ input: <T>(key: string) => inputs[key] as T });

beforeAll(() => startBackend('wasm'));

it('sees of a scene what depends on it alone, as long at every place, and leaves nothing behind', async () => {
  const network = await openNetwork('yolo', context);
  const before = tf.memory().numTensors;
  const look = networkLook(network);
  const grey = new Uint8Array(64 * 64).map(() => draw.integer(256));
  const colour = new Uint8Array(128 * 128 * 3).map(
    (_, i) => grey[Math.floor(i / (2 * 128 * 3)) * 64 + Math.floor((i % (128 * 3)) / 6)]!,
  );
  const scenes: ColourScene[] = [
    { pixels: grey, objects: [] },
    { pixels: new Uint8Array(64 * 64), colour, objects: [] },
    { pixels: new Uint8Array(64 * 64).fill(255), objects: [] },
  ];
  const all = await look.features(scenes);
  const alone = await look.features(scenes.slice(0, 1));
  const width = all.length / 3;
  // A grey scene is doubled in size: in colours, the same picture.
  expect(all.subarray(0, width)).toEqual(alone);
  expect(all.subarray(width, 2 * width)).toEqual(alone);
  expect(all.subarray(2 * width)).not.toEqual(alone);
  for (let place = 0; place < 64; place++)
    expect(Math.hypot(...alone.subarray(64 * place, 64 * place + 64))).toBeCloseTo(7, 2);
  look.dispose?.();
  expect(tf.memory().numTensors).toBe(before);
});

it.each([null, 'yolo'])(
  'trains on a folder of one’s own with the backbone %s, and says whose it was',
  async (backbone) => {
    const { last, files } = await trainDetector.run(
      {
        ...{ noiseMultiplier: 1, maxGradNorm: 1, steps: 2, noiseSource: 'seeded', seed: 1 },
        ...{ scenes: own.hash, backbone, ofEachPerson: 'one' },
      },
      context,
    );
    expect(last!.classes).toEqual(['class 0', 'class 1']);
    expect(last!.tests).toBe(own.test.length);
    // A head on somebody else's network is not a detector by itself.
    expect(files === null).toBe(backbone !== null);
    const ledger = await openLedger({ version: SITE_VERSION });
    const { accounts } = ledger.snapshot();
    ledger.close();
    expect(accounts.map(({ dataset }) => dataset.hash)).toEqual([own.hash]);
  },
);
