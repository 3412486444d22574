/** Starts the worker of a cell, wherever the page stands. */
import { startFromText } from './start-from-text';

/** The literal `new URL` is what the bundler looks for: it must stand here, as it is. */
const start = (cellId: string) =>
  new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: `cell ${cellId}` });

export function spawnWorker(cellId: string): Worker {
  try {
    return start(cellId);
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'SecurityError')) throw error;
    return startFromText(() => start(cellId));
  }
}
