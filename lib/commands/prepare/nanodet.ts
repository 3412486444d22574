/** Makes NanoDet's weights from the installed package: checks the published file, rounds it to 8 bits, checks what came of it. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { NANODET_CREDIT, NANODET_FOLDER, NANODET_WEIGHTS } from '@/lib/detection/nanodet/files';
import { packNanoDet } from '@/lib/detection/nanodet/pack';

const ROOT = resolve(import.meta.dirname, '../../..');
const PUBLIC = join(ROOT, 'public');

/** Byte for byte the file of the package human-models, which is three times as heavy and brings packages of its own. */
const SOURCE = join(ROOT, 'node_modules/@vladmandic/human/models/nanodet.bin');
const SOURCE_SHA256 = '5d0e4f8c4eded666287330be03017d494787d35f523fd77ca23f59db984a4ad9';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export async function prepare(): Promise<void> {
  const { path, bytes, sha256: wanted } = NANODET_WEIGHTS;
  const target = join(PUBLIC, path);
  const there = await readFile(target).catch(() => null);
  if (!there || sha256(there) !== wanted) {
    const published = await readFile(SOURCE);
    if (sha256(published) !== SOURCE_SHA256)
      throw new Error(
        `${SOURCE} is not the file this site was made for: its SHA-256 is ${sha256(published)}, expected ` +
          `${SOURCE_SHA256}. Run npm ci to install the pinned version.`,
      );
    const packed = packNanoDet(published);
    if (packed.length !== bytes || sha256(packed) !== wanted)
      throw new Error(
        `NanoDet’s weights came out otherwise than this site expects: ${packed.length} bytes with SHA-256 ` +
          `${sha256(packed)}, expected ${bytes} bytes with ${wanted}.`,
      );
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, packed);
  }
  const about = { ...NANODET_CREDIT, files: [{ file: basename(path), bytes, sha256: wanted }] };
  await writeFile(join(PUBLIC, NANODET_FOLDER, 'manifest.json'), `${JSON.stringify(about, null, 2)}\n`);
}
