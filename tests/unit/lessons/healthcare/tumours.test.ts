/** The healthcare lesson's arithmetic on the real table. Seeds are fixed: the verdicts are the same on every run. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deal } from '@/components/lessons/healthcare/experiments/hospitals';
import { guessedByCut, PATIENT, withRareCode } from '@/components/lessons/healthcare/experiments/memory';
import { groupsOf } from '@/components/lessons/healthcare/experiments/subgroups';
import { figuresOf } from '@/components/training/tumours/experiments/classify';
import { kFold, parseBreastCancer } from '@/lib/data';
import { composeEvents, gaussianEpsilon } from '@/lib/privacy';
import { SeededRandom } from '@/lib/random';
import { TUMOUR_DELTA, tumourPhases } from '@/lib/runs/accounts/tumours';
import { toTable, trainPlainly, trainPrivately } from '@/lib/runs/tumours';
import {
  areaUnderRoc,
  calibrationBins,
  calibrationError,
  confusion,
  rocPoints,
} from '@/lib/training/binary-metrics';
import { predictLogistic, trainLogistic } from '@/lib/training/logistic-regression';
import { PUBLIC } from '@/tests/harness/root';

const FILE = join(PUBLIC, 'tumours/breast_cancer_wisconsin.csv');
const table = { ...toTable(parseBreastCancer(readFileSync(FILE, 'utf8'))), sha256: '' };
const everybody = Int32Array.from({ length: table.size }, (_, i) => i);

describe('metrics', () => {
  const scores = [0.9, 0.8, 0.7, 0.7, 0.3, 0.1];
  const answers = [1, 1, 0, 1, 0, 0];

  test('counts, ROC and its area', () => {
    expect(confusion(scores, answers, 0.7)).toEqual({
      truePositives: 3,
      falsePositives: 1,
      trueNegatives: 2,
      falseNegatives: 0,
    });
    // Of nine pairs, eight are in order and one is tied.
    expect(areaUnderRoc(scores, answers)).toBeCloseTo(8.5 / 9, 12);
    expect(rocPoints(scores, answers)).toHaveLength(6);
  });

  test('calibration', () => {
    const bins = calibrationBins([0.1, 0.1, 0.9, 1], [0, 1, 1, 1], 2);
    expect(bins[0]).toMatchObject({ count: 2, happened: 0.5 });
    expect(bins[1]).toMatchObject({ count: 2, said: 0.95, happened: 1 });
    expect(calibrationError(bins)).toBeCloseTo(0.5 * 0.4 + 0.5 * 0.05, 12);
  });
});

describe('logistic regression', () => {
  test('one clipped, noiseless step by hand', () => {
    const small = { features: [3, 4], answers: [1], width: 2 };
    const options = { table: small, rows: [0], steps: 1, learningRate: 1, divisor: 1 };
    // Gradient −½ (3, 4, 1): its length is √26/2, above the clip of 1, and the step is divided by the clip.
    const clipped = trainLogistic({
      ...options,
      privacy: { maxGradNorm: 1, noiseMultiplier: 0, random: new SeededRandom(1) },
    });
    for (const [j, expected] of [3, 4, 1].entries())
      expect(clipped[j]).toBeCloseTo(expected / Math.sqrt(26), 12);
    expect(Array.from(trainLogistic({ ...options, privacy: null }))).toEqual([1.5, 2, 0.5]);
  });

  test('noise on the sum has the standard deviation σ C', () => {
    const empty = { features: [], answers: [], width: 3000 };
    const moved = trainLogistic({
      table: empty,
      rows: [],
      steps: 1,
      learningRate: 1,
      divisor: 10,
      privacy: { maxGradNorm: 0.5, noiseMultiplier: 4, random: new SeededRandom(2) },
    });
    // Divided by the clip too: 4/10. 3001 draws know it to 1.3 %.
    const deviation = Math.sqrt(moved.reduce((sum, w) => sum + w * w, 0) / moved.length);
    expect(deviation).toBeGreaterThan(0.4 * 0.93);
    expect(deviation).toBeLessThan(0.4 * 1.07);
  });
});

describe('five-fold', () => {
  const figures = (seed: number, epsilon: number | null) =>
    figuresOf(
      table,
      kFold(table.size, 5, new SeededRandom(seed)).map(({ train, test }) => ({
        test,
        weights:
          epsilon === null
            ? trainPlainly(table, train)
            : trainPrivately(table, train, epsilon, new SeededRandom(seed, 1)),
      })),
      0.5,
    );

  test('plain accuracy is at least 97 %, and ε = 1 within four points, over five splits', () => {
    for (let seed = 1; seed <= 5; seed++) {
      const plain = figures(seed, null);
      const dp = figures(seed, 1);
      expect(plain.accuracy.mean).toBeGreaterThanOrEqual(0.97);
      expect(plain.accuracy.mean - dp.accuracy.mean).toBeLessThanOrEqual(0.04);
      expect(plain.auc.mean).toBeGreaterThan(0.985);
      expect(dp.auc.mean).toBeGreaterThan(0.97);
    }
  });

  test('less privacy is more accurate, and ε = 0.05 is hardly better than saying “benign”', () => {
    const accuracy = (epsilon: number) =>
      [1, 2, 3].reduce((sum, seed) => sum + figures(seed, epsilon).accuracy.mean / 3, 0);
    const [tiny, one, eight] = [accuracy(0.05), accuracy(1), accuracy(8)];
    expect(eight).toBeGreaterThan(one);
    expect(one).toBeGreaterThan(tiny + 0.08);
  });
});

test('the ledger is told what a model costs, and four models cost less than four times that', () => {
  const [phase] = tumourPhases(1, 1);
  expect(composeEvents(phase!.perStep, TUMOUR_DELTA, 'pld').epsilon).toBeCloseTo(1, 2);
  const event = phase!.perStep[0]!;
  if (event.kind !== 'gaussian') throw new Error('not a Gaussian mechanism');
  const exact = (models: number) =>
    gaussianEpsilon({
      noiseMultiplier: event.noiseMultiplier,
      count: models * event.count,
      delta: TUMOUR_DELTA,
    });
  expect(exact(1)).toBeCloseTo(1, 6);
  expect(exact(4)).toBeGreaterThan(2);
  expect(exact(4)).toBeLessThan(2.5);
  expect(tumourPhases(1, 4)[0]!.perStep[0]).toMatchObject({ count: 4 * event.count });
});

test('the small group is misjudged more often, and privacy costs it more', () => {
  const groups = groupsOf(table, 16);
  expect(Array.from({ length: 4 }, (_, g) => groups.filter((one) => one === g).length)).toEqual([
    21, 191, 320, 37,
  ]);
  const wrong = (model: 'plain' | 'private') => {
    const errors = new Float64Array(4);
    for (let seed = 0; seed < 4; seed++)
      for (const { train, test } of kFold(table.size, 5, new SeededRandom(seed))) {
        const weights =
          model === 'plain'
            ? trainPlainly(table, train)
            : trainPrivately(table, train, 1, new SeededRandom(seed, 1));
        for (const i of test)
          if ((predictLogistic(weights, table, i) >= 0.5 ? 1 : 0) !== table.answers[i])
            errors[groups[i]!]! += 1 / (4 * groups.filter((one) => one === groups[i]).length);
      }
    return errors;
  };
  const [plain, dp] = [wrong('plain'), wrong('private')];
  expect(plain[0]).toBeGreaterThan(5 * plain[1]!);
  expect(dp[0]! - plain[0]!).toBeGreaterThan(0.05);
  expect(dp[0]! - plain[0]!).toBeGreaterThan(3 * (dp[2]! - plain[2]!));
});

test('hospitals share all training patients, each with one of them, in the mix asked for', () => {
  const { train } = kFold(table.size, 5, new SeededRandom(3))[0]!;
  for (const mix of ['same', 'benign', 'malignant'] as const) {
    const parts = deal(table, train, 40, mix, new SeededRandom(5));
    expect(parts.map((part) => part.length)).toEqual([40, 120, train.length - 160]);
    expect(parts.flat().sort((a, b) => a - b)).toEqual(Array.from(train));
    const malignant = parts[0]!.filter((i) => table.answers[i] === 1).length;
    if (mix !== 'same') expect(malignant).toBe(mix === 'benign' ? 4 : 36);
  }
});

describe('one patient', () => {
  const others = everybody.filter((i) => i !== PATIENT);
  const ask = (carriers: number, rows: Int32Array, seed: number | null) => {
    const coded = withRareCode(table, carriers);
    const weights =
      seed === null
        ? trainPlainly(coded, rows)
        : trainPrivately(coded, rows, 1, new SeededRandom(seed), table.size);
    return predictLogistic(weights, coded, PATIENT);
  };

  test('is remembered by a plain model and not by a private one', () => {
    expect(table.answers[PATIENT]).toBe(1);
    const [inside, outside] = [ask(1, everybody, null), ask(1, others, null)];
    const draws = Array.from({ length: 30 }, (_, i) => i);
    const mean = (rows: Int32Array, from: number) =>
      draws.reduce((sum, i) => sum + ask(1, rows, from + i) / draws.length, 0);
    const [privately, without] = [mean(everybody, 0), mean(others, 1000)];
    expect(inside).toBeGreaterThan(0.5);
    expect(outside).toBeLessThan(0.3);
    expect(Math.abs(privately - without)).toBeLessThan(0.15);
  });

  test('guesses by a cut are made on one half and judged on the other', () => {
    // Even places choose the cut, odd ones are guessed.
    expect(guessedByCut([3, 3, 4, 4], [1, 1, 2, 2])).toBe(1);
    expect(guessedByCut([1, 1], [5, 5])).toBe(1);
    expect(guessedByCut([3, 0, 4, 0], [1, 5, 2, 5])).toBe(0);
    expect(guessedByCut([1, 1], [1, 1])).toBe(0.5);
  });
});
