/** Chooses a backend inside Chromium and works with it. */
import * as tf from '@tensorflow/tfjs-core';
import type { ActiveBackend, BackendName, BackendPreference } from '@/lib/runtime/backend';
import { askDevice, chooseBackend, watchDevice } from '@/lib/runtime/choose-backend';
import type { Failure } from '@/lib/runtime/experiment';

export interface Answer {
  backend: ActiveBackend;
  /** What tfjs says it runs on. */
  running: string;
  /** The sum of `terms` tensors of ones, which needs one storage buffer each. */
  manyTerms: number[];
  tensorsAfter: number;
  threads: number;
}

export async function run(input: {
  preference: BackendPreference;
  skip?: BackendName[];
  breakIt?: 'destroy' | 'invalid';
  /** Instead of waiting for the news: before anything was broken, and just after. */
  ask?: boolean;
}): Promise<Answer | Failure | (Failure | null)[]> {
  const backend = await chooseBackend(input.preference, input.skip ?? []);
  if (input.breakIt) {
    const { device } = tf.backend() as unknown as { device: GPUDevice };
    if (input.ask) {
      const before = await askDevice();
      device.destroy();
      return [before, await askDevice()];
    }
    return new Promise((tell) => {
      watchDevice(tell);
      if (input.breakIt === 'destroy') device.destroy();
      // A shader that does not compile: nobody awaits it, as nobody awaits the pipelines of tfjs.
      else {
        device.createShaderModule({ code: 'this is no shader' });
        // Errors come back with the next submission.
        device.queue.submit([]);
      }
    });
  }
  const terms = Array.from({ length: 9 }, () => tf.ones([5]));
  const sum = tf.addN(terms);
  const manyTerms = [...(await sum.data())];
  tf.dispose([...terms, sum]);
  return {
    backend,
    running: tf.getBackend(),
    manyTerms,
    tensorsAfter: tf.memory().numTensors,
    threads: navigator.hardwareConcurrency,
  };
}
