/** Puts the face detector's weights from the installed package into the served folder, after checking them. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import {
  FACE_MANIFEST,
  FACE_MODEL_CREDIT,
  FACE_MODEL_FOLDER,
  FACE_WEIGHTS,
} from '@/lib/detection/faces/files';
import type { PinnedFile } from '@/lib/detection/pinned-file';

const ROOT = resolve(import.meta.dirname, '../../..');
const PACKAGE = join(ROOT, 'node_modules/@vladmandic/face-api/model');
const PUBLIC = join(ROOT, 'public');

export async function prepare(): Promise<void> {
  const files = [FACE_MANIFEST, FACE_WEIGHTS];
  for (const file of files) await copyChecked(file);
  const about = {
    ...FACE_MODEL_CREDIT,
    files: files.map(({ path, bytes, sha256 }) => ({ file: basename(path), bytes, sha256 })),
  };
  await writeFile(join(PUBLIC, FACE_MODEL_FOLDER, 'manifest.json'), `${JSON.stringify(about, null, 2)}\n`);
}

async function copyChecked({ path, bytes, sha256 }: PinnedFile): Promise<void> {
  const source = join(PACKAGE, basename(path));
  const content = await readFile(source);
  const hash = createHash('sha256').update(content).digest('hex');
  if (content.length !== bytes || hash !== sha256)
    throw new Error(
      `${source} is not the file this site was made for: ${content.length} bytes with SHA-256 ${hash}, ` +
        `expected ${bytes} bytes with ${sha256}. Run npm ci to install the pinned version.`,
    );
  await mkdir(dirname(join(PUBLIC, path)), { recursive: true });
  await writeFile(join(PUBLIC, path), content);
}
