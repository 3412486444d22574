/**
 * One patient more or less: what a model gives away about them. The table gets one more column, a rare code that only a few carry.
 * A plain model can put down to that code whatever its carriers had; a private one must not, while they are few.
 */
import * as z from 'zod';
import type { Refusal } from '@/lib/ledger';
import { analyticGaussianSigma, gaussianMembership } from '@/lib/privacy';
import { TUMOUR_DELTA } from '@/lib/runs/accounts/tumours';
import { chargeSeededTumours } from '@/lib/runs/charge-tumours';
import { type TumourTable, trainPlainly, trainPrivately } from '@/lib/runs/tumours';
import { whileCharged } from '@/lib/runs/while-charged';
import type { Experiment } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import { predictLogistic, type Table } from '@/lib/training/logistic-regression';

const params = z.object({
  epsilon: z.number().min(0.05).max(20),
  /** Patients who carry the code, the one in question among them. */
  carriers: z.number().int().min(1).max(60),
  /** Draws of the noise, each for the data with the patient and without. */
  draws: z.number().int().min(2).max(100),
  seed: z.number().int().min(0),
});

export type MemoryParams = z.output<typeof params>;

/** Probability of malignant that a model gives to the patient: over the draws for a private one. */
export interface Said {
  mean: number;
  low: number;
  high: number;
}

export interface MemoryResult {
  refusal: Refusal | null;
  /** With the patient in the data, and without. */
  plain: { with: number; without: number } | null;
  private: { with: Said; without: Said } | null;
  /** How often “in” or “not in” is guessed rightly from one private model: 0.5 is a coin. */
  guessed: number | null;
  /** The largest value that it can have in the long run, for the noise used: Φ(μ/2) (Dong, Roth and Su 2022). */
  guessBound: number | null;
}

/** A malignant tumour with small nuclei: by its measurements most models call it benign. Row of the file, from 0. */
export const PATIENT = 73;

/** The table with one more column: 1 for the patient in question and for some other malignant ones, else 0. */
export function withRareCode(table: TumourTable, carriers: number): Table {
  const { width, size, answers } = table;
  const others = Array.from({ length: size }, (_, i) => i)
    .filter((i) => answers[i] === 1 && i !== PATIENT)
    .slice(0, carriers - 1);
  const carries = new Set([PATIENT, ...others]);
  const features = new Float64Array(size * (width + 1));
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < width; j++) features[i * (width + 1) + j] = table.features[i * width + j]!;
    features[i * (width + 1) + width] = Number(carries.has(i));
  }
  return { features, answers, width: width + 1 };
}

const everySecond = (values: readonly number[], from: 0 | 1) => values.filter((_, i) => i % 2 === from);

/** Share of right guesses if everything from `cut` on is called “in”, in and not in being equally likely. */
function rightAt(cut: number, inside: readonly number[], outside: readonly number[]): number {
  const hits = inside.filter((x) => x >= cut).length / inside.length;
  const rejections = outside.filter((x) => x < cut).length / outside.length;
  return (hits + rejections) / 2;
}

/**
 * How often “in” or “not in” is guessed rightly by a cut on what the model says: the cut (and its direction) is chosen on every
 * second draw and judged on the others, for the best cut looks good by chance where it was chosen.
 */
export function guessedByCut(inside: readonly number[], outside: readonly number[]): number {
  const [a, b] = [everySecond(inside, 0), everySecond(outside, 0)];
  let cut = Number.NEGATIVE_INFINITY;
  let gain = 0;
  for (const candidate of [...a, ...b]) {
    const here = rightAt(candidate, a, b) - 0.5;
    if (Math.abs(here) > Math.abs(gain)) [gain, cut] = [here, candidate];
  }
  const right = rightAt(cut, everySecond(inside, 1), everySecond(outside, 1));
  return gain < 0 ? 1 - right : right;
}

/** One model is a Gaussian mechanism with μ = √steps/σ; telling its two worlds apart succeeds with Φ(μ/2) at best. */
export function guessBound(epsilon: number): number {
  const noiseMultiplier = analyticGaussianSigma({ epsilon, delta: TUMOUR_DELTA });
  return 0.5 + gaussianMembership({ noiseMultiplier, steps: 1 }).maxAdvantage / 2;
}

function saidOf(values: readonly number[]): Said {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  return {
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    low: at(0.05),
    high: at(0.95),
  };
}

export const tumourMemory: Experiment<MemoryParams, never, MemoryResult> = {
  id: 'tumour-memory',
  needs: 'maths',
  params,
  async run({ epsilon, carriers, draws, seed }, context) {
    const { signal, report, random } = context;
    const { table: plainTable, decision } = await chargeSeededTumours(context, {
      title: 'One patient more or less',
      dataset: '569 tumours and a made-up code',
      epsilon,
      models: 2 * draws,
      seed,
    });
    if (!decision.ok)
      return { refusal: decision.refusal, plain: null, private: null, guessed: null, guessBound: null };
    return whileCharged(decision.charged, context, async (before) => {
      await before(1);
      const table = withRareCode(plainTable, carriers);
      const everybody = Int32Array.from({ length: plainTable.size }, (_, i) => i);
      const others = everybody.filter((i) => i !== PATIENT);
      const ask = (weights: Float64Array) => predictLogistic(weights, table, PATIENT);
      const plain = { with: ask(trainPlainly(table, everybody)), without: ask(trainPlainly(table, others)) };
      const inside: number[] = [];
      const outside: number[] = [];
      const noise = random.seeded(seed);
      for (let draw = 0; draw < draws; draw++) {
        // The divisor is the announced number of patients, the same in both worlds.
        inside.push(ask(trainPrivately(table, everybody, epsilon, noise, plainTable.size)));
        outside.push(ask(trainPrivately(table, others, epsilon, noise, plainTable.size)));
        report({ phase: 'run', step: draw + 1, total: draws, label: 'Training' });
        await pause(signal);
      }
      return {
        refusal: null,
        plain,
        private: { with: saidOf(inside), without: saidOf(outside) },
        guessed: guessedByCut(inside, outside),
        guessBound: guessBound(epsilon),
      };
    });
  },
};
