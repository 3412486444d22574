/** A run of a lesson's experiment in its real worker, through the runner that the site's cells have; without their charts. */
import { CellRunner, isBusy } from '@/lib/runtime';
import type { Span } from '../support/waterfall';
import { CHANNEL } from './spans';

export interface Question {
  experiment: string;
  params: unknown;
}

export interface Answer {
  /** Milliseconds since 1970: when it was asked for, when it was done. */
  from: number;
  to: number;
  /** When there were two points of its curves; null if there never were. */
  firstCurve: number | null;
  backend: string | null;
  /** Whatever the experiment brought back last. */
  result: unknown;
  spans: Span[];
}

/** One for the life of the page: a second run finds its worker warm. */
const runner = new CellRunner({
  createWorker: () => new Worker('/worker.js', { type: 'module', name: 'cell train' }),
  basePath: '',
  preference: () => 'wasm',
});

export async function run({ experiment, params }: Question): Promise<Answer> {
  const now = () => performance.timeOrigin + performance.now();
  const from = now();
  let firstCurve: number | null = null;
  const done = new Promise<void>((resolve, reject) => {
    const unsubscribe = runner.subscribe(() => {
      const shown = runner.snapshot();
      if (shown.updates.length >= 2) firstCurve ??= now();
      if (isBusy(shown)) return;
      unsubscribe();
      if (shown.state === 'done') resolve();
      else reject(new Error(shown.failure?.message ?? `The run ended as ${shown.state}.`));
    });
  });
  runner.run({ id: experiment, params });
  await done;
  const to = now();
  const { backend, result } = runner.snapshot();
  return { from, to, firstCurve, backend: backend?.name ?? null, result, spans: await askForSpans() };
}

function askForSpans(): Promise<Span[]> {
  const channel = new BroadcastChannel(CHANNEL);
  return new Promise((resolve) => {
    channel.onmessage = ({ data }) => {
      channel.close();
      resolve(data as Span[]);
    };
    channel.postMessage('ask');
  });
}
