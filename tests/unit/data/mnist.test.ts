import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadMnist, MNIST_SHA256, type Mnist, type MnistManifest, openMnist } from '@/lib/data';
import { fetchFromDisk, fromDisk, preparedMnist } from '@/tests/harness/prepared';
import { PUBLIC } from '@/tests/harness/root';

/** MD5 of the four files as they were published in 1998, uncompressed. */
const PUBLISHED = {
  'train-images': '6bbc9ace898e44ae57da46a324031adb',
  'train-labels': 'a25bea736e30d166cdddb491f175f624',
  't10k-images': '2646ac647ad5339dbf082846283269ea',
  't10k-labels': '27ae3e4e09519cfbb04c329615203637',
};

const hash = (name: 'md5' | 'sha256', ...parts: Uint8Array[]) =>
  parts.reduce((sum, part) => sum.update(part), createHash(name)).digest('hex');

/** An IDX file: two zero bytes, 8 for bytes, the number of dimensions, the dimensions, the values. */
function idx(values: Uint8Array, ...dimensions: number[]): Uint8Array {
  const head = Buffer.alloc(4 + 4 * dimensions.length);
  head.writeUInt32BE(0x0800 + dimensions.length);
  for (const [i, dimension] of dimensions.entries()) head.writeUInt32BE(dimension, 4 + 4 * i);
  return Buffer.concat([head, values]);
}

let mnist: Mnist;
beforeAll(async () => {
  mnist = await preparedMnist();
});

describe('the prepared digits', () => {
  it('are MNIST as it was published, byte for byte', () => {
    const { train, test } = mnist;
    expect({
      'train-images': hash('md5', idx(train.images, 60_000, 28, 28)),
      'train-labels': hash('md5', idx(train.labels, 60_000)),
      't10k-images': hash('md5', idx(test.images, 10_000, 28, 28)),
      't10k-labels': hash('md5', idx(test.labels, 10_000)),
    }).toEqual(PUBLISHED);
    expect([train.size, test.size]).toEqual([60_000, 10_000]);
  });

  it('have the identity that the ledger knows them by', () => {
    const parts = [mnist.train, mnist.test].map(({ images, labels }) => hash('sha256', images, labels));
    expect(hash('sha256', Buffer.from(parts.join(''), 'hex'))).toBe(MNIST_SHA256);
    expect(mnist.sha256).toBe(MNIST_SHA256);
  });

  it('are listed with the sizes and hashes they have', () => {
    const folder = join(PUBLIC, 'data/mnist');
    const { shards } = JSON.parse(readFileSync(`${folder}/manifest.json`, 'utf8')) as MnistManifest;
    for (const { file, bytes, examples, sha256 } of shards) {
      const packed = readFileSync(`${folder}/${file}`);
      const content = gunzipSync(packed);
      expect({ bytes: packed.length, raw: content.length, sha256: hash('sha256', content) }).toEqual({
        bytes,
        raw: examples * 785,
        sha256,
      });
    }
  });
});

// A small data set of the same form, to break in every way.
const pixels = Uint8Array.from({ length: 3 * 785 }, (_, i) => (i < 3 * 784 ? (i * 7) % 256 : i % 10));
const oneBitOff = Uint8Array.from(pixels);
oneBitOff[100]! ^= 1;
const packed = new Uint8Array(gzipSync(pixels));
const shard = {
  file: 'train-00.bin.gz',
  split: 'train' as const,
  examples: 3,
  bytes: packed.length,
  sha256: hash('sha256', pixels),
};
const last = { ...shard, file: 'test-00.bin.gz', split: 'test' as const };
const manifest: MnistManifest = {
  title: 'A few digits',
  source: 'this test',
  rows: 28,
  columns: 28,
  sha256: 'a'.repeat(64),
  shards: [shard, last],
};

type Answer = Uint8Array | string | number | Error;

/** A site of so many files; a number is an HTTP status, an error a connection that fails. */
function site(files: Record<string, Answer> = {}) {
  const all: Record<string, Answer> = {
    'manifest.json': JSON.stringify(manifest),
    [shard.file]: packed,
    [last.file]: packed,
    ...files,
  };
  return {
    assetUrl: (path: string) => `https://site.example/${path}`,
    fetch: vi.fn(async (url: string) => {
      const answer = all[url.replace('https://site.example/data/mnist/', '')] ?? 404;
      if (answer instanceof Error) throw answer;
      return typeof answer === 'number'
        ? new Response(null, { status: answer })
        : new Response(answer as BodyInit);
    }),
  };
}

/** A connection that breaks after the first bytes. */
const broken = () =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(10));
        controller.error(new TypeError('network error'));
      },
    }),
  );

const changed = (list: Partial<typeof shard>) =>
  JSON.stringify({ ...manifest, shards: [{ ...shard, ...list }] });

