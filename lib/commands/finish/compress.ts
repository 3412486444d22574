/**
 * After the export: beside every file that is worth it a copy in brotli and one in gzip, for servers that send such copies as they are
 * (ours, nginx, Caddy). Made once, and well, so that no server compresses anything while people wait.
 */
import { readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { filesBelow } from './files-below';

/** Text and code. Pictures, fonts and data sets are compressed already; weights are noise to a compressor. */
const WORTH_IT = /\.(html|js|css|json|txt|svg|wasm|webmanifest|csv|ttf)$/;
/** A packet holds about so many bytes: smaller files gain nothing. */
const LEAST_BYTES = 1400;

/** The next and best would save 3 percent more, in two and a half times the time. */
const BROTLI_QUALITY = 10;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

const COPIES: readonly { ending: string; pack(bytes: Buffer): Promise<Buffer> }[] = [
  {
    ending: '.br',
    pack: (bytes) =>
      brotli(bytes, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
      }),
  },
  { ending: '.gz', pack: (bytes) => zip(bytes, { level: constants.Z_BEST_COMPRESSION }) },
];

/** Whether a file of the folder is one of these copies. */
export const isCopy = (file: string, all: ReadonlySet<string>) =>
  COPIES.some(({ ending }) => file.endsWith(ending) && all.has(file.slice(0, -ending.length)));

/** There at once or not at all: a server may be reading, and would give half of it out as the whole. */
async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  await writeFile(`${path}.part`, bytes);
  await rename(`${path}.part`, path);
}

async function compressFile(path: string): Promise<{ before: number; after: number }> {
  const bytes = await readFile(path);
  let after = bytes.length;
  for (const { ending, pack } of COPIES) {
    const packed = bytes.length < LEAST_BYTES ? bytes : await pack(bytes);
    if (packed.length < bytes.length) await writeWhole(path + ending, packed);
    // One of an earlier build would not fit the file any more.
    else if (await stat(path + ending).catch(() => null)) await unlink(path + ending);
    after = Math.min(after, packed.length);
  }
  return { before: bytes.length, after };
}

/** @returns bytes of all files that were looked at, and of the smallest form of each */
export async function compressFolder(folder: string): Promise<{ before: number; after: number }> {
  const waiting = filesBelow(folder).filter((file) => WORTH_IT.test(file));
  const total = { before: 0, after: 0 };
  const one = async () => {
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      const { before, after } = await compressFile(join(folder, file));
      total.before += before;
      total.after += after;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, one));
  return total;
}
