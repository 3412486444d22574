/** tfjs in Node: the plain JavaScript backend, and WASM from the installed package. */
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { ROOT } from './root';

export const NODE_BACKENDS = ['cpu', 'wasm'] as const;

export async function startBackend(name: (typeof NODE_BACKENDS)[number]): Promise<void> {
  setWasmPaths(`${join(ROOT, 'node_modules/@tensorflow/tfjs-backend-wasm/dist')}/`);
  if (!(await tf.setBackend(name))) throw new Error(`backend ${name} did not start`);
  await tf.ready();
  if (tf.getBackend() !== name) throw new Error(`asked for ${name}, got ${tf.getBackend()}`);
}
