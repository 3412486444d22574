/** What code cells may ask of the site: some experiments and the privacy library, in a worker of the site's own. */
import { basePath, CellRunner, isBusy } from '@/lib/runtime';
import { backendPreference } from '@/lib/runtime/preference';
import { spawnWorker } from '@/lib/runtime/spawn';
import type { SandboxMessage } from '@/lib/sandbox/messages';

/** Those that need nothing but plain parameters. Private ones charge the ledger, as they do in their own cells. */
export const OPEN_EXPERIMENTS: readonly string[] = [
  'train-mnist',
  'compose-runs',
  'plan-runs',
  'ask-count',
  'population',
  'tumour-classify',
];

type Call = Extract<SandboxMessage, { type: 'call' }>;

function requestOf({ name, options }: Call): { id: string; params: unknown } {
  if (name === 'privacy' || name === 'noise')
    return { id: 'privacy-call', params: { kind: name, ...options } };
  const id = String(options.experiment);
  if (!OPEN_EXPERIMENTS.includes(id))
    throw Object.assign(
      new Error(`There is no experiment “${id}” for code. There are: ${OPEN_EXPERIMENTS.join(', ')}.`),
      {
        code: 'experiment-unknown',
      },
    );
  return { id, params: options.params };
}

/** Answers the calls of one code cell, one after another, in one worker. */
export class CallDesk {
  #runner: CellRunner | null = null;
  #last: Promise<unknown> = Promise.resolve();

  answer(call: Call, update: (value: unknown) => void, signal: AbortSignal): Promise<unknown> {
    const request = requestOf(call);
    const mine = this.#last.catch(() => undefined).then(() => this.#run(request, update, signal));
    this.#last = mine;
    return mine;
  }

  close(): void {
    this.#runner?.release();
    this.#runner = null;
  }

  #run(
    request: { id: string; params: unknown },
    update: (value: unknown) => void,
    signal: AbortSignal,
  ): Promise<unknown> {
    signal.throwIfAborted();
    this.#runner ??= new CellRunner({
      createWorker: () => spawnWorker('code'),
      basePath: basePath(),
      preference: backendPreference,
    });
    const runner = this.#runner;
    return new Promise((resolve, reject) => {
      let seen = 0;
      const stop = () => runner.stop();
      const unsubscribe = runner.subscribe(() => {
        const shown = runner.snapshot();
        for (; seen < shown.updates.length; seen++) update(shown.updates[seen]);
        if (isBusy(shown)) return;
        unsubscribe();
        signal.removeEventListener('abort', stop);
        if (shown.state === 'done') resolve(shown.result);
        else if (shown.failure)
          reject(Object.assign(new Error(shown.failure.message), { code: shown.failure.code }));
        else reject(Object.assign(new Error('The experiment was stopped.'), { code: 'stopped' }));
      });
      signal.addEventListener('abort', stop, { once: true });
      runner.run(request);
    });
  }
}
