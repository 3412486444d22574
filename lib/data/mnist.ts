/**
 * MNIST: 60,000 training and 10,000 test digits of 28 × 28 pixels (LeCun, Cortes, Burges), in shards that were prepared
 * from an installed package. Every shard is checked against its SHA-256 before it is used.
 */
import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import { gunzipSync } from 'fflate';
import { z } from 'zod';
import { DataError, fetchFile, type LoadOptions, PREPARE_AGAIN } from './files';

export { MNIST_SHA256 } from './mnist-identity';

export const MNIST_FOLDER = 'data/mnist';
export const MNIST_CLASSES = 10;
export const MNIST_SIDE = 28;
const PIXELS = MNIST_SIDE * MNIST_SIDE;
const CACHE = 'data-v1';
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
function unpackChecked(shard: MnistShard, packed: Uint8Array): Uint8Array | null {
  const content = unpack(packed);
  const whole = content?.length === shard.examples * (PIXELS + 1);
  return content && whole && bytesToHex(sha256(content)) === shard.sha256 ? content : null;
}

async function fetchShard(shard: MnistShard, options: LoadOptions, cache: Cache | null): Promise<Uint8Array> {
  const path = `${MNIST_FOLDER}/${shard.file}`;
  // The hash in the key: a new version of the data never meets an old copy.
  const key = `${options.assetUrl(path)}?sha256=${shard.sha256}`;
  const kept = await readKept(cache, key);
  const known = kept && unpackChecked(shard, kept);
  if (known) return known;
  if (kept) await cache?.delete(key).catch(() => false);
  const packed = await fetchFile(path, TITLE, options);
  const content = unpackChecked(shard, packed);
  if (!content)
    throw new DataError(
      'file-damaged',
      `${shard.file} of MNIST arrived damaged: its ${packed.length} bytes are not the ones the site was made with.`,
      PREPARE_AGAIN,
    );
  await cache?.put(key, new Response(packed)).catch(() => undefined);
  return content;
}

/** Storage that cannot be read is as good as empty. */
async function readKept(cache: Cache | null, key: string): Promise<Uint8Array | null> {
  try {
    const kept = await cache?.match(key);
    return kept ? new Uint8Array(await kept.arrayBuffer()) : null;
  } catch {
    return null;
  }
}

/** Null if the bytes are not gzip. Some servers have unpacked them already: then they are taken as they are. */
function unpack(bytes: Uint8Array): Uint8Array | null {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes);
  } catch {
    return null;
  }
}

/**
 * Loads all digits, or those of one split alone: the other is then empty.
 * Rejects with a DataError, or with the signal's reason after Stop.
 */
export async function loadMnist(
  options: LoadOptions,
  splits: readonly ('train' | 'test')[] = ['train', 'test'],
): Promise<Mnist> {
  const whole = await fetchManifest(options);
  const manifest = { ...whole, shards: whole.shards.filter(({ split }) => splits.includes(split)) };
  const total = manifest.shards.reduce((sum, { bytes }) => sum + bytes, 0);
  const cache = await openCache();
  const sizeOf = (split: 'train' | 'test') =>
    manifest.shards.filter((shard) => shard.split === split).reduce((sum, { examples }) => sum + examples, 0);
  const empty = (size: number): Digits => ({
    images: new Uint8Array(size * PIXELS),
    labels: new Uint8Array(size),
    size,
  });
  const digits = { train: empty(sizeOf('train')), test: empty(sizeOf('test')) };
  const filled = { train: 0, test: 0 };
  let loaded = 0;
  options.onProgress?.(0, total);
  for (const shard of manifest.shards) {
    options.signal?.throwIfAborted();
    const content = await fetchShard(shard, options, cache);
    const { split, examples } = shard;
    digits[split].images.set(content.subarray(0, examples * PIXELS), filled[split] * PIXELS);
    digits[split].labels.set(content.subarray(examples * PIXELS, examples * (PIXELS + 1)), filled[split]);
    filled[split] += examples;
    loaded += shard.bytes;
    options.onProgress?.(loaded, total);
  }
  return { ...digits, sha256: manifest.sha256 };
}

/**
 * One of the files alone, about a megabyte: where a few thousand digits will do.
 * @param place from 0 among the files of its split
 */
export async function loadMnistShard(
  split: MnistShard['split'],
  place: number,
  options: LoadOptions,
): Promise<Digits & { /** Place of the first of them in the split. */ from: number }> {
  const { shards } = await fetchManifest(options);
  const ofSplit = shards.filter((shard) => shard.split === split);
  const shard = ofSplit[place];
  if (!shard) throw new RangeError(`The ${split} split of MNIST has ${ofSplit.length} files.`);
  options.onProgress?.(0, shard.bytes);
  const content = await fetchShard(shard, options, await openCache());
  options.onProgress?.(shard.bytes, shard.bytes);
  const size = shard.examples;
  return {
    images: content.slice(0, size * PIXELS),
    labels: content.slice(size * PIXELS),
    size,
    from: ofSplit.slice(0, place).reduce((sum, { examples }) => sum + examples, 0),
  };
}
