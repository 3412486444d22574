/** Puts the WASM binaries of tfjs beside the site: nothing is fetched from elsewhere at run time. */
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');
const SOURCE = join(ROOT, 'node_modules/@tensorflow/tfjs-backend-wasm/dist');
/** What each thread runs. */
const THREAD_SCRIPT = 'wasm-out/tfjs-backend-wasm-threaded-simd.js';
const TARGET = join(ROOT, 'public/wasm');

export async function prepare(): Promise<void> {
  mkdirSync(TARGET, { recursive: true });
  for (const file of readdirSync(SOURCE).filter((name) => name.endsWith('.wasm')))
    copyFileSync(join(SOURCE, file), join(TARGET, file));
  copyFileSync(join(SOURCE, '..', THREAD_SCRIPT), join(TARGET, basename(THREAD_SCRIPT)));
}
