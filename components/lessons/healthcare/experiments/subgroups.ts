/** Whom privacy costs most: errors of the same models by group of patients, over several draws of noise. */
import * as z from 'zod';
import { FOLDS } from '@/components/training/tumours/experiments/classify';
import { BREAST_CANCER_FEATURES, BREAST_CANCER_WIDTH, kFold } from '@/lib/data';
import type { Refusal } from '@/lib/ledger';
import { chargeSeededTumours } from '@/lib/runs/charge-tumours';
import { meanAndSpread, type TumourTable, trainPlainly, trainPrivately } from '@/lib/runs/tumours';
import { whileCharged } from '@/lib/runs/while-charged';
import type { Experiment } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import { predictLogistic } from '@/lib/training/logistic-regression';

const params = z.object({
  epsilon: z.number().min(0.05).max(20),
  /** Worst radius, in pixels, that parts small nuclei from large ones. */
  border: z.number().min(13).max(20),
  /** Share of the malignant tumours with small nuclei that is left in the training data. */
  kept: z.number().min(0).max(1),
  /** Draws of the split and of the noise. */
  draws: z.number().int().min(1).max(20),
  seed: z.number().int().min(0),
});

export type SubgroupParams = z.output<typeof params>;

export const GROUPS = [
  'malignant, small nuclei',
  'malignant, large nuclei',
  'benign, small nuclei',
  'benign, large nuclei',
] as const;

export interface GroupError {
  patients: number;
  /** Share misjudged at threshold ½: mean, and least and greatest over the draws. Null where nobody was tested. */
  plain: { mean: number; low: number; high: number } | null;
  private: { mean: number; low: number; high: number } | null;
  /** Null where nobody was tested. */
  price: Price | null;
}

/** What privacy costs a group, in share misjudged: private minus plain, draw by draw on the same split. */
export interface Price {
  mean: number;
  /** Standard error of the mean over the draws; null for one draw. */
  error: number | null;
}

export interface SubgroupResult {
  refusal: Refusal | null;
  groups: GroupError[];
  overall: GroupError | null;
  /** Patients of the small group left in an average training set. */
  left: number;
}

const WORST_RADIUS = BREAST_CANCER_FEATURES.indexOf('worst_radius');

/** Place in `GROUPS` of every patient. */
export function groupsOf(table: TumourTable, border: number): Uint8Array {
  return Uint8Array.from({ length: table.size }, (_, i) => {
    const large = table.values[i * BREAST_CANCER_WIDTH + WORST_RADIUS]! >= border;
    return (table.answers[i] === 1 ? 0 : 2) + (large ? 1 : 0);
  });
}

export const tumourSubgroups: Experiment<SubgroupParams, never, SubgroupResult> = {
  id: 'tumour-subgroups',
  needs: 'maths',
  params,
  async run({ epsilon, border, kept, draws, seed }, context) {
    const { signal, report, random } = context;
    const { table, decision } = await chargeSeededTumours(context, {
      title: 'Errors by group',
      dataset: '569 tumours, five-fold',
      epsilon,
      models: draws * (FOLDS - 1),
      seed,
    });
    if (!decision.ok) return { refusal: decision.refusal, groups: [], overall: null, left: 0 };
    return whileCharged(decision.charged, context, async (before) => {
      await before(1);
      const groups = groupsOf(table, border);
      /** [plain, private][group] → share misjudged in each draw; the last group is everybody. */
      const errors = [0, 1].map(() => Array.from({ length: GROUPS.length + 1 }, () => [] as number[]));
      let left = 0;
      for (let draw = 0; draw < draws; draw++) {
        const wrong = [0, 1].map(() => new Float64Array(GROUPS.length + 1));
        const tested = new Float64Array(GROUPS.length + 1);
        const choose = random.seeded(seed + 2 * draw);
        const noise = random.seeded(seed + 2 * draw + 1);
        const stays = Uint8Array.from(groups, (group) => Number(group !== 0 || choose.bernoulli(kept)));
        for (const { train, test } of kFold(table.size, FOLDS, choose)) {
          const rows = train.filter((i) => stays[i] === 1);
          left += rows.reduce((sum, i) => sum + Number(groups[i] === 0), 0) / (draws * FOLDS);
          const models = [trainPlainly(table, rows), trainPrivately(table, rows, epsilon, noise)];
          for (const i of test)
            for (const group of [groups[i]!, GROUPS.length]) {
              tested[group]!++;
              for (const [m, weights] of models.entries())
                if ((predictLogistic(weights, table, i) >= 0.5 ? 1 : 0) !== table.answers[i])
                  wrong[m]![group]!++;
            }
          await pause(signal);
        }
        for (const [m, counts] of wrong.entries())
          for (const [group, count] of counts.entries())
            if (tested[group]! > 0) errors[m]![group]!.push(count / tested[group]!);
        report({ phase: 'run', step: draw + 1, total: draws, label: 'Training' });
      }
      const summary = (values: readonly number[]) =>
        values.length === 0
          ? null
          : { mean: meanAndSpread(values).mean, low: Math.min(...values), high: Math.max(...values) };
      const priceOf = (group: number): Price | null => {
        const [plain, dp] = [errors[0]![group]!, errors[1]![group]!];
        if (plain.length === 0) return null;
        const { mean, spread } = meanAndSpread(dp.map((share, draw) => share - plain[draw]!));
        return { mean, error: plain.length > 1 ? spread / Math.sqrt(plain.length) : null };
      };
      const errorOf = (group: number): GroupError => ({
        patients:
          group === GROUPS.length ? table.size : groups.reduce((sum, g) => sum + Number(g === group), 0),
        plain: summary(errors[0]![group]!),
        private: summary(errors[1]![group]!),
        price: priceOf(group),
      });
      return {
        refusal: null,
        groups: GROUPS.map((_, group) => errorOf(group)),
        overall: errorOf(GROUPS.length),
        left,
      };
    });
  },
};
