/**
 * Training steps inside Chromium, for the benchmark: one model on one backend, its contenders interleaved round by round.
 * A step is everything from rows of numbers to new weights: upload, gradient, noise where there is any, update.
 */
import { SecureRandom, SeededRandom } from '@/lib/random';
import { clippedSum, type Dataset, makeDataset, microBatches, Trainer } from '@/lib/training';
import { type BackendName, useBackend as startBackend, tf } from '@/tests/harness/tf';
import { BENCH_MODELS, type BenchModelName } from './bench-models';
import { countDispatches } from './dispatches';
import { naiveStep, StockModel, startingWeights } from './stock';

export interface Question {
  backend: BackendName;
  threads: number;
  model: BenchModelName;
  batchSize: number;
  rounds: number;
  contenders: readonly Contender[];
}

/**
 * - `stock`: a plain step by tf.grads;
 * - `plain gradient`, `private gradient`: our engine, from rows of numbers to the sum of gradients, clipped or not;
 * - `plain step`, `private step`: the same with sampling, noise where there is any, momentum, averaging and new weights;
 * - `naive`: clips one example after another, by tf.grads where that runs.
 */
export type Contender =
  | 'stock'
  | 'plain gradient'
  | 'private gradient'
  | 'plain step'
  | 'private step'
  | 'naive';

export interface Measured {
  contender: Contender;
  /** Milliseconds a step, one entry a round. */
  times: number[];
  /** Tensors more than before, after all steps. */
  leaked: number;
  /** GPU dispatches or draws of one step; kernels where there is no GPU. */
  dispatches: number | null;
  /** Why there are no times. */
  failure?: string;
}

export interface Answer {
  measured: Measured[];
  adapter: string | null;
}

interface Running {
  measured: Measured;
  step(): Promise<void>;
  /** Steps of one measurement: enough for the clock to tell. */
  repeats: number;
}

/** A measurement takes at least this long, in milliseconds. */
const LONG_ENOUGH = 20;

export async function run(question: Question): Promise<Answer> {
  const { backend, threads, model, batchSize, rounds, contenders } = question;
  await startBackend(backend, threads);
  const dataset = makeDigits(model, batchSize);
  const running: Running[] = [];
  const measured: Measured[] = [];
  for (const contender of contenders) {
    const own: Measured = { contender, times: [], leaked: 0, dispatches: null };
    measured.push(own);
    try {
      const step = prepare(contender, model, dataset, batchSize);
      await step();
      own.dispatches = await countDispatches(backend, step);
      const started = performance.now();
      await step();
      const took = performance.now() - started;
      running.push({ measured: own, step, repeats: Math.max(1, Math.round(LONG_ENOUGH / took)) });
    } catch (error) {
      own.failure = error instanceof Error ? error.message.split('\n')[0]! : String(error);
    }
  }
  for (const { measured: own, step } of running) {
    const before = tf.memory().numTensors;
    await step();
    await step();
    own.leaked = tf.memory().numTensors - before;
  }
  for (let round = 0; round < rounds; round++)
    for (const { measured: own, step, repeats } of running) {
      const started = performance.now();
      for (let i = 0; i < repeats; i++) await step();
      own.times.push((performance.now() - started) / repeats);
    }
  return { measured, adapter: await adapterName() };
}

function makeDigits(model: BenchModelName, size: number): Dataset {
  const random = new SeededRandom(1);
  const width = BENCH_MODELS[model].recipe.inputShape.reduce((a, b) => a * b, 1);
  const features = Float32Array.from({ length: size * width }, () => Math.max(0, random.gaussian()));
  return makeDataset(
    features,
    Uint8Array.from({ length: size }, () => random.integer(10)),
    width,
    10,
  );
}

function prepare(
  contender: Contender,
  name: BenchModelName,
  dataset: Dataset,
  batchSize: number,
): () => Promise<void> {
  const model = BENCH_MODELS[name];
  if (contender === 'stock') {
    const stock = new StockModel(model, dataset);
    return () => stock.step();
  }
  if (contender === 'naive') return naiveStep(model, dataset);
  const { model: layers, loss, inputShape } = model.recipe;
  const everybody = Int32Array.from({ length: batchSize }, (_, i) => i);
  const privately = contender.startsWith('private');
  if (contender.endsWith('gradient')) {
    const parameters = startingWeights(model);
    return async () => {
      const batch = microBatches(dataset, everybody, batchSize).next().value!;
      const { sums, norms, losses } = clippedSum(
        layers,
        loss,
        parameters,
        batch,
        inputShape,
        privately ? 1 : null,
      );
      const results = [losses, ...(norms ? [norms] : []), ...sums];
      await Promise.all(results.map((tensor) => tensor.data()));
      tf.dispose(results);
    };
  }
  // Every lot is the whole of the few examples: lots of one size can be compared. The noise is what a private run has.
  const random = Object.assign(Object.create(new SecureRandom()) as SecureRandom, {
    poissonSample: () => everybody,
  });
  const trainer = new Trainer({
    layers,
    loss,
    inputShape,
    dataset,
    expectedBatchSize: batchSize,
    learningRate: 0.01,
    privacy: privately ? { maxGradNorm: 1, noiseMultiplier: 1 } : null,
    initial: new SeededRandom(3),
    random,
    averaging: 0.95,
    physicalBatchSize: batchSize,
  });
  return async () => {
    await trainer.next();
  };
}

async function adapterName(): Promise<string | null> {
  const adapter = await navigator.gpu?.requestAdapter();
  return adapter ? [adapter.info.vendor, adapter.info.architecture].filter(Boolean).join(' ') : null;
}
