/** Three hospitals with patients of their own: what each knows alone, and what a private pool would give it. */
import * as z from 'zod';
import { FOLDS } from '@/components/training/tumours/experiments/classify';
import { kFold } from '@/lib/data';
import type { Refusal } from '@/lib/ledger';
import type { RandomSource } from '@/lib/random';
import { chargeSeededTumours } from '@/lib/runs/charge-tumours';
import { meanAndSpread, type TumourTable, trainPlainly, trainPrivately } from '@/lib/runs/tumours';
import { whileCharged } from '@/lib/runs/while-charged';
import type { Experiment } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import { predictLogistic } from '@/lib/training/logistic-regression';

const params = z.object({
  epsilon: z.number().min(0.05).max(20),
  /** Training patients of the small hospital; a middle one has 120, the large one the rest. */
  smallHospital: z.number().int().min(10).max(150),
  /** Share of its patients that are malignant, or null for the same mix as everywhere. */
  caseMix: z.enum(['same', 'benign', 'malignant']),
  draws: z.number().int().min(1).max(20),
  seed: z.number().int().min(0),
});

export type HospitalParams = z.output<typeof params>;

export const HOSPITALS = ['small', 'middle', 'large'] as const;
export const WAYS = ['alone', 'alonePrivate', 'pooled', 'pooledPrivate'] as const;
export type Way = (typeof WAYS)[number];

export interface HospitalResult {
  refusal: Refusal | null;
  hospitals: {
    patients: number;
    malignant: number;
    /** Accuracy on held-out patients of all hospitals: mean and standard deviation over folds and draws. */
    accuracy: Record<Way, { mean: number; spread: number }>;
  }[];
}

const MIDDLE = 120;
const SHARE = { same: null, benign: 0.1, malignant: 0.9 };

/** Deals training patients to the three hospitals. */
export function deal(
  table: Pick<TumourTable, 'answers'>,
  train: Int32Array,
  small: number,
  caseMix: HospitalParams['caseMix'],
  random: RandomSource,
): number[][] {
  const order = Array.from(random.shuffle(train.slice()));
  const share = SHARE[caseMix];
  let first = order.slice(0, small);
  if (share !== null) {
    const malignant = order.filter((i) => table.answers[i] === 1);
    const benign = order.filter((i) => table.answers[i] === 0);
    const count = Math.round(small * share);
    first = [...malignant.slice(0, count), ...benign.slice(0, small - count)];
  }
  const taken = new Set(first);
  const rest = order.filter((i) => !taken.has(i));
  return [first, rest.slice(0, MIDDLE), rest.slice(MIDDLE)];
}

export const tumourHospitals: Experiment<HospitalParams, never, HospitalResult> = {
  id: 'tumour-hospitals',
  needs: 'maths',
  params,
  async run({ epsilon, smallHospital, caseMix, draws, seed }, context) {
    const { signal, report, random } = context;
    const { table, decision } = await chargeSeededTumours(context, {
      title: 'Hospitals alone and pooled',
      dataset: '569 tumours, five-fold',
      epsilon,
      // Each patient is in the private model of their own hospital and in the private pool.
      models: 2 * draws * (FOLDS - 1),
      seed,
    });
    if (!decision.ok) return { refusal: decision.refusal, hospitals: [] };
    return whileCharged(decision.charged, context, async (before) => {
      await before(1);
      const found = HOSPITALS.map(() => ({
        patients: [] as number[],
        malignant: [] as number[],
        accuracy: Object.fromEntries(WAYS.map((way) => [way, [] as number[]])) as Record<Way, number[]>,
      }));
      let step = 0;
      for (let draw = 0; draw < draws; draw++) {
        const choose = random.seeded(seed + 2 * draw);
        const noise = random.seeded(seed + 2 * draw + 1);
        for (const { train, test } of kFold(table.size, FOLDS, choose)) {
          const right = (weights: Float64Array) =>
            test.reduce(
              (sum, i) =>
                sum + Number((predictLogistic(weights, table, i) >= 0.5 ? 1 : 0) === table.answers[i]),
              0,
            ) / test.length;
          const pooled = right(trainPlainly(table, train));
          const pooledPrivate = right(trainPrivately(table, train, epsilon, noise));
          for (const [h, rows] of deal(table, train, smallHospital, caseMix, choose).entries()) {
            const one = found[h]!;
            one.patients.push(rows.length);
            one.malignant.push(rows.filter((i) => table.answers[i] === 1).length);
            one.accuracy.alone.push(right(trainPlainly(table, rows)));
            one.accuracy.alonePrivate.push(right(trainPrivately(table, rows, epsilon, noise)));
            one.accuracy.pooled.push(pooled);
            one.accuracy.pooledPrivate.push(pooledPrivate);
          }
          report({ phase: 'run', step: ++step, total: draws * FOLDS, label: 'Training' });
          await pause(signal);
        }
      }
      return {
        refusal: null,
        hospitals: found.map(({ patients, malignant, accuracy }) => ({
          patients: Math.round(meanAndSpread(patients).mean),
          malignant: Math.round(meanAndSpread(malignant).mean),
          accuracy: Object.fromEntries(WAYS.map((way) => [way, meanAndSpread(accuracy[way])])) as Record<
            Way,
            { mean: number; spread: number }
          >,
        })),
      };
    });
  },
};
