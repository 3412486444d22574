/**
 * Benign or malignant, learnt plainly and privately, and judged on patients whom the model has not seen. With seeded noise it
 * follows the slider; with cryptographic noise it is a release, and charged before anything is computed.
 */
import * as z from 'zod';
import { kFold } from '@/lib/data';
import type { Refusal } from '@/lib/ledger';
import { TUMOUR_DELTA } from '@/lib/runs/accounts/tumours';
import type { ChargedRun } from '@/lib/runs/charge-run';
import { chargeTumours } from '@/lib/runs/charge-tumours';
import {
  meanAndSpread,
  type TumourTable,
  trainPlainly,
  trainPrivately,
  tumourTable,
} from '@/lib/runs/tumours';
import { whileCharged } from '@/lib/runs/while-charged';
import type { Experiment } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import {
  accuracyOf,
  areaUnderRoc,
  type CalibrationBin,
  calibrationBins,
  calibrationError,
  confusion,
  type RocPoint,
  rocPoints,
  sensitivityOf,
  specificityOf,
} from '@/lib/training/binary-metrics';
import { predictLogistic } from '@/lib/training/logistic-regression';

const params = z.object({
  epsilon: z.number().min(0.05).max(20),
  /** Probability from which a tumour is called malignant. */
  threshold: z.number().min(0.01).max(0.99),
  /** One model tested on one fifth of the patients, or five, each tested on another fifth. */
  models: z.enum(['one', 'five']),
  noiseSource: z.enum(['cryptographic', 'seeded']),
  /** Of the split into fifths, which looks at no patient; and of seeded noise. */
  seed: z.number().int().min(0),
});

export type ClassifyParams = z.output<typeof params>;

export interface Spread {
  mean: number;
  /** Standard deviation over the folds; null for one. */
  spread: number | null;
}

export interface ClassifierFigures {
  accuracy: Spread;
  sensitivity: Spread;
  specificity: Spread;
  auc: Spread;
  /** Of all tested patients, each scored by a model that has not seen them. */
  roc: RocPoint[];
  calibration: CalibrationBin[];
  calibrationError: number;
  missed: number;
  alarms: number;
}

/** One tested patient, and what the two models say that have not seen them. */
export interface JudgedPatient {
  /** Row of the table, from 0. */
  row: number;
  malignant: boolean;
  /** Probability of malignant, 0 … 1. */
  plain: number;
  private: number;
}

export interface ClassifyResult {
  refusal: Refusal | null;
  plain: ClassifierFigures | null;
  private: ClassifierFigures | null;
  tested: number;
  /** In the order of the table. */
  patients: JudgedPatient[];
}

export const FOLDS = 5;
const BINS = 8;

/** Figures of some models, each on its own test patients. */
export function figuresOf(
  table: TumourTable,
  models: readonly { weights: Float64Array; test: Int32Array }[],
  threshold: number,
): ClassifierFigures {
  const folds = models.map(({ weights, test }) => ({
    scores: Array.from(test, (i) => predictLogistic(weights, table, i)),
    answers: Array.from(test, (i) => table.answers[i]!),
  }));
  const over = (read: (fold: (typeof folds)[number]) => number): Spread => {
    const { mean, spread } = meanAndSpread(folds.map(read));
    return { mean, spread: folds.length > 1 ? spread : null };
  };
  const scores = folds.flatMap((fold) => fold.scores);
  const answers = folds.flatMap((fold) => fold.answers);
  const all = confusion(scores, answers, threshold);
  const calibration = calibrationBins(scores, answers, BINS);
  return {
    accuracy: over((fold) => accuracyOf(confusion(fold.scores, fold.answers, threshold))),
    sensitivity: over((fold) => sensitivityOf(confusion(fold.scores, fold.answers, threshold))),
    specificity: over((fold) => specificityOf(confusion(fold.scores, fold.answers, threshold))),
    auc: over((fold) => areaUnderRoc(fold.scores, fold.answers)),
    roc: rocPoints(scores, answers),
    calibration,
    calibrationError: calibrationError(calibration),
    missed: all.falseNegatives,
    alarms: all.falsePositives,
  };
}

/** Every tested patient, judged by the models of the one fold that they were left out of. */
export function judgedPatients(
  table: TumourTable,
  folds: readonly { test: Int32Array }[],
  plain: readonly Float64Array[],
  trained: readonly Float64Array[],
): JudgedPatient[] {
  return folds
    .flatMap(({ test }, fold) =>
      Array.from(test, (row) => ({
        row,
        malignant: table.answers[row] === 1,
        plain: predictLogistic(plain[fold]!, table, row),
        private: predictLogistic(trained[fold]!, table, row),
      })),
    )
    .sort((a, b) => a.row - b.row);
}

let kept: { table: TumourTable; seed: number; plain: Float64Array[] } | null = null;
let previewed = false;

export const tumourClassify: Experiment<ClassifyParams, never, ClassifyResult> = {
  id: 'tumour-classify',
  needs: 'maths',
  params,
  async run({ epsilon, threshold, models, noiseSource, seed }, context) {
    const { signal, report, random } = context;
    const table = kept?.table ?? (await tumourTable(context));
    const secure = noiseSource === 'cryptographic';
    context.describe({
      noise: noiseSource,
      seed: secure ? null : seed,
      accountant: 'Gaussian mechanism, exact composition, add-or-remove-one',
      epsilon: secure && models === 'five' ? null : epsilon,
      delta: TUMOUR_DELTA,
      dataset: `569 tumours (${table.sha256.slice(0, 12)}), ${models === 'five' ? 'five-fold' : 'one fifth to test'}`,
    });
    const folds = kFold(table.size, FOLDS, random.seeded(seed));
    const used = models === 'five' ? folds : folds.slice(0, 1);
    let charged: ChargedRun | null = null;
    // A slider makes dozens of previews; one line in the ledger says of all of them that they protect nobody.
    if (secure || !previewed) {
      const decision = await chargeTumours({
        title: secure
          ? models === 'five'
            ? 'Five models for five-fold cross-validation'
            : 'Logistic regression on tumours'
          : 'Previews while the slider moved',
        datasetHash: table.sha256,
        epsilon,
        // Each patient is in the training set of all folds but one.
        models: models === 'five' ? FOLDS - 1 : 1,
        seed: secure ? null : seed,
      });
      if (!decision.ok)
        return { refusal: decision.refusal, plain: null, private: null, tested: 0, patients: [] };
      charged = decision.charged;
      if (!secure) previewed = true;
    }
    return whileCharged(charged, context, async (before) => {
      await before(1);
      if (kept?.seed !== seed) {
        const plain: Float64Array[] = [];
        for (const [at, { train }] of folds.entries()) {
          plain.push(trainPlainly(table, train));
          report({ phase: 'run', step: at + 1, total: FOLDS, label: 'Training' });
          await pause(signal);
        }
        kept = { table, seed, plain };
      }
      const { plain } = kept;
      const noise = secure ? random.secure() : random.seeded(seed + 1);
      const trained: Float64Array[] = [];
      for (const { train } of used) {
        trained.push(trainPrivately(table, train, epsilon, noise));
        await pause(signal);
      }
      return {
        refusal: null,
        plain: figuresOf(
          table,
          used.map(({ test }, i) => ({ weights: plain[i]!, test })),
          threshold,
        ),
        private: figuresOf(
          table,
          used.map(({ test }, i) => ({ weights: trained[i]!, test })),
          threshold,
        ),
        tested: used.reduce((sum, { test }) => sum + test.length, 0),
        patients: judgedPatients(table, used, plain, trained),
      };
    });
  },
};
