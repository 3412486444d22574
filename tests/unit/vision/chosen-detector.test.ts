/** The detector of the lesson's experiments: what a learner chose, loaded once, with nothing left behind. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { detect } from '@/components/lessons/noise-on-pixels/experiments/detect';
import { COCO_CLASSES, NOISE_KINDS } from '@/lib/detection';
import { NANODET_WEIGHTS } from '@/lib/detection/nanodet/files';
import { chosenDetector } from '@/lib/vision/chosen-detector';
import { readCheckpointFile } from '@/lib/vision/read-checkpoint';
import { startBackend } from '@/tests/harness/backend';
import { fetchFromDisk } from '@/tests/harness/prepared';
import { PUBLIC } from '@/tests/harness/root';
import { sceneDetectorFile } from '../../browser/support/scene-detector-file';
import { randomModel, writeCheckpoint } from '../detection/checkpoint/support/checkpoint-writer';
import { readPicture } from '../detection/support/pictures';

const [width, height] = [40, 30];
const files: Record<string, unknown> = {
  a: writeCheckpoint(randomModel({ seed: 9 })),
  b: writeCheckpoint(randomModel({ seed: 10, family: 'yolov8' })),
  scene: sceneDetectorFile({ epsilon: '1.5' }),
  'nanodet-file': new Uint8Array(readFileSync(join(PUBLIC, NANODET_WEIGHTS.path))),
  picture: {
    width,
    height,
    data: Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => (i * 37) % 256),
  },
};
const context = {
  assetUrl: (path: string) => path,
  signal: new AbortController().signal,
  report: () => {},
  describe: () => {},
  input: <T>(key: string) => files[key] as T,
  backend: null,
  random: { secure: unused, seeded: unused },
};
function unused(): never {
  throw new Error('no randomness of the run is needed');
}
const image = { width, height, data: Float32Array.from({ length: 3600 }, (_, i) => (i % 97) / 97) };
const look = async (detector: string, classes: number[] | null) =>
  (await chosenDetector({ detector, inputSize: 320, classes }, context)).detect(image, { confidence: 0.001 });

describe('the chosen detector', () => {
  beforeAll(() => startBackend('wasm'));

  it.each(['a', 'scene'])(
    '%s finds the chosen classes alone, and all where none is chosen',
    async (which) => {
      const all = await look(which, null);
      const seen = [...new Set(all.map(({ classId }) => classId))];
      expect(seen.length).toBeGreaterThan(1);
      for (const id of seen) {
        const only = await look(which, [id]);
        expect(only.length).toBeGreaterThan(0);
        expect(new Set(only.map(({ classId }) => classId))).toEqual(new Set([id]));
      }
    },
  );

  it('frees the network before it loads another, and holds no more after many looks', async () => {
    await look('a', null);
    const held = tf.memory().numTensors;
    for (let i = 0; i < 3; i++) await look('a', i === 1 ? [0] : null);
    expect(tf.memory().numTensors).toBe(held);
    await look('b', null);
    await look('scene', null);
    await look('a', null);
    expect(tf.memory().numTensors).toBe(held);
  });

  it('is the site’s own NanoDet by name; a copy kept by the browser that is another file is fetched afresh', async () => {
    const asked: (RequestCache | undefined)[] = [];
    vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
      asked.push(init?.cache);
      const response = await fetchFromDisk(url);
      if (init?.cache === 'reload') return response;
      const bytes = new Uint8Array(await response.arrayBuffer());
      bytes[3_000_000]! ^= 1;
      return new Response(bytes);
    });
    const { data, width, height } = await readPicture(join(PUBLIC, 'samples/cat.jpg'));
    const find = async (detector: string, classes: number[] | null) => {
      const chosen = await chosenDetector({ detector, inputSize: 416, classes }, context);
      expect(chosen.inputSize).toBe(416);
      const every = await chosen.detect({ data, width, height }, { confidence: 0.4, everyName: true });
      return chosen.withOneName!(every).map(({ className }) => className);
    };
    expect(await find('nanodet', null)).toEqual(['cat']);
    expect(asked).toEqual(['force-cache', 'reload']);
    vi.unstubAllGlobals();
    // The same from a file that somebody brought; and once loaded, nothing is fetched again.
    expect(await find('nanodet-file', [16])).toEqual(['dog']);
    await chosenDetector({ detector: 'nanodet', inputSize: 320, classes: null }, context);
    expect(asked).toHaveLength(2);
  });

  it('holds as much after 200 looks as after one, whatever the sliders say', async () => {
    const run = (i: number) =>
      detect.run(
        {
          picture: 'picture',
          noiseKind: NOISE_KINDS[i % NOISE_KINDS.length]!.kind,
          noise: (i % 11) / 10,
          seed: i % 5,
          confidence: 0.05 + (i % 9) / 10,
          detector: 'a',
          inputSize: i % 2 ? 320 : 352,
          classes: i % 3 ? null : [i % 2],
        },
        context,
      );
    for (let i = 0; i < 16; i++) await run(i);
    const { numTensors, numBytes } = tf.memory();
    const heap = () => (tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } }).wasm.HEAPU8.length;
    const before = heap();
    for (let i = 0; i < 200; i++) await run(i);
    expect(tf.memory()).toMatchObject({ numTensors, numBytes });
    expect(heap()).toBe(before);
  });
});

describe('a file that was dropped', () => {
  it('is known for a detector of scenes, with its own classes and what it says of its ε', async () => {
    const facts = await readCheckpointFile.run({ file: 'scene' }, context);
    expect(facts).toMatchObject({ family: 'scene', id: 'scene-detector', title: 'Digit detector, ε 1.5' });
    expect(facts.classes).toEqual([...'0123456789', 'rare symbol']);
    expect(facts.parameters).toBe(
      9 * 16 + 16 + 9 * 16 * 32 + 32 + 9 * 32 * 48 + 48 + 9 * 48 * 64 + 64 + 9 * 64 * 64 + 64 + 64 * 15 + 15,
    );
  });

  it('is known for the NanoDet of this site', async () => {
    expect(await readCheckpointFile.run({ file: 'nanodet-file' }, context)).toMatchObject({
      ...{ family: 'nanodet', id: 'nanodet-g', title: 'NanoDet-g', parameters: 3_786_068 },
      ...{ sha256: NANODET_WEIGHTS.sha256, classes: COCO_CLASSES },
    });
  });

  it('is a YOLO network otherwise', async () => {
    expect(await readCheckpointFile.run({ file: 'b' }, context)).toMatchObject({ family: 'yolov8' });
  });
});
