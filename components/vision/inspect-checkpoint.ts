/** Has a worker of its own say what a file is. A file from anywhere may be slow to read, or meant to be: the page goes on. */
import type { CheckpointFacts, ReadCheckpointParams } from '@/lib/vision/read-checkpoint';
import { askWorker } from './ask-worker';

/** Rejects with a `Failure`, or with the signal's reason after Cancel. */
export function inspectCheckpoint(bytes: Uint8Array, signal: AbortSignal): Promise<CheckpointFacts> {
  const params: ReadCheckpointParams = { file: 'file' };
  const inputs = [{ key: 'file', value: bytes }];
  return askWorker('checkpoint', { id: 'read-checkpoint', params, inputs }, signal);
}
