/** What all cells about tumours share: ten measurements in public ranges, and how a model of them is trained. */
import { BREAST_CANCER_WIDTH, loadBreastCancer, scaleBreastCancer } from '@/lib/data';
import type { RandomSource } from '@/lib/random';
import { stepNoise } from '@/lib/runs/accounts/tumours';
import type { ExperimentContext } from '@/lib/runtime/experiment';
import { type Table, trainLogistic } from '@/lib/training/logistic-regression';
import { TUMOUR_STEPS } from './accounts/tumours';

/** The ten “worst” values (means over the three largest nuclei) stand last. Chosen in advance: fewer weights, less noise. */
const FIRST = 20;
const WIDTH = BREAST_CANCER_WIDTH - FIRST;

/** Measured with five-fold cross-validation on this data; a real hospital would have to choose without looking. */
const PRIVATE = { steps: TUMOUR_STEPS, maxGradNorm: 0.5, averaging: 0.9 };
const PLAIN = { steps: 1000, learningRate: 2, decay: 1e-4 };

export interface TumourTable extends Table {
  size: number;
  /** size × 30 in the file's own units. */
  values: Float64Array;
  sha256: string;
}

/** Malignant is 1: what a test looks for is called positive. */
export async function tumourTable(context: ExperimentContext<never>): Promise<TumourTable> {
  const { assetUrl, signal, report } = context;
  const tumours = await loadBreastCancer({
    fetch: (url, init) => fetch(url, init),
    assetUrl,
    signal,
    onProgress: (step, total) => report({ phase: 'download', step, total, label: 'Loading 569 tumours' }),
  });
  return { ...toTable(tumours), sha256: tumours.sha256 };
}

export function toTable(tumours: { values: Float64Array; labels: Uint8Array; size: number }) {
  const scaled = scaleBreastCancer(tumours);
  const features = new Float64Array(tumours.size * WIDTH);
  for (let i = 0; i < tumours.size; i++)
    for (let j = 0; j < WIDTH; j++) features[i * WIDTH + j] = scaled[i * BREAST_CANCER_WIDTH + FIRST + j]!;
  return {
    features,
    answers: Uint8Array.from(tumours.labels, (label) => 1 - label),
    width: WIDTH,
    size: tumours.size,
    values: tumours.values,
  };
}

/** More noise wants smaller steps. Of the C-normalised step. */
export const learningRate = (epsilon: number) => 0.45 * Math.min(4, Math.max(2 / 3, epsilon));

export function trainPrivately(
  table: Table,
  rows: ArrayLike<number>,
  epsilon: number,
  random: RandomSource,
  divisor = rows.length,
): Float64Array {
  return trainLogistic({
    table,
    rows,
    divisor,
    ...PRIVATE,
    learningRate: learningRate(epsilon),
    privacy: { maxGradNorm: PRIVATE.maxGradNorm, noiseMultiplier: stepNoise(epsilon), random },
  });
}

export function trainPlainly(table: Table, rows: ArrayLike<number>): Float64Array {
  return trainLogistic({ table, rows, divisor: rows.length, ...PLAIN, privacy: null });
}

/** What the ledger writes down beside the mechanism. */
export const TRAINING_SETTINGS = {
  model: 'logistic regression on ten measurements',
  maxGradNorm: PRIVATE.maxGradNorm,
  sampling: 'every patient in every step',
};

export function meanAndSpread(values: readonly number[]): { mean: number; spread: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, spread: Math.sqrt(square / Math.max(1, values.length - 1)) };
}
