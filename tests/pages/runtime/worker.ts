/**
 * Page and worker in one file: the page starts this very file as its worker. What it returns is what the page side of a
 * cell saw, message by message.
 */
import type { BackendPreference } from '@/lib/runtime/backend';
import { CellRunner } from '@/lib/runtime/client';
import { type KernelKnowledge, KNOWING_NOTHING } from '@/lib/runtime/kernel-memory';
import type { FromWorker, ToWorker, WorkerMemory } from '@/lib/runtime/protocol';
import type { RunSnapshot } from '@/lib/runtime/run-snapshot';
import { startHost } from '@/lib/runtime/start-host';
import type { WorkerLike } from '@/lib/runtime/worker-link';
import { matrixPower } from './matrix-power';
import { tryKernels } from './try-kernels';

export interface Input {
  scenario:
    | 'run'
    | 'stop'
    | 'restart'
    | 'deaf'
    | 'latest'
    | 'lost'
    | 'lost-idle'
    | 'unknown'
    | 'invalid'
    | 'deaf-superseded'
    | 'kernels';
  preference?: BackendPreference;
}

export interface Outcome {
  snapshot: RunSnapshot;
  states: string[];
  messages: FromWorker[];
  memories: (WorkerMemory | null)[];
  workers: number;
  /** Milliseconds from the scenario's decisive command to the end of the run. */
  tookMs: number;
  extra?: unknown;
}

const WORK = { size: 24, steps: 60 };
const LONG = { size: 24, steps: 1_000_000 };

export async function run({ scenario, preference = 'cpu' }: Input): Promise<Outcome> {
  const messages: FromWorker[] = [];
  const memories: (WorkerMemory | null)[] = [];
  const states: string[] = [];
  let workers = 0;
  let worker: Worker | null = null;
  let kernels: KernelKnowledge = KNOWING_NOTHING;

  const runner = new CellRunner({
    createWorker() {
      workers++;
      worker = new Worker('/suite.js', { type: 'module' });
      worker.addEventListener('message', (event) => messages.push(event.data));
      return worker as unknown as WorkerLike;
    },
    basePath: '',
    preference: () => preference,
    ...(scenario === 'deaf-superseded' ? { giveWayWithin: 400 } : {}),
    onMemory: (memory) => memories.push(memory),
    kernels: () => kernels,
    onTrial({ machine, contest, outcome }) {
      kernels = { ...kernels, machines: { [machine]: { [contest]: outcome } } };
    },
  });
  runner.subscribe(() => {
    const { state } = runner.snapshot();
    if (states.at(-1) !== state) states.push(state);
  });

  const until = (test: (snapshot: RunSnapshot) => boolean) =>
    new Promise<void>((done, fail) => {
      const timer = setTimeout(
        () => fail(new Error(`still ${JSON.stringify(runner.snapshot()).slice(0, 400)}`)),
        60_000,
      );
      const look = () => {
        if (!test(runner.snapshot())) return;
        clearTimeout(timer);
        forget();
        done();
      };
      const forget = runner.subscribe(look);
      look();
    });
  const ended = () => until(() => !runner.busy);
  const start = (params: object, id = 'matrix-power') => runner.run({ id, params });
  const tell = (message: ToWorker) => worker?.postMessage(message);

  let decisive = performance.now();
  let extra: unknown;
  switch (scenario) {
    case 'run':
      start(WORK);
      await ended();
      break;
    case 'stop':
      start(LONG);
      await until(({ step }) => step >= 5);
      decisive = performance.now();
      runner.stop();
      await ended();
      // A second Stop, and one for a run long gone, change nothing.
      runner.stop();
      tell({ type: 'stop', runId: 1 });
      break;
    case 'restart':
      start(LONG);
      await until(({ step }) => step >= 3);
      runner.stop();
      await ended();
      extra = runner.snapshot();
      start(WORK);
      await ended();
      break;
    case 'deaf':
      // Warm first, so that the two seconds are those of the busy loop alone.
      start(WORK);
      await ended();
      start({ ...LONG, deaf: true });
      await new Promise((wait) => setTimeout(wait, 300));
      decisive = performance.now();
      runner.stop();
      await ended();
      extra = { state: runner.snapshot().state, tookMs: performance.now() - decisive };
      start(WORK);
      await ended();
      break;
    case 'deaf-superseded':
      start(WORK);
      await ended();
      start({ ...LONG, deaf: true });
      await new Promise((wait) => setTimeout(wait, 300));
      decisive = performance.now();
      start({ ...WORK, size: 7 });
      await ended();
      break;
    case 'latest':
      for (let steps = 1; steps <= 50; steps++) {
        start({ size: 8, steps });
        if (steps % 10 === 0) await new Promise((wait) => setTimeout(wait, 30));
      }
      await ended();
      break;
    case 'lost':
    case 'lost-idle':
      start(scenario === 'lost' ? LONG : WORK);
      if (scenario === 'lost') await until(({ step }) => step >= 3);
      else await ended();
      decisive = performance.now();
      new BroadcastChannel('driver').postMessage('fail');
      if (scenario === 'lost') {
        await ended();
        extra = runner.snapshot();
        // The same run, which is too long to wait for: Stop ends it.
        runner.restartOnNextBackend();
        await until(({ step }) => step >= 3);
        runner.stop();
      } else {
        await new Promise((wait) => setTimeout(wait, 500));
        extra = runner.snapshot();
        start(WORK);
      }
      await ended();
      break;
    case 'kernels': {
      const results: unknown[] = [];
      const tryThem = async () => {
        start({}, 'try-kernels');
        await ended();
        results.push(runner.snapshot().result);
      };
      await tryThem();
      runner.release();
      // Another worker, which is told what the first one found; then one that is told what is asked for.
      await tryThem();
      kernels = { ...kernels, preference: 'stock' };
      await tryThem();
      extra = { results, machines: kernels.machines };
      break;
    }
    case 'unknown':
      start({}, 'no-such-experiment');
      await ended();
      break;
    case 'invalid':
      start({ size: -1, steps: 'many' });
      await ended();
      break;
  }
  const tookMs = performance.now() - decisive;
  // Time for anything that should not come any more.
  await new Promise((wait) => setTimeout(wait, 300));
  const snapshot = runner.snapshot();
  runner.release();
  return { snapshot, states, messages, memories, workers, tookMs, extra };
}

if (typeof document === 'undefined') {
  startHost({ 'matrix-power': async () => matrixPower, 'try-kernels': async () => tryKernels });
  // What no page can do: a driver that fails.
  new BroadcastChannel('driver').onmessage = async () => {
    const tf = await import('@tensorflow/tfjs-core');
    (tf.backend() as unknown as { device: GPUDevice }).device.destroy();
  };
}
