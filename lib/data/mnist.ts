/**
 * MNIST: 60,000 training and 10,000 test digits of 28 × 28 pixels (LeCun, Cortes, Burges), in shards that were prepared
 * from an installed package. The shards are fetched together; each is checked against its SHA-256 before it is used.
 */

import * as z from 'zod';
import { NAMES } from '@/lib/kept';
import { DataError, fetchFile, type LoadOptions, PREPARE_AGAIN } from './files';
import { gunzip, sha256 } from './unpack';

export { MNIST_SHA256 } from './mnist-identity';

export const MNIST_FOLDER = 'data/mnist';
export const MNIST_CLASSES = 10;
export const MNIST_SIDE = 28;
const PIXELS = MNIST_SIDE * MNIST_SIDE;
const CACHE = NAMES.parts;
const TITLE = 'MNIST';

export interface MnistShard {
  file: string;
  split: 'train' | 'test';
  examples: number;
  /** Compressed. */
  bytes: number;
  /** Of the content after decompression: images, then labels. */
  sha256: string;
}

export interface MnistManifest {
  title: string;
  source: string;
  rows: number;
  columns: number;
  /** Identity of the whole data set. */
  sha256: string;
  shards: MnistShard[];
}

const manifestForm = z.object({
  title: z.string(),
  source: z.string(),
  rows: z.literal(MNIST_SIDE),
  columns: z.literal(MNIST_SIDE),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  shards: z.array(
    z.object({
      file: z.string(),
      split: z.enum(['train', 'test']),
      examples: z.number().int().positive(),
      bytes: z.number().int().positive(),
      sha256: z.string(),
    }),
  ),
}) satisfies z.ZodType<MnistManifest>;

export interface Digits {
  /** size × 784 grey values, 0 (paper) … 255 (ink), row by row. */
  images: Uint8Array;
  /** 0 … 9. */
  labels: Uint8Array;
  size: number;
}

export interface Mnist {
  train: Digits;
  test: Digits;
  sha256: string;
}

/** The browser's own store of files, where it offers one; a page without it simply loads again. */
async function openCache(): Promise<Cache | null> {
  try {
    return (await globalThis.caches?.open(CACHE)) ?? null;
  } catch {
    return null;
  }
}

async function fetchManifest(options: LoadOptions): Promise<MnistManifest> {
  const path = `${MNIST_FOLDER}/manifest.json`;
  const bytes = await fetchFile(path, TITLE, options);
  try {
    return manifestForm.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    // Some hosts answer 200 with a page of their own where a file is missing.
    throw new DataError(
      'manifest-damaged',
      `The list of MNIST's files at ${options.assetUrl(path)} is not one.`,
      PREPARE_AGAIN,
      { cause },
    );
  }
}

/** The content of a shard, or null if it is not the one the manifest pins. */
async function unpackChecked(
  shard: MnistShard,
  packed: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const length = shard.examples * (PIXELS + 1);
  // Some servers have unpacked it already: then it is taken as it is.
  const isPacked = packed[0] === 0x1f && packed[1] === 0x8b;
  const content = isPacked ? await gunzip(packed, length) : packed;
  return content?.length === length && (await sha256(content)) === shard.sha256 ? content : null;
}

/** One piece of work after another: of several shards that arrive together just one is held unpacked. */
type InTurn = <T>(work: () => Promise<T>) => Promise<T>;
function inTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

/**
 * Fetches a shard, or finds it in the browser's store, and hands its content to `take`.
 * @throws DataError `file-damaged` if it is not what the manifest pins
 */
async function withShard<T>(
  shard: MnistShard,
  options: LoadOptions,
  cache: Cache | null,
  turn: InTurn,
  take: (content: Uint8Array) => T | Promise<T>,
): Promise<T> {
  const path = `${MNIST_FOLDER}/${shard.file}`;
  // The hash in the key: a new version of the data never meets an old copy.
  const key = `${options.assetUrl(path)}?sha256=${shard.sha256}`;
  /** Null if it is not the right one. */
  const use = (packed: Uint8Array<ArrayBuffer>) =>
    turn(async () => {
      options.signal?.throwIfAborted();
      const content = await unpackChecked(shard, packed);
      return content && { taken: await take(content) };
    });
  const kept = await readKept(cache, key);
  const known = kept && (await use(kept));
  if (known) return known.taken;
  if (kept) await cache?.delete(key).catch(() => false);
  const packed = await fetchFile(path, TITLE, options);
  const used = await use(packed);
  if (!used)
    throw new DataError(
      'file-damaged',
      `${shard.file} of MNIST arrived damaged: its ${packed.length} bytes are not the ones the site was made with.`,
      PREPARE_AGAIN,
    );
  await cache?.put(key, new Response(packed)).catch(() => undefined);
  return used.taken;
}

