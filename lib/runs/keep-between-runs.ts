/** Keeps rows in the browser's storage while nobody waits for this worker: runs go first, between any two pieces. */
import { keepRows, type RowsKey } from '@/lib/data';
import { untilIdle } from '@/lib/runtime/idle';

/** @returns false if the browser did not let it. The parts must not change meanwhile. */
export async function keepBetweenRuns(key: RowsKey, parts: readonly ArrayBufferView[]): Promise<boolean> {
  await untilIdle();
  return keepRows(key, parts, untilIdle);
}
