/** Digits as a run finds them: who takes part, what is kept for the next visit, and who shares the waiting. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { prepareDigits } from '@/components/lessons/training-with-dp-sgd/experiments/mnist-data';
import { type Mnist, orientedGradients } from '@/lib/data';
import { residenceOf } from '@/lib/kernels/resident-rows';
import type { Progress } from '@/lib/runtime/experiment';
import { rowsOf } from '@/lib/training/dataset';
import { plainContext } from '@/tests/harness/experiment';
import { preparedMnist } from '@/tests/harness/prepared';
import { type FakeFiles, stubFiles } from '@/tests/unit/data/support/fake-files';

type Progressed = Progress<never>;

/** The first digits of MNIST, as a small site of the same form: two files to train on, one to test. */
const [TRAIN, FILE, TEST] = [4006, 2003, 1201];
const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
const files = new Map<string, Uint8Array<ArrayBuffer>>();
const IDENTITY = 'ab'.repeat(32);

let mnist: Mnist;
let expected: Float32Array;
beforeAll(async () => {
  mnist = await preparedMnist();
  const shard = (split: 'train' | 'test', from: number, examples: number) => {
    const { images, labels } = mnist[split];
    const content = Buffer.concat([
      images.subarray(from * 784, (from + examples) * 784),
      labels.subarray(from, from + examples),
    ]);
    const file = `${split}-${from}.bin.gz`;
    const packed = new Uint8Array(gzipSync(content));
    files.set(file, packed);
    return { file, split, examples, bytes: packed.length, sha256: sha256(content) };
  };
  const shards = [shard('train', 0, FILE), shard('train', FILE, FILE), shard('test', 0, TEST)];
  const manifest = { title: 'few', source: 'few', rows: 28, columns: 28, sha256: IDENTITY, shards };
  files.set('manifest.json', new TextEncoder().encode(JSON.stringify(manifest)));
  const eighth = new Uint8Array(Math.floor(TRAIN / 8) * 784);
  for (let i = 0; i < eighth.length / 784; i++)
    eighth.set(mnist.train.images.subarray(8 * i * 784, (8 * i + 1) * 784), i * 784);
  expected = await orientedGradients(eighth);
});

