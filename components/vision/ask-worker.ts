/** Asks a worker of its own one thing and lets it go: for what belongs to no cell. The page goes on meanwhile. */

import { spawnWorker } from '@/components/worker/spawn';
import { basePath, CellRunner, type ExperimentRequest, type Failure } from '@/lib/runtime';
import { kernelKnowledge, rememberTrial } from '@/lib/runtime/kernel-memory';

/** Rejects with a `Failure`, or with the signal's reason after Cancel. */
export function askWorker<Result>(
  name: string,
  request: ExperimentRequest,
  signal: AbortSignal,
): Promise<Result> {
  const runner = new CellRunner({
    createWorker: () => spawnWorker(name),
    basePath: basePath(),
    preference: () => 'auto',
    kernels: kernelKnowledge,
    onTrial: rememberTrial,
  });
  return new Promise<Result>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    runner.subscribe(() => {
      const { state, result, failure } = runner.snapshot();
      if (state === 'done') resolve(result as Result);
      if (state === 'failed') reject(failure as Failure);
    });
    signal.throwIfAborted();
    runner.run(request);
  }).finally(() => runner.release());
}
