/** The folder of model files and pictures that are not part of this repository. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ROOT } from './root';

/** `SHARED_DIR`, by default `../shared` beside the repository. */
export const SHARED = resolve(ROOT, process.env.SHARED_DIR ?? '../shared');
export const MODELS = join(SHARED, 'models');
export const IMAGES = join(SHARED, 'images');
export const WEIGHTS = join(MODELS, 'yolo26n_composite.pt');

/** Why a test is skipped, or null. */
export function missing(...paths: string[]): string | null {
  const absent = paths.find((path) => !existsSync(path));
  return absent ? `skipped: ${absent} is not there (set SHARED_DIR to the folder that holds it)` : null;
}