let fake: FakeFiles;
const fetched = vi.fn(async (url: string) => new Response(files.get(url.split('/').at(-1)!)!));
beforeEach(async () => {
  fake = stubFiles();
  vi.stubGlobal('fetch', fetched);
  await forget();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const sameNumbers = (a: Float32Array, b: Float32Array) =>
  a.length === b.length &&
  Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(Buffer.from(b.buffer, b.byteOffset, b.byteLength));

const EIGHTH = { people: 'eighth', features: 'gradients' } as const;
/** Only the last one asked for is held: after this, the next is as in a worker that has just started. */
const forget = () =>
  prepareDigits({ people: 'eighth', features: 'pixels' }, plainContext<never>()).then(() =>
    fetched.mockClear(),
  );
const shards = () => fetched.mock.calls.filter(([url]) => url.endsWith('.gz')).length;
const afterAWhile = () => vi.advanceTimersByTimeAsync(10_000);

test('every eighth digit takes part, with rows where kernels read them', async () => {
  const { mnist: found, train, test: held } = await prepareDigits(EIGHTH, plainContext<never>());
  expect([train.size, train.width, found.train.size, found.test.size]).toEqual([500, 392, TRAIN, TEST]);
  expect(sameNumbers(train.features, expected)).toBe(true);
  expect([...train.labels]).toEqual(Array.from({ length: 500 }, (_, i) => mnist.train.labels[8 * i]));
  const images = mnist.test.images.subarray(0, TEST * 784);
  expect(Buffer.from(found.test.images).equals(Buffer.from(images))).toBe(true);
  expect(found.sha256).toBe(IDENTITY);
  expect(sameNumbers(held.features, await orientedGradients(images))).toBe(true);
  expect(residenceOf(train.features)).not.toBeNull();
  expect(residenceOf(held.features)).not.toBeNull();
});

test('where memory is short they are kept in 8 bits, here and for the next visit', async () => {
  vi.stubGlobal('navigator', { storage: navigator.storage, deviceMemory: 2 });
  const first = (await prepareDigits(EIGHTH, plainContext<never>())).train;
  expect(first.features).toHaveLength(0);
  expect(residenceOf(first.narrow!.codes)).not.toBeNull();
  const rounded = rowsOf(first);
  // 255 steps between the least and the largest of a row, which are at most 10 apart.
  for (const [i, value] of expected.entries())
    expect(Math.abs(rounded[i]! - value)).toBeLessThan(10 / 255 / 2);
  await afterAWhile();
  await forget();
  const next = (await prepareDigits(EIGHTH, plainContext<never>())).train;
  expect(shards()).toBe(1);
  expect(next.narrow!.codes).toEqual(first.narrow!.codes);
  expect(next.squaredNorms).toEqual(first.squaredNorms);
});

test('grey values from 0 to 1 lie there too', async () => {
  const pixels = { people: 'eighth', features: 'pixels' } as const;
  const { train, test: held } = await prepareDigits(pixels, plainContext<never>());
  expect(residenceOf(train.features)).not.toBeNull();
  const digit = mnist.test.images.subarray(784 * 1200, 784 * 1201);
  expect(held.features.subarray(784 * 1200)).toEqual(Float32Array.from(digit, (value) => value / 255));
  await afterAWhile();
  expect(fake.files.size).toBe(0);
});

test('the next visit loads the test digits alone, and finds the same', async () => {
  const first = await prepareDigits(EIGHTH, plainContext<never>());
  expect(fake.files.size).toBe(0);
  await afterAWhile();
  expect(fake.files.size).toBe(1);
  expect(shards()).toBe(3);
  await forget();
  const next = await prepareDigits(EIGHTH, plainContext<never>());
  expect(shards()).toBe(1);
  expect(sameNumbers(next.train.features, first.train.features)).toBe(true);
  expect(sameNumbers(next.test.features, first.test.features)).toBe(true);
  expect([...next.train.labels]).toEqual([...first.train.labels]);
  expect(residenceOf(next.train.features)).not.toBeNull();
});

test('what was damaged in between is found again', async () => {
  await prepareDigits(EIGHTH, plainContext<never>());
  await afterAWhile();
  const [content] = fake.files.values();
  content![500_000]! ^= 1;
  await forget();
  const next = await prepareDigits(EIGHTH, plainContext<never>());
  expect(shards()).toBe(3);
  expect(sameNumbers(next.train.features, expected)).toBe(true);
});

test('a run goes on from what is being prepared, hears how far it is, and may stop', async () => {
  const ahead = prepareDigits(EIGHTH, plainContext<never>());
  const stop = new AbortController();
  const heard: Progressed[] = [];
  const run = prepareDigits(
    EIGHTH,
    plainContext<never>({
      signal: stop.signal,
      report: (progress) => {
        heard.push(progress);
        if (progress.step > 0) stop.abort(new Error('enough'));
      },
    }),
  );
  await expect(run).rejects.toThrow('enough');
  expect(heard.at(-1)!.step).toBeGreaterThan(0);
  const { train } = await ahead;
  expect((await prepareDigits(EIGHTH, plainContext<never>())).train).toBe(train);
  expect(shards()).toBe(3);
});

test('whoever asks for something else ends it, and a failure is not remembered', async () => {
  const ahead = prepareDigits(EIGHTH, plainContext<never>());
  const ended = expect(ahead).rejects.toMatchObject({ name: 'AbortError' });
  const pixels = await prepareDigits({ people: 'eighth', features: 'pixels' }, plainContext<never>());
  await ended;
  expect(pixels.train.width).toBe(784);
  fetched.mockResolvedValueOnce(new Response(null, { status: 503 }));
  await expect(prepareDigits(EIGHTH, plainContext<never>())).rejects.toMatchObject({ code: 'file-missing' });
  expect((await prepareDigits(EIGHTH, plainContext<never>())).train.size).toBe(500);
});
