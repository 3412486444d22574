/**
 * In a module worker of Chromium: digits prepared as the lesson on training has them, timed, and rows kept and read back.
 * One bundle for both: the page starts a worker of it, which answers one task.
 */
import { prepareDigits } from '@/components/lessons/training-with-dp-sgd/experiments/mnist-data';
import { keepRows, readRows } from '@/lib/data';
import { allocateRows, residenceOf } from '@/lib/kernels/resident-rows';

const scope = globalThis as unknown as {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent<Task>) => void) | null;
};

type Features = 'gradients' | 'gabor' | 'pixels';
export type Task = { task: 'keep' } | { task: 'kept' } | { task: 'prepare'; features: Features };

export interface Kept {
  kept: boolean;
  read: boolean;
  same: boolean;
  newer: boolean;
  older: boolean;
  resident: boolean;
}

export interface Prepared {
  milliseconds: number;
  /** Of absolute values, of both tables of rows. */
  sums: number[];
  size: number;
}

/** A file written by one handle is read by another, in memory of WebAssembly. */
async function keep(): Promise<Kept> {
  const rows = allocateRows(5000, 392);
  for (let i = 0; i < rows.length; i++) rows[i] = Math.sin(i);
  const key = { what: 'trial', version: '1' };
  const kept = await keepRows(key, [rows]);
  const back = allocateRows(5000, 392);
  const read = await readRows(key, [back]);
  const same = back.every((value, i) => value === rows[i]);
  const newer = await keepRows({ ...key, version: '2' }, [rows]);
  const older = await readRows(key, [back]);
  return { kept, read, same, newer, older, resident: residenceOf(back) !== null };
}

async function prepare(features: Features): Promise<Prepared> {
  const begin = performance.now();
  const { train, test } = await prepareDigits(
    { people: 'all', features },
    { signal: new AbortController().signal, report: () => {}, assetUrl: (path) => `/${path}` },
  );
  const milliseconds = performance.now() - begin;
  const sum = (rows: Float32Array) => rows.reduce((total, value) => total + Math.abs(value), 0);
  return { milliseconds, sums: [sum(train.features), sum(test.features)], size: train.size };
}

/** Bytes of the files that are kept, once they are whole. */
async function kept(): Promise<number> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('rows-v1', { create: true });
  let bytes = 0;
  // While it is being written, it cannot be opened a second time.
  for await (const handle of (
    folder as unknown as { values(): AsyncIterable<FileSystemFileHandle> }
  ).values())
    bytes += await (
      handle as unknown as { createSyncAccessHandle(): Promise<{ getSize(): number; close(): void }> }
    )
      .createSyncAccessHandle()
      .then((file) => {
        const size = file.getSize();
        file.close();
        return size;
      })
      .catch(() => 0);
  return bytes;
}

if (typeof document === 'undefined')
  scope.onmessage = async ({ data }) => {
    const answer = data.task === 'keep' ? keep() : data.task === 'kept' ? kept() : prepare(data.features);
    scope.postMessage(await answer);
  };

const workers: Worker[] = [];

/** Asks a fresh worker; those before it live on until `end`, as what they keep takes a while. */
export function run(task: Task | { task: 'end' }): Promise<unknown> {
  if (task.task === 'end') {
    for (const worker of workers.splice(0)) worker.terminate();
    return Promise.resolve(null);
  }
  const worker = new Worker('/suite.js', { type: 'module' });
  workers.push(worker);
  return new Promise((done, fail) => {
    worker.onmessage = ({ data }) => done(data);
    worker.onerror = ({ message }) => fail(new Error(message));
    worker.postMessage(task);
  });
}
