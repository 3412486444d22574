/** The worker itself: a host wired to tfjs and to messages. Owns every tensor it makes. */

import { PlaygroundError } from '@/lib/runtime/failure';
import type { FromWorker, ToWorker, WorkerMemory } from '@/lib/runtime/protocol';
import { WorkerHost } from '@/lib/runtime/worker-host';
import { EXPERIMENTS } from './experiments';

const scope = globalThis as unknown as {
  postMessage(message: FromWorker, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
};

/** tfjs is loaded only by experiments that need tensors. */
let readMemory: () => WorkerMemory | null = () => null;

const host = new WorkerHost({
  post: (message, transfer) => scope.postMessage(message, transfer),
  load: async (id) => {
    const loader = EXPERIMENTS[id];
    if (!loader)
      throw new PlaygroundError(
        'experiment-unknown',
        `There is no experiment called “${id}”.`,
        'Reload the page.',
      );
    return loader();
  },
  startBackend: async (preference, refused) => {
    const [tf, { chooseBackend }] = await Promise.all([
      import('@tensorflow/tfjs-core'),
      import('@/lib/runtime/choose-backend'),
    ]);
    const backend = await chooseBackend(preference, refused);
    readMemory = () => {
      const { numTensors, numBytes } = tf.memory();
      return { tensors: numTensors, tensorBytes: numBytes };
    };
    return backend;
  },
  watchDevice: (lost) =>
    void import('@/lib/runtime/choose-backend').then(({ watchDevice }) => watchDevice(lost)),
  askDevice: async () => (await import('@/lib/runtime/choose-backend')).askDevice(),
  memory: () => readMemory(),
});

scope.onmessage = (event) => host.receive(event.data);
scope.postMessage({ type: 'ready' }, []);
