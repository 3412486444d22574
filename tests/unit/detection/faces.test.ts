import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DetectionError } from '@/lib/detection';
import { loadFaceDetector, loadFaceWeights, TinyFaceNetwork, TinyYoloFaces } from '@/lib/detection/faces';
import { decodeFaces } from '@/lib/detection/faces/decode';
import { STOCK_CONVOLVE } from '@/lib/detection/networks';
import { NODE_BACKENDS, startBackend } from '@/tests/harness/backend';
import {
  demoPhoto,
  expectLogits,
  expectReferenceFaces,
  faceReference,
  fromPackage,
  rawOf,
  referenceCases,
} from './support/faces';
import { readPicture } from './support/pictures';
import { synthetic } from './support/synthetic';

describe.each(NODE_BACKENDS)('the face detector on %s', (backend) => {
  let network: TinyFaceNetwork;
  beforeAll(async () => {
    await startBackend(backend);
    network = new TinyFaceNetwork(await loadFaceWeights(fromPackage), STOCK_CONVOLVE);
  });
  afterAll(() => network.dispose());

  it.each(Object.keys(faceReference.synthetic))('gives the reference logits at %s pixels', async (size) => {
    const side = Number(size);
    const output = tf.tidy(() => network.forward(tf.tensor4d(synthetic(side), [1, side, side, 3])));
    const logits = (await output.data()) as Float32Array;
    output.dispose();
    expect(output.shape).toEqual(faceReference.synthetic[size]!.shape);
    expectLogits(logits, faceReference.synthetic[size]!);
  });

  it.each(referenceCases)('finds the reference faces in $name at $size pixels', async ({ name, size }) => {
    const image = await readPicture(demoPhoto(name));
    const before = tf.memory().numTensors;
    const found = await new TinyYoloFaces(network, size).detect(image, { confidence: 0.5 });
    expectReferenceFaces(found, name, size);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('drops a face whose score is the threshold itself, and keeps it just below', async () => {
    const detector = new TinyYoloFaces(network);
    const image = await readPicture(demoPhoto('sample2.jpg'));
    const [face] = await detector.detect(image, { confidence: 0.5 });
    expect(await detector.detect(image, { confidence: face!.score })).toEqual([]);
    expect(await detector.detect(image, { confidence: face!.score - 1e-9 })).toHaveLength(1);
  });

  it('rejects with the reason of an aborted signal, and leaves no tensor behind', async () => {
    const image = { width: 8, height: 8, data: new Float32Array(192) };
    const before = tf.memory().numTensors;
    const detector = new TinyYoloFaces(network, 64);
    await expect(
      detector.detect(image, { confidence: 0.5, signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ name: 'AbortError' });
    const stop = new AbortController();
    const pending = detector.detect(image, { confidence: 0.5, signal: stop.signal });
    stop.abort();
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('hears a stop that comes as a message', async () => {
    const before = tf.memory().numTensors;
    const image = { width: 416, height: 416, data: new Float32Array(416 * 416 * 3) };
    const stop = new AbortController();
    setTimeout(() => stop.abort());
    const pending = new TinyYoloFaces(network).detect(image, { confidence: 0.5, signal: stop.signal });
    // WASM is done before any message can come in; plain JavaScript must not be.
    if (backend === 'cpu') await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
    else await pending.catch(() => undefined);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('gives back every tensor when disposed of', async () => {
    const before = tf.memory().numTensors;
    const detector = await loadFaceDetector(fromPackage);
    expect(detector.memory).toEqual({ parameters: 193_321, weightBytes: 773_284 });
    expect(tf.memory().numTensors).toBeGreaterThan(before);
    detector.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('gives the reference logits for a photo fitted into the square', async () => {
  await startBackend('cpu');
  const { topLeftSquare } = await import('@/lib/detection');
  const network = new TinyFaceNetwork(await loadFaceWeights(fromPackage), STOCK_CONVOLVE);
  const image = await readPicture(demoPhoto('sample1.jpg'));
  for (const size of [416, 320]) {
    const output = network.forward(tf.tensor4d(topLeftSquare(image, size), [1, size, size, 3]));
    // The decoder of the reference may differ by a rounding here and there: a touch wider than for synthetic inputs.
    expectLogits((await output.data()) as Float32Array, rawOf('sample1.jpg', size)!, 2e-3);
    output.dispose();
  }
  network.dispose();
});

it('places a box as the published detector does, which rounds the resized picture to whole pixels', () => {
  // One confident anchor in the first of 2 × 2 cells; 1920 × 100 pixels become 64 × 3 of the 64 × 64.
  const logits = new Float32Array(2 * 2 * 25).fill(-99);
  logits.fill(0, 0, 5);
  const [face, ...others] = decodeFaces(logits, 2, { width: 1920, height: 100 }, 0.25);
  expect(others).toEqual([]);
  const [x1, y1, x2, y2] = face!.box;
  expect(face!.score).toBe(0.5);
  expect((x1 + x2) / 2).toBeCloseTo(1920 / 4, 6);
  expect(x2 - x1).toBeCloseTo((1.603231 / 2) * 1920, 6);
  expect((y1 + y2) / 2).toBeCloseTo((100 * 64) / 3 / 4, 6);
  expect(y2 - y1).toBeCloseTo(((2.094468 / 2) * 100 * 64) / 3, 6);
});

it('refuses an input size the grid cannot divide', async () => {
  await startBackend('cpu');
  const network = new TinyFaceNetwork(await loadFaceWeights(fromPackage), STOCK_CONVOLVE);
  for (const size of [0, 31, 100, 416.5, Number.NaN, 4096])
    expect(() => new TinyYoloFaces(network, size)).toThrow(
      expect.objectContaining({ code: 'input-size-invalid', message: expect.stringContaining(String(size)) }),
    );
  network.dispose();
});

describe('loading the weights', () => {
  const answering = (response: (url: string) => Promise<Response>) =>
    loadFaceWeights({ ...fromPackage, fetch: response }).then(
      () => expect.fail('was accepted'),
      (error: unknown) => error as DetectionError,
    );

  it('reports bytes that only rise and end at the total', async () => {
    const seen: number[] = [];
    const totals = new Set<number>();
    await loadFaceWeights({
      ...fromPackage,
      progress: (loaded, total) => {
        seen.push(loaded);
        totals.add(total);
      },
    });
    expect([...totals]).toEqual([193_321 + 3_219]);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(193_321 + 3_219);
  });

  it('says which file is missing and what to run', async () => {
    const error = await answering(async () => new Response('', { status: 404, statusText: 'Not Found' }));
    expect(error).toBeInstanceOf(DetectionError);
    expect(error.code).toBe('download-failed');
    expect(error.message).toContain('/site/models/tiny-face/');
    expect(error.message).toContain('404 Not Found');
    expect(error.remedy).toContain('prepare-assets');
  });

  it('refuses a file of which one bit has changed', async () => {
    const error = await answering(async (url) => {
      const bytes = new Uint8Array(await (await fromPackage.fetch(url)).arrayBuffer());
      if (url.endsWith('.bin')) bytes[100_000]! ^= 1;
      return new Response(bytes);
    });
    expect(error.code).toBe('download-corrupt');
    expect(error.message).toContain('SHA-256');
  });

  it.each([
    ['cut short', 0.5],
    ['too long', 2],
  ])('refuses a file that is %s', async (_, factor) => {
    const error = await answering(async (url) => {
      const bytes = new Uint8Array(await (await fromPackage.fetch(url)).arrayBuffer());
      const other = new Uint8Array(Math.round(bytes.length * factor));
      other.set(bytes.subarray(0, other.length));
      return new Response(other);
    });
    expect(error.code).toBe('download-corrupt');
    expect(error.message).toMatch(/bytes/);
  });

  it('passes a broken connection on as something to act on, and a stop as a stop', async () => {
    const broken = await answering(() => Promise.reject(new TypeError('network down')));
    expect(broken.code).toBe('download-failed');
    expect(broken.message).toContain('network down');
    const signal = AbortSignal.abort();
    await expect(
      loadFaceWeights({ ...fromPackage, signal, fetch: () => Promise.reject(new TypeError('aborted')) }),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('hashes without Web Crypto too', async () => {
    const crypto = Object.getOwnPropertyDescriptor(globalThis, 'crypto')!;
    Object.defineProperty(globalThis, 'crypto', { value: undefined, configurable: true });
    try {
      expect((await loadFaceWeights(fromPackage)).size).toBe(19);
    } finally {
      Object.defineProperty(globalThis, 'crypto', crypto);
    }
  });
});
