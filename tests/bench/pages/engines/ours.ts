/** Our own engine: the `Trainer`, as the lessons use it. A lot is drawn beforehand, for all contenders alike. */

import { SecureRandom, SeededRandom } from '@/lib/random';
import { makeDataset, Trainer } from '@/lib/training';
import { type BackendName, useBackend as startBackend, tf } from '@/tests/harness/tf';
import { BENCH_MODELS } from '../bench-models';
import { countDispatches } from '../dispatches';
import type { Engine, Stepper, StepSettings, Task } from '../engine';

/** As the lesson on digits sets it. */
const MICRO_BATCH = { linear: {}, wide: {}, mlp: {}, cnn: { physicalBatchSize: 128 } };

export async function open(task: Task, backend: BackendName, threads: number): Promise<Engine> {
  await startBackend(backend, threads);
  const features = new Float32Array(task.features.buffer as ArrayBuffer);
  const labels = new Uint8Array(task.labels.buffer as ArrayBuffer);
  const dataset = makeDataset(features, labels, task.width, 10);
  const { model: layers, loss, inputShape } = BENCH_MODELS[task.model];

  function trainerOf({ learningRate, clip, noiseMultiplier }: StepSettings, expectedBatchSize: number) {
    let drawn = new Int32Array();
    // Cryptographic noise, as a private run has it.
    const random = Object.assign(Object.create(new SecureRandom()) as SecureRandom, {
      poissonSample: () => drawn,
    });
    const trainer = new Trainer({
      layers,
      loss,
      inputShape,
      dataset,
      expectedBatchSize,
      // A private Trainer divides by its clip, the others do not.
      learningRate: learningRate * (clip ?? 1),
      privacy: clip === null ? null : { maxGradNorm: clip, noiseMultiplier },
      initial: new SeededRandom(3),
      random,
      products: 'fused',
      averaging: 0.95,
      ...MICRO_BATCH[task.model],
    });
    const weights = task.weights.map(({ values }) => Float64Array.from(values));
    trainer.restore({ ...trainer.state(), weights });
    return {
      trainer,
      /** What its next step draws. */
      give(lot: Int32Array) {
        drawn = Int32Array.from(lot);
      },
    };
  }

  async function start(settings: StepSettings): Promise<Stepper> {
    // The size that is expected is known with the first lot.
    let own: ReturnType<typeof trainerOf> | null = null;
    return {
      async step(lot) {
        own ??= trainerOf(settings, lot.length);
        own.give(lot);
        return (await own.trainer.next()).loss!;
      },
      weights: async () => own!.trainer.weights.map((w) => w.slice()),
      dispose: () => {},
    };
  }

  async function startBoth(settings: StepSettings): Promise<Stepper> {
    let twins: ReturnType<typeof trainerOf>[] = [];
    return {
      async step(lot) {
        if (twins.length === 0)
          twins = [settings, { ...settings, clip: null }].map((own) => trainerOf(own, lot.length));
        for (const twin of twins) twin.give(lot);
        const [report] = await Trainer.nextOfAll(twins.map(({ trainer }) => trainer));
        return report!.loss!;
      },
      weights: async () => twins[0]!.trainer.weights.map((w) => w.slice()),
      dispose: () => {},
    };
  }

  return {
    start,
    startBoth,
    tensors: () => tf.memory().numTensors,
    dispatches: (work) => countDispatches(backend, work),
    async norms(lot) {
      const { trainer, give } = trainerOf({ learningRate: 0, clip: 1, noiseMultiplier: 0 }, lot.length);
      give(lot);
      return (await trainer.next()).norms;
    },
  };
}
