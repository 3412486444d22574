/** The host of the worker that this runs in, wired to tfjs and to messages. It owns every tensor it makes. */
import { keepTrialsIn } from '@/lib/kernels/settle';
import type { ActiveBackend } from './backend';
import type { Experiments } from './experiment';
import { PlaygroundError } from './failure';
import { type KernelKnowledge, machineOf } from './kernel-memory';
import type { FromWorker, ToWorker, WorkerMemory } from './protocol';
import { WorkerHost } from './worker-host';

const scope = globalThis as unknown as {
  postMessage(message: FromWorker): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
};

/** To be called once, when the worker starts. tfjs is loaded only by experiments that need tensors. */
export function startHost(experiments: Experiments): void {
  // Before tfjs is here, and in runs on plain numbers or kernels of our own alone, there are no tensors.
  let readMemory = (): WorkerMemory => ({ tensors: 0, tensorBytes: 0 });
  const host = new WorkerHost({
    post: (message) => scope.postMessage(message),
    load: async (id) => {
      const loader = experiments[id];
      if (!loader)
        throw new PlaygroundError(
          'experiment-unknown',
          `There is no experiment called “${id}”.`,
          'Reload the page.',
        );
      return loader();
    },
    startBackend: async (preference, refused, kernels) => {
      const [tf, { chooseBackend }] = await Promise.all([
        import('@tensorflow/tfjs-core'),
        import('./choose-backend'),
      ]);
      const backend = await chooseBackend(preference, refused);
      rememberTrials(backend, kernels);
      readMemory = () => {
        const { numTensors, numBytes } = tf.memory();
        return { tensors: numTensors, tensorBytes: numBytes };
      };
      return backend;
    },
    watchDevice: (lost) => void import('./choose-backend').then(({ watchDevice }) => watchDevice(lost)),
    askDevice: async () => (await import('./choose-backend')).askDevice(),
    memory: () => readMemory(),
  });
  scope.onmessage = (event) => host.receive(event.data);
  scope.postMessage({ type: 'ready' });
}

/** Kernels that are tried from here on are remembered by the page, and those that were tried before are not tried again. */
function rememberTrials(backend: ActiveBackend, { preference, machines }: KernelKnowledge): void {
  const machine = machineOf(backend);
  const outcomes = { ...machines[machine] };
  keepTrialsIn({
    preference,
    // Its compiler takes seconds for the kernels of tfjs, and ours are many times faster there.
    ...(backend.softwareGpu ? { patience: 0 } : {}),
    recall: (contest) => outcomes[contest] ?? null,
    remember(contest, outcome) {
      outcomes[contest] = outcome;
      scope.postMessage({ type: 'trial', machine, contest, outcome });
    },
  });
}
