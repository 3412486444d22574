/** Starts the worker of a cell. The literal `new URL` is what the bundler looks for: it must stand here, as it is. */
export function spawnWorker(cellId: string): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: `cell ${cellId}` });
}
