/** The patients of the picture: each judged once, by the models of the fold that they were left out of, and counted as elsewhere. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  figuresOf,
  type JudgedPatient,
  judgedPatients,
} from '@/components/training/tumours/experiments/classify';
import { byError, errorsOf, isMisjudged } from '@/components/training/tumours/judged';
import { kFold, parseBreastCancer } from '@/lib/data';
import { SeededRandom } from '@/lib/random';
import { toTable, trainPrivately } from '@/lib/runs/tumours';
import { PUBLIC } from '@/tests/harness/root';

const table = {
  ...toTable(parseBreastCancer(readFileSync(join(PUBLIC, 'tumours/breast_cancer_wisconsin.csv'), 'utf8'))),
  sha256: '',
};

describe('every patient a dot', () => {
  const folds = kFold(table.size, 5, new SeededRandom(1));
  const noise = new SeededRandom(2);
  const train = (epsilon: number) => folds.map((fold) => trainPrivately(table, fold.train, epsilon, noise));
  const [sure, noisy] = [train(10), train(0.5)];
  const patients = judgedPatients(table, folds, sure, noisy);

  test('all patients stand there once, with their own diagnosis', () => {
    expect(patients.map(({ row }) => row)).toEqual(Array.from({ length: table.size }, (_, i) => i));
    for (const { row, malignant } of patients) expect(malignant).toBe(table.answers[row] === 1);
  });

  test.each([0.2, 0.5, 0.8])('are counted as the table counts them, at threshold %d', (threshold) => {
    for (const [judge, models] of [
      ['plain', sure],
      ['private', noisy],
    ] as const) {
      const { missed, alarms } = figuresOf(
        table,
        models.map((weights, i) => ({ weights, test: folds[i]!.test })),
        threshold,
      );
      expect(errorsOf(patients, threshold, judge)).toEqual({ missed, alarms });
    }
  });

  test('those that light up are walked through from the surest error on', () => {
    const patient = fc.record({
      row: fc.nat(),
      malignant: fc.boolean(),
      plain: fc.double({ min: 0, max: 1, noNaN: true }),
      private: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(patient), fc.double({ min: 0.05, max: 0.95, noNaN: true }), (all, threshold) => {
        const wrong = byError(all, threshold);
        const { missed, alarms } = errorsOf(all, threshold, 'private');
        expect(wrong).toHaveLength(missed + alarms);
        const error = ({ malignant, private: said }: JudgedPatient) => (malignant ? 1 - said : said);
        for (let i = 1; i < wrong.length; i++)
          expect(error(wrong[i - 1]!)).toBeGreaterThanOrEqual(error(wrong[i]!));
        for (const one of wrong) expect(isMisjudged(one, threshold, 'private')).toBe(true);
      }),
    );
  });

  test('a probability of exactly the threshold is called malignant', () => {
    const at = { row: 0, plain: 0.5, private: 0.5 };
    expect(isMisjudged({ ...at, malignant: true }, 0.5, 'private')).toBe(false);
    expect(isMisjudged({ ...at, malignant: false }, 0.5, 'private')).toBe(true);
  });
});
