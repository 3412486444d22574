/** Where YOLO networks are checked: the files that references name, and the network in Node or in Chromium. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import sharp from 'sharp';
import type { Detection, PixelImage } from '@/lib/detection';
import { readCheckpoint } from '@/lib/detection/checkpoint';
import { loadYolo, planNetwork, type SquareDetection } from '@/lib/detection/networks';
import type { Head } from '@/lib/detection/networks/plan';
import { startBackend } from '@/tests/harness/backend';
import { openSuite } from '@/tests/harness/chromium';
import { SHARED } from '@/tests/harness/shared-files';
import { fromRgba } from '@/tests/unit/detection/support/pixels';
import { type RawRun, rawRun } from '../../unit/detection/networks/support/run';
import { type Wave, wave } from '../../unit/detection/networks/support/summary';
import { type CheckOptions, type CheckResult, Tally } from './contract';

export const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** A file beside the reference, in the folder of its kind next to it, or in the shared folder. */
export function find(name: string, path: string, folder: string): string | undefined {
  const beside = dirname(resolve(path));
  return [join(beside, name), join(beside, '..', folder, name), join(SHARED, folder, name)].find((file) =>
    existsSync(file),
  );
}

/** The weights a file was made with: named in `weights`, or in the words of its note. */
export function findWeights(file: Record<string, unknown>, path: string): string | CheckResult {
  const named =
    typeof file.weights === 'string'
      ? file.weights
      : /[\w.-]+\.(pt|safetensors)\b/.exec(String(file.note))?.[0];
  const found = named && find(basename(named), path, 'models');
  const expected = file.weights_sha256;
  const why = !named
    ? 'the file does not say which weights it was made with'
    : !found
      ? `${named} is neither beside the file nor in ${join(SHARED, 'models')} (set SHARED_DIR)`
      : typeof expected === 'string' && sha256(found) !== expected
        ? `${found} is not the file the reference was made with (SHA-256 differs)`
        : null;
  if (found && !why) return found;
  return absent('YOLO network', why!);
}

/** A result that says why nothing was compared. */
export const absent = (name: string, why: string): CheckResult =>
  new Tally().result(name, '', { cases: 1, why });

export interface Runner {
  name: string;
  head: Head;
  raw(size: number, formula: Wave): Promise<RawRun>;
  photo(path: string, size: number, confidence: number): Promise<readonly Detection[]>;
  square(path: string, size: number): Promise<readonly SquareDetection[]>;
  close(): Promise<void>;
}

/** As OpenCV decodes, from which the references come: the picture's colour profile is not applied. */
export async function readPixels(path: string): Promise<PixelImage> {
  const image = sharp(path, { ignoreIcc: true }).ensureAlpha();
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return fromRgba(info.width, info.height, data);
}

export async function inNode(backend: 'cpu' | 'wasm', weights: string): Promise<Runner> {
  await startBackend(backend);
  const detector = await loadYolo(new Uint8Array(readFileSync(weights)));
  return {
    name: `${backend} in Node`,
    head: detector.network.plan.head,
    raw: (size, formula) => rawRun(detector, wave(formula, size), size),
    photo: async (path, size, confidence) =>
      detector.withInputSize(size).detect(await readPixels(path), { confidence }),
    square: async (path, size) =>
      detector.withInputSize(size).detectInSquare((await readPixels(path)).data, { confidence: 0.001 }),
    close: async () => detector.dispose(),
  };
}

export async function inChromium(
  backend: NonNullable<CheckOptions['backend']>,
  weights: string,
): Promise<Runner> {
  const folders: Record<string, string> = { '/weights/': dirname(weights) };
  const { head } = planNetwork(readCheckpoint(new Uint8Array(readFileSync(weights))));
  const suite = await openSuite('tests/pages/detection/networks/network.ts', {
    folders: { ...folders, '/files/': '/' },
    timeout: 600_000,
  });
  const ask = <Answer>(question: object) =>
    suite.call<Answer>({ backend, weights: { url: `/weights/${basename(weights)}` }, ...question });
  const url = (path: string) => `/files${encodeURI(resolve(path))}`;
  return {
    name: `${backend} in Chromium`,
    head,
    raw: (size, formula) => ask({ kind: 'raw', size, wave: formula }),
    photo: async (path, size, confidence) =>
      (await ask<{ found: Detection[] }>({ kind: 'photo', picture: url(path), size, confidence })).found,
    square: (path, size) => ask({ kind: 'square', picture: url(path), size, confidence: 0.001 }),
    close: () => suite.close(),
  };
}