describe('loading digits', () => {
  it('puts shards together and reports bytes up to the last', async () => {
    const progress: [number, number][] = [];
    const { train, test, sha256 } = await loadMnist({
      ...site(),
      onProgress: (...bytes) => progress.push(bytes),
    });
    expect(train.images).toEqual(pixels.slice(0, 3 * 784));
    expect(test.labels).toEqual(pixels.slice(3 * 784));
    expect(sha256).toBe(manifest.sha256);
    const total = 2 * packed.length;
    expect(progress).toEqual([
      [0, total],
      [packed.length, total],
      [total, total],
    ]);
  });

  it('takes shards that the server has unpacked already', async () => {
    const { train } = await loadMnist(site({ [shard.file]: pixels }));
    expect(train.labels).toEqual(pixels.slice(3 * 784));
  });

  it.each<[string, string, Record<string, Answer>]>([
    ['file-missing', 'no list of files', { 'manifest.json': 404 }],
    ['file-missing', 'no shard', { [last.file]: 404 }],
    ['file-missing', 'a server in trouble', { [shard.file]: 503 }],
    ['file-unreachable', 'no connection', { 'manifest.json': new TypeError('Failed to fetch') }],
    ['file-unreachable', 'a connection lost on the way', { [last.file]: new TypeError('Failed to fetch') }],
    ['manifest-damaged', 'a page in place of the list', { 'manifest.json': '<!doctype html><p>Not found' }],
    ['manifest-damaged', 'a list of another form', { 'manifest.json': '{"shards": 3}' }],
    [
      'manifest-damaged',
      'pictures of another size',
      { 'manifest.json': JSON.stringify({ ...manifest, rows: 32 }) },
    ],
    ['file-damaged', 'a shard with one bit off', { [shard.file]: new Uint8Array(gzipSync(oneBitOff)) }],
    ['file-damaged', 'a shard cut short', { [shard.file]: packed.slice(0, -20) }],
    ['file-damaged', 'an empty shard', { [shard.file]: new Uint8Array() }],
    ['file-damaged', 'a page in place of a shard', { [shard.file]: '<!doctype html>' }],
    ['file-damaged', 'a list that counts more than there are', { 'manifest.json': changed({ examples: 4 }) }],
    [
      'file-damaged',
      'a list that counts fewer than there are',
      { 'manifest.json': changed({ examples: 2 }) },
    ],
  ])('fails with %s for %s', async (code, _, files) => {
    await expect(loadMnist(site(files))).rejects.toMatchObject({
      name: 'DataError',
      code,
      message: expect.stringContaining('MNIST'),
      remedy: expect.stringMatching(/./),
    });
  });

  it('fails with file-unreachable where the connection breaks within a file', async () => {
    const { fetch, assetUrl } = site();
    await expect(
      loadMnist({ assetUrl, fetch: async (url) => (url.endsWith('gz') ? broken() : fetch(url)) }),
    ).rejects.toMatchObject({ code: 'file-unreachable' });
  });

  it('asks for all files before the first has come', async () => {
    const files = site();
    let asked = 0;
    let letGo: (value: unknown) => void = () => {};
    const all = new Promise((resume) => {
      letGo = resume;
    });
    await loadMnist({
      ...files,
      fetch: async (url) => {
        if (url.endsWith('gz') && ++asked === 2) letGo(null);
        if (url.endsWith('gz')) await all;
        return files.fetch(url);
      },
    });
    expect(asked).toBe(2);
  });

  it('stops with the reason of the signal, before the next file is unpacked', async () => {
    const stop = new AbortController();
    const taken: string[] = [];
    const { read } = await openMnist({ ...site(), signal: stop.signal });
    const loading = read(['train', 'test'], ({ split }) => {
      taken.push(split);
      stop.abort(new Error('enough'));
    });
    await expect(loading).rejects.toThrow('enough');
    expect(taken).toHaveLength(1);
  });

  it('hands over one file at a time, with its place in the split, and nothing more once one has failed', async () => {
    const two = { ...shard, file: 'train-01.bin.gz' };
    const files = {
      'manifest.json': JSON.stringify({ ...manifest, shards: [shard, two, last] }),
      [two.file]: packed,
    };
    let open = 0;
    const places: [string, number, number][] = [];
    const { read, sizes } = await openMnist(site(files));
    await read(['train'], async ({ split, from, size, images }) => {
      expect(++open).toBe(1);
      await new Promise((resume) => setTimeout(resume, 5));
      expect(images).toEqual(pixels.subarray(0, 3 * 784));
      places.push([split, from, size]);
      open--;
    });
    expect(sizes).toEqual({ train: 6, test: 3 });
    expect(places.sort(([, a], [, b]) => a - b)).toEqual([
      ['train', 0, 3],
      ['train', 3, 3],
    ]);
    let taken = 0;
    const failing = read(['train', 'test'], () => {
      taken++;
      throw new Error('no room');
    });
    await expect(failing).rejects.toThrow('no room');
    await new Promise((resume) => setTimeout(resume, 20));
    expect(taken).toBe(1);
  });

  it('stops while a file is under way, whatever fetch throws then', async () => {
    const stop = new AbortController();
    const fetch = async () => {
      stop.abort();
      throw new TypeError('Failed to fetch');
    };
    await expect(loadMnist({ ...site(), fetch, signal: stop.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});

describe.each([
  ['no DecompressionStream', () => vi.stubGlobal('DecompressionStream', undefined)],
  ['no crypto.subtle, as on a page that is not secure', () => vi.stubGlobal('crypto', {})],
])('with %s', (_, take) => {
  beforeEach(take);
  afterEach(() => vi.unstubAllGlobals());

  it('the digits are the same', async () => {
    const { train, test } = await loadMnist(fromDisk);
    const parts = [train, test].map(({ images, labels }) => hash('sha256', images, labels));
    expect(hash('sha256', Buffer.from(parts.join(''), 'hex'))).toBe(MNIST_SHA256);
  });

  it.each([
    ['one bit off', new Uint8Array(gzipSync(oneBitOff))],
    ['cut short', packed.slice(0, -20)],
    ['longer', new Uint8Array(gzipSync(Buffer.concat([pixels, pixels])))],
  ])('a shard that is %s fails as ever', async (_damage, content) => {
    await expect(loadMnist(site({ [shard.file]: new Uint8Array(content) }))).rejects.toMatchObject({
      code: 'file-damaged',
    });
  });
});

describe('the browser’s store of files', () => {
  afterEach(() => vi.unstubAllGlobals());

  function stubCaches() {
    const kept = new Map<string, Uint8Array<ArrayBuffer>>();
    vi.stubGlobal('caches', {
      open: async () => ({
        match: async (key: string) => (kept.has(key) ? new Response(kept.get(key)) : undefined),
        put: async (key: string, response: Response) =>
          void kept.set(key, new Uint8Array(await response.arrayBuffer())),
        delete: async (key: string) => kept.delete(key),
      }),
    });
    return kept;
  }
  const shardsFetched = ({ fetch }: ReturnType<typeof site>) =>
    fetch.mock.calls.filter(([url]) => url.endsWith('.gz')).length;

  it('spares the second visit the shards', async () => {
    stubCaches();
    const [first, second] = [site(), site()];
    const digits = await loadMnist(first);
    expect(await loadMnist(second)).toEqual(digits);
    expect([shardsFetched(first), shardsFetched(second)]).toEqual([2, 0]);
  });

  it('is not trusted: a damaged copy is fetched again, and replaced', async () => {
    const kept = stubCaches();
    const digits = await loadMnist(site());
    const [key] = kept.keys();
    kept.set(key!, new Uint8Array(gzipSync(oneBitOff)));
    const files = site();
    expect(await loadMnist(files)).toEqual(digits);
    expect(shardsFetched(files)).toBe(1);
    expect(kept.get(key!)).toEqual(packed);
  });

  it('never keeps a damaged shard, nor mistakes the old data for the new', async () => {
    const kept = stubCaches();
    await loadMnist(site({ [shard.file]: new Uint8Array(gzipSync(oneBitOff)) })).catch(() => undefined);
    expect(kept.size).toBe(0);
    await loadMnist(site());
    const next = gzipSync(oneBitOff);
    const renewed = { ...shard, bytes: next.length, sha256: hash('sha256', oneBitOff) };
    const { train } = await loadMnist(
      site({
        'manifest.json': JSON.stringify({ ...manifest, shards: [renewed] }),
        [shard.file]: new Uint8Array(next),
      }),
    );
    expect(train.images).toEqual(oneBitOff.slice(0, 3 * 784));
    // Both stay: a tab with the old page still finds its copy.
    expect([...kept.keys()].filter((key) => key.includes(shard.file))).toHaveLength(2);
  });

  const refuse = () => Promise.reject(new DOMException('no', 'SecurityError'));
  it.each([
    ['cannot be opened', { open: refuse }],
    [
      'throws when it is touched',
      {
        open: () => {
          throw new Error('no');
        },
      },
    ],
    ['fails at everything', { open: async () => ({ match: refuse, put: refuse, delete: refuse }) }],
  ])('may fail: one that %s does not stop the digits', async (_, caches) => {
    vi.stubGlobal('caches', caches);
    expect((await loadMnist(site())).train.size).toBe(3);
  });
});

it('reports a file that is not prepared by its address', async () => {
  await expect(
    loadMnist({ ...fromDisk, fetch: (url) => fetchFromDisk(url.replace('train-03', 'nowhere')) }),
  ).rejects.toMatchObject({ code: 'file-missing', message: expect.stringContaining('train-03') });
});
