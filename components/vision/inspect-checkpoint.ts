/** Has a worker of its own say what a file is. A file from anywhere may be slow to read, or meant to be: the page goes on. */
import { basePath, CellRunner, type Failure } from '@/lib/runtime';
import type { CheckpointFacts, ReadCheckpointParams } from '@/lib/runtime/experiments/read-checkpoint';
import { spawnWorker } from '@/lib/runtime/spawn';

/** Rejects with a `Failure`, or with the signal's reason after Cancel. */
export function inspectCheckpoint(bytes: Uint8Array, signal: AbortSignal): Promise<CheckpointFacts> {
  const runner = new CellRunner({
    createWorker: () => spawnWorker('checkpoint'),
    basePath: basePath(),
    preference: () => 'auto',
  });
  const params: ReadCheckpointParams = { file: 'file' };
  return new Promise<CheckpointFacts>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    runner.subscribe(() => {
      const { state, result, failure } = runner.snapshot();
      if (state === 'done') resolve(result as CheckpointFacts);
      if (state === 'failed') reject(failure as Failure);
    });
    signal.throwIfAborted();
    runner.run({ id: 'read-checkpoint', params, inputs: [{ key: 'file', value: bytes }] });
  }).finally(() => runner.release());
}
