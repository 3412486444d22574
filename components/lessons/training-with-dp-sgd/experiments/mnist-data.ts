/** The digits of MNIST with the features that a run asks for, loaded once a worker. */
import {
  type Digits,
  gaborFeatures,
  loadMnist,
  MNIST_CLASSES,
  type Mnist,
  orientedGradients,
} from '@/lib/data';
import type { ExperimentContext } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import { type Dataset, makeDataset } from '@/lib/training';
import { PEOPLE, type People, type TrainChoices } from '../train-choices';

type Context = Pick<ExperimentContext<never>, 'signal' | 'assetUrl'> & {
  report(progress: { phase: 'download' | 'compile'; step: number; total: number; label: string }): void;
};

let mnist: Promise<Mnist> | null = null;

export function digitsOf({ signal, assetUrl, report }: Context): Promise<Mnist> {
  mnist ??= loadMnist({
    fetch: (url, init) => fetch(url, init),
    assetUrl,
    signal,
    onProgress: (step, total) => report({ phase: 'download', step, total, label: 'Loading MNIST' }),
  }).catch((error) => {
    mnist = null;
    throw error;
  });
  return mnist;
}

export interface PreparedDigits {
  mnist: Mnist;
  train: Dataset;
  testFeatures: Float32Array;
}

/** Only the last one asked for is kept: the widest fill 230 MB. */
let kept: { key: string; prepared: Promise<PreparedDigits> } | null = null;

/** Every eighth digit, for instance: a rule that does not look at them. */
function some({ images, labels, size }: Digits, people: People): Digits {
  const every = Math.round(PEOPLE.all / PEOPLE[people]);
  if (every === 1) return { images, labels, size };
  const count = Math.floor(size / every);
  const pixels = images.length / size;
  const chosen = { images: new Uint8Array(count * pixels), labels: new Uint8Array(count), size: count };
  for (let i = 0; i < count; i++) {
    chosen.images.set(images.subarray(i * every * pixels, (i * every + 1) * pixels), i * pixels);
    chosen.labels[i] = labels[i * every]!;
  }
  return chosen;
}

const FINDING = {
  gradients: 'Finding edges in',
  gabor: 'Measuring waves in',
  pixels: 'Unpacking',
} as const;

/** Grey values from 0 to 1. */
async function grey(images: Uint8Array): Promise<Float32Array> {
  return Float32Array.from(images, (value) => value / 255);
}

export function prepareDigits(
  { people, features }: Pick<TrainChoices, 'people' | 'features'>,
  context: Context,
): Promise<PreparedDigits> {
  const key = `${people} ${features}`;
  if (kept?.key === key) return kept.prepared;
  const prepared = prepare(people, features, context).catch((error) => {
    if (kept?.prepared === prepared) kept = null;
    throw error;
  });
  kept = { key, prepared };
  return prepared;
}

async function prepare(
  people: People,
  features: TrainChoices['features'],
  context: Context,
): Promise<PreparedDigits> {
  const { signal, report } = context;
  const loaded = await digitsOf(context);
  const training = some(loaded.train, people);
  const both = training.size + loaded.test.size;
  const extract = (images: Uint8Array, before: number): Promise<Float32Array> => {
    if (features === 'pixels') return grey(images);
    return (features === 'gabor' ? gaborFeatures : orientedGradients)(images, {
      breathe: () => pause(signal),
      onProgress: (done) =>
        report({
          phase: 'compile',
          step: before + done,
          total: both,
          label: `${FINDING[features]} ${both.toLocaleString('en')} digits`,
        }),
    });
  };
  const rows = await extract(training.images, 0);
  return {
    mnist: loaded,
    train: makeDataset(rows, training.labels, rows.length / training.size, MNIST_CLASSES),
    testFeatures: await extract(loaded.test.images, training.size),
  };
}