/** Storage that cannot be read is as good as empty. */
async function readKept(cache: Cache | null, key: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const kept = await cache?.match(key);
    return kept ? new Uint8Array(await kept.arrayBuffer()) : null;
  } catch {
    return null;
  }
}

/** Some of the digits, as they come: views of a shard that is let go once they are taken. */
export interface MnistPart extends Digits {
  split: MnistShard['split'];
  /** Place of the first of them in the split. */
  from: number;
}

/** The digits of the site, not yet loaded. */
export interface MnistFiles {
  readonly sha256: string;
  /** Digits of each split. */
  readonly sizes: Readonly<Record<MnistShard['split'], number>>;
  /**
   * Loads shards, all at the same time, and hands them to `take` one after another, in the order in which they arrive.
   * Rejects with a DataError, with the signal's reason after Stop, or with what `take` throws; after that nothing is handed over.
   */
  read(
    splits: readonly MnistShard['split'][],
    take: (part: MnistPart) => void | Promise<void>,
    onProgress?: LoadOptions['onProgress'],
  ): Promise<void>;
}

/** Places of the shards in their splits. */
function withPlaces(shards: readonly MnistShard[]): { shard: MnistShard; from: number }[] {
  const filled = { train: 0, test: 0 };
  return shards.map((shard) => {
    const from = filled[shard.split];
    filled[shard.split] += shard.examples;
    return { shard, from };
  });
}

/** Rejects as `read` of what it gives. */
export async function openMnist(options: LoadOptions): Promise<MnistFiles> {
  const { shards, sha256 } = await fetchManifest(options);
  const sizeOf = (split: MnistShard['split']) =>
    shards.reduce((sum, shard) => sum + (shard.split === split ? shard.examples : 0), 0);
  return {
    sha256,
    sizes: { train: sizeOf('train'), test: sizeOf('test') },
    async read(splits, take, onProgress = options.onProgress) {
      const wanted = withPlaces(shards).filter(({ shard }) => splits.includes(shard.split));
      const total = wanted.reduce((sum, { shard }) => sum + shard.bytes, 0);
      let loaded = 0;
      let broken = false;
      onProgress?.(0, total);
      const cache = await openCache();
      const turn = inTurn();
      const load = ({ shard, from }: { shard: MnistShard; from: number }) =>
        withShard(shard, options, cache, turn, async (content) => {
          if (broken) return;
          await take(partOf(shard, from, content));
          loaded += shard.bytes;
          onProgress?.(loaded, total);
        });
      try {
        await Promise.all(wanted.map(load));
        options.signal?.throwIfAborted();
      } finally {
        broken = true;
      }
    },
  };
}

function partOf({ split, examples }: MnistShard, from: number, content: Uint8Array): MnistPart {
  return {
    ...{ split, from, size: examples },
    images: content.subarray(0, examples * PIXELS),
    labels: content.subarray(examples * PIXELS),
  };
}

/**
 * Loads all digits, or those of one split alone: the other is then empty.
 * Rejects with a DataError, or with the signal's reason after Stop.
 */
export async function loadMnist(
  options: LoadOptions,
  splits: readonly MnistShard['split'][] = ['train', 'test'],
): Promise<Mnist> {
  const { sizes, sha256, read } = await openMnist(options);
  const room = (split: MnistShard['split']): Digits => {
    const size = splits.includes(split) ? sizes[split] : 0;
    return { images: new Uint8Array(size * PIXELS), labels: new Uint8Array(size), size };
  };
  const digits = { train: room('train'), test: room('test') };
  await read(splits, ({ split, from, images, labels }) => {
    digits[split].images.set(images, from * PIXELS);
    digits[split].labels.set(labels, from);
  });
  return { ...digits, sha256 };
}

/**
 * One of the files alone, about a megabyte: where a few thousand digits will do.
 * @param place from 0 among the files of its split
 */
export async function loadMnistShard(
  split: MnistShard['split'],
  place: number,
  options: LoadOptions,
): Promise<MnistPart & { /** Of the whole data set. */ sha256: string }> {
  const { shards, sha256 } = await fetchManifest(options);
  const ofSplit = withPlaces(shards.filter((shard) => shard.split === split));
  const wanted = ofSplit[place];
  if (!wanted) throw new RangeError(`The ${split} split of MNIST has ${ofSplit.length} files.`);
  const { shard, from } = wanted;
  options.onProgress?.(0, shard.bytes);
  const cache = await openCache();
  const part = await withShard(shard, options, cache, inTurn(), (content) => partOf(shard, from, content));
  options.onProgress?.(shard.bytes, shard.bytes);
  return { ...part, sha256 };
}
