import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  centredSquare,
  compareDetections,
  type DetectionError,
  parseYoloLabels,
  readCheckpoint,
} from '@/lib/detection';
import { writeSafetensors } from '@/lib/detection/checkpoint/write-safetensors';
import {
  isNanoDet,
  loadNanoDet,
  loadNanoDetWeights,
  NANODET_WEIGHTS,
  NanoDet,
  NanoDetNetwork,
  readNanoDetWeights,
} from '@/lib/detection/nanodet';
import { kernels } from '@/lib/detection/networks';
import { NODE_BACKENDS, startBackend } from '@/tests/harness/backend';
import { ROOT } from '@/tests/harness/root';
import { IMAGES, missing } from '@/tests/harness/shared-files';
import { readPicture } from '../support/pictures';
import {
  expectRaw,
  expectSame,
  fromSite,
  published,
  rawReference,
  sampleReference,
  served,
} from './support/reference';
import { rawRun, syntheticSquare } from './support/run';

const sample = (file: string) => readPicture(join(ROOT, 'public/samples', file));

describe.each(NODE_BACKENDS)('NanoDet on %s', (backend) => {
  let network: NanoDetNetwork;
  beforeAll(async () => {
    await startBackend(backend);
    network = new NanoDetNetwork(published(), await kernels());
  });
  afterAll(() => network.dispose());

  // Plain JavaScript takes seconds a pass: the smaller input shows that it agrees.
  it.each(backend === 'cpu' ? [320] : [320, 416])(
    'gives the reference values at %s pixels, layer by layer',
    async (size) => {
      const reference = rawReference[`synthetic${size}`]!;
      expectRaw(await rawRun(network, syntheticSquare(size), reference), reference);
    },
  );

  it('stops when told, and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const detector = new NanoDet(network, 320);
    const image = { width: 8, height: 8, data: new Float32Array(192) };
    await expect(
      detector.detect(image, { confidence: 0.5, signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ name: 'AbortError' });
    const stop = new AbortController();
    setTimeout(() => stop.abort());
    const pending = detector.detect(image, { confidence: 0.5, signal: stop.signal });
    // WASM is done before any message can come in; plain JavaScript must not be.
    if (backend === 'cpu') await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
    else await pending.catch(() => undefined);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('what NanoDet finds, on wasm', () => {
  beforeAll(() => startBackend('wasm'));

  it.each(Object.keys(sampleReference))('%s: the reference boxes to a tenth of a pixel', async (file) => {
    const detector = new NanoDet(new NanoDetNetwork(published(), await kernels()));
    const found = await detector.detect(await sample(file), { confidence: 0.25, everyName: true });
    const expected = sampleReference[file]!;
    expect(found).toHaveLength(expected.length);
    for (const [i, [x1, y1, x2, y2, score, classId]] of expected.entries()) {
      expect(found[i]!.classId).toBe(classId);
      expect(Math.abs(found[i]!.score - score)).toBeLessThan(0.001);
      for (const [j, edge] of [x1, y1, x2, y2].entries())
        expect(Math.abs(found[i]!.box[j]! - edge)).toBeLessThan(0.1);
    }
    detector.dispose();
  });

  it('the 8-bit weights that are served find the same', async () => {
    const detector = new NanoDet(new NanoDetNetwork(served(), await kernels()));
    for (const [file, rows] of Object.entries(sampleReference)) {
      const found = await detector.detect(await sample(file), { confidence: 0.25, everyName: true });
      expectSame(found, rows, { iou: 0.85, score: 0.08 });
    }
    detector.dispose();
  });

  it('a cat that is also called a dog gets one name', async () => {
    const detector = await loadNanoDet(fromSite);
    const image = await sample('cat.jpg');
    const names = async (everyName: boolean) => {
      const found = await detector.detect(image, { confidence: 0.4, everyName });
      return found.map(({ className }) => className);
    };
    expect(await names(true)).toEqual(['cat', 'dog']);
    expect(await names(false)).toEqual(['cat']);
    const both = await detector.detect(image, { confidence: 0.4, everyName: true });
    expect(detector.withOneName(both)).toEqual(await detector.detect(image, { confidence: 0.4 }));
    detector.dispose();
  });

  it('the pictures put together from stamps: kinds of things where the labels say they are', async () => {
    const detector = await loadNanoDet(fromSite);
    const right = async (file: string) => {
      const image = await sample(file);
      const text = readFileSync(
        join(ROOT, 'public/samples/labels/coco', file.replace('.jpg', '.txt')),
        'utf8',
      );
      const found = await detector.detect(image, { confidence: 0.4 });
      return compareDetections(found, parseYoloLabels(text, image))
        .matches.filter(({ reference }) => reference !== null)
        .map(({ detection }) => detection.className)
        .sort();
    };
    expect(await right('animals.jpg')).toEqual(['bird', 'elephant', 'giraffe', 'sheep', 'zebra']);
    expect(await right('fire-station.jpg')).toEqual(['bus', 'person', 'person', 'truck']);
    expect(await right('kitchen.jpg')).toEqual(['apple', 'cup', 'microwave', 'orange']);
    detector.dispose();
  });

  const absent = missing(join(IMAGES, 'bus.jpg'));
  it.skipIf(absent)(`a photograph gives the reference values${absent ? ` (${absent})` : ''}`, async () => {
    const network = new NanoDetNetwork(published(), await kernels());
    const image = await readPicture(join(IMAGES, 'bus.jpg'));
    const reference = rawReference.bus416!;
    expectRaw(await rawRun(network, centredSquare(image, 416), reference), reference);
    network.dispose();
  });
});

describe('the weights', () => {
  it('come from the site’s own file, and go when disposed of', async () => {
    await startBackend('cpu');
    const before = tf.memory().numTensors;
    const detector = await loadNanoDet(fromSite);
    expect(detector.memory).toEqual({ parameters: 3_786_068, weightBytes: 15_144_272 });
    expect(detector.classes).toHaveLength(80);
    detector.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('of a file with one changed bit are refused', async () => {
    const fetch = async (url: string) => {
      const bytes = new Uint8Array(await (await fromSite.fetch(url)).arrayBuffer());
      bytes[2_000_000]! ^= 1;
      return new Response(bytes);
    };
    const error = await loadNanoDetWeights({ ...fromSite, fetch }).catch(
      (refusal: DetectionError) => refusal,
    );
    expect(error).toMatchObject({
      code: 'download-corrupt',
      message: expect.stringContaining(NANODET_WEIGHTS.path),
    });
  });

  it('of another network are named for what they are not', () => {
    const other = readCheckpoint(writeSafetensors([{ name: 'conv0.weight', shape: [1], values: [1] }]));
    expect(isNanoDet(other)).toBe(false);
    expect(() => readNanoDetWeights(other)).toThrow(expect.objectContaining({ code: 'weights-unsuitable' }));
  });

  it('refuse an input size that the scales cannot divide', async () => {
    await startBackend('cpu');
    const detector = await loadNanoDet(fromSite);
    for (const size of [0, 31, 100, 416.5, Number.NaN, 4096])
      expect(() => detector.withInputSize(size)).toThrow(
        expect.objectContaining({ code: 'input-size-invalid' }),
      );
    detector.dispose();
  });
});
