/**
 * Habits of training code that was made for accuracy, and what the ε of DP-SGD is worth under each: a number where the mechanism that
 * really runs can be bounded, infinity where nothing bounds it.
 *
 * Three things may change, and they multiply in the worst case: how many examples one person is in (k), how likely each is drawn
 * (q), and how far one of them moves the sum beside the noise (s). ε is then that of a group of k at rate q and noise σ/s.
 */
import { dpSgdEpsilon } from './dp-sgd';
import { PrivacyError } from './errors';
import { groupEpsilon } from './group';
import { binomialLowerTail } from './numerics/binomial';

export interface TrainingPlan {
  /** Examples in the data set; public. */
  size: number;
  /** q N, for which σ was chosen. */
  expectedBatchSize: number;
  /** σ */
  noiseMultiplier: number;
  steps: number;
  /** 0 < δ < 1 */
  delta: number;
}

export interface TrainingHabits {
  /** Batch norm in training mode: an example's gradient depends on all others of its lot. */
  batchNorm: boolean;
  /** Each example is a mosaic of four pictures, and each picture is in four mosaics, which would not be there without its person. */
  mosaic: boolean;
  /** How many times as often as on average the rarest class is drawn; 1 for like rates. Shares of the classes taken to be public. */
  rareClassRate: number;
  /** The sum is divided by the number drawn, and not by the number expected. */
  meanOfDrawn: boolean;
  /** The lot that runs, where it is not the one for which σ was chosen; null where it is. */
  actualBatchSize: number | null;
  /** Examples that are frames of one person's video; 1 for one picture a person. */
  framesPerPerson: number;
  /** The checkpoint is chosen by its score on private validation pictures. */
  bestCheckpoint: boolean;
}

export const NO_HABITS: TrainingHabits = {
  batchNorm: false,
  mosaic: false,
  rareClassRate: 1,
  meanOfDrawn: false,
  actualBatchSize: null,
  framesPerPerson: 1,
  bestCheckpoint: false,
};

/** Pictures of a mosaic, and mosaics of a picture. */
export const MOSAIC = 4;

export interface HabitsWorth {
  /** What the program prints: ε of the plan as it stands. */
  printed: number;
  /** ε of somebody in the training pictures; ∞ where nothing bounds it. */
  training: number;
  /** ε of somebody in the validation pictures: 0 where nothing that is released looks at them, ∞ where the choice does. */
  validation: number;
  /** k, q and s, as above. */
  groupSize: number;
  sampleRate: number;
  sensitivity: number;
}

/**
 * The fewest others in a lot, but for a probability of `failure` over all steps: where rates differ, their number scatters no further
 * down than a binomial of the same mean (Hoeffding 1956).
 */
function fewestDrawn(others: number, rate: number, steps: number, failure: number): number {
  let least = 0;
  let most = Math.floor(others * rate);
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (steps * binomialLowerTail(middle - 1, others, rate) <= failure) least = middle;
    else most = middle - 1;
  }
  return least;
}

/**
 * With m others in the lot a person with s drawn examples moves the mean by at most 2sC/(m + s): their own gradients come in, and the
 * rest weighs less. Beside noise made for C over the expected number that is 2 q N / (m + 1) times as much for each.
 */
const meanSensitivity = (expected: number, fewest: number) => (2 * expected) / (fewest + 1);

/** @throws PrivacyError for numbers that no plan can have */
export function habitsWorth(plan: TrainingPlan, habits: TrainingHabits): HabitsWorth {
  const { size, expectedBatchSize, noiseMultiplier, steps, delta } = plan;
  const batchSize = habits.actualBatchSize ?? expectedBatchSize;
  if (!(habits.rareClassRate >= 1) || !(batchSize <= size))
    throw new PrivacyError(
      'input-invalid',
      'A lot larger than the data set, or a rarest class drawn less often than the average, cannot be.',
      'Give a smaller lot, or a rate of 1 or more.',
    );
  const groupSize = habits.framesPerPerson * (habits.mosaic ? MOSAIC : 1);
  const sampleRate = Math.min(1, (batchSize / size) * habits.rareClassRate);
  const printed = dpSgdEpsilon({ sampleRate: expectedBatchSize / size, noiseMultiplier, steps, delta });
  // Half of δ for lots that come out too small to bound the mean.
  const left = habits.meanOfDrawn ? delta / 2 : delta;
  const others = Math.max(0, size - groupSize);
  const sensitivity = habits.meanOfDrawn
    ? meanSensitivity(batchSize, fewestDrawn(others, batchSize / size, steps, delta / 2))
    : 1;
  return {
    printed,
    training: habits.batchNorm
      ? Number.POSITIVE_INFINITY
      : groupEpsilon({
          ...{ sampleRate, steps, groupSize },
          noiseMultiplier: noiseMultiplier / sensitivity,
          delta: left,
        }),
    validation: habits.bestCheckpoint ? Number.POSITIVE_INFINITY : 0,
    ...{ groupSize, sampleRate, sensitivity },
  };
}
