/** Lots drawn by person, one of their examples each time. Seeds are fixed. */
import { beforeAll, describe, expect, test } from 'vitest';
import { SeededRandom } from '@/lib/random';
import { makeDataset, softmaxRegression, Trainer } from '@/lib/training';
import { byPerson } from '@/lib/training/kernels/by-person';
import { lotKernelFor } from '@/lib/training/kernels/choose';
import { checkPersons, drawRows } from '@/lib/training/persons';
import { startBackend } from '@/tests/harness/backend';

beforeAll(() => startBackend('cpu'));

const { model: layers, loss, inputShape } = softmaxRegression(2, 2);
const PERSONS = [[0, 1, 2, 3], [4], [5, 6]];

describe('a lot by person', () => {
  test('has one row at most of each, each person as often, each of their rows as often', () => {
    const random = new SeededRandom(1);
    const drawn = new Float64Array(7);
    const lots = 6000;
    let wrong = 0;
    for (let lot = 0; lot < lots; lot++) {
      const rows = drawRows(PERSONS, 0.3, random);
      for (let i = 1; i < rows.length; i++) if (rows[i - 1]! >= rows[i]!) wrong++;
      for (const own of PERSONS) if (own.filter((row) => rows.includes(row)).length > 1) wrong++;
      for (const row of rows) drawn[row]!++;
    }
    expect(wrong).toBe(0);
    const expected = PERSONS.flatMap((own) => own.map(() => 0.3 / own.length));
    // Four standard deviations: seven rows, once in two thousand seeds.
    for (const [row, share] of expected.entries())
      expect(Math.abs(drawn[row]! / lots - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / lots));
  });

  test('is refused where rows are not shared out', () => {
    expect(() => checkPersons(PERSONS, 7)).not.toThrow();
    for (const rows of [
      [[0, 1]],
      [
        [0, 1],
        [1, 2, 3, 4, 5, 6],
      ],
      [...PERSONS, []],
      [[0, 1, 2, 3], [4], [5, 7]],
    ])
      expect(() => checkPersons(rows, 7)).toThrow('do not share 7 rows');
  });
});

test('a training by person is charged by person', () => {
  const dataset = makeDataset(new Float32Array(14), new Uint8Array(7), 2, 2);
  const train = (expectedBatchSize: number, persons?: number[][]) =>
    new Trainer({
      ...{ layers, loss, inputShape, dataset, persons, expectedBatchSize },
      ...{ learningRate: 1, privacy: { maxGradNorm: 1, noiseMultiplier: 2 } },
      ...{ random: new SeededRandom(1), initial: new SeededRandom(2) },
    });
  expect(train(1.5, PERSONS).chargeFor(4)).toEqual([
    { kind: 'poisson-gaussian', sampleRate: 0.5, noiseMultiplier: 2, steps: 4 },
  ]);
  expect(train(1.5).chargeFor(4)).toMatchObject([{ sampleRate: 1.5 / 7 }]);
  expect(() => train(4, PERSONS)).toThrow('cannot be drawn from 3 persons');
});

test('a step by person takes in as many rows as persons are drawn', async () => {
  const dataset = makeDataset(
    Float32Array.from({ length: 14 }, (_, i) => i / 14),
    new Uint8Array(7),
    2,
    2,
  );
  const trainer = new Trainer({
    ...{ layers, loss, inputShape, dataset, persons: PERSONS },
    // Everybody, always.
    ...{ expectedBatchSize: 3, learningRate: 1, privacy: { maxGradNorm: 1, noiseMultiplier: 0 } },
    ...{ random: new SeededRandom(1), initial: new SeededRandom(2), kernel: null },
  });
  const { lotSize, norms } = await trainer.next();
  expect(lotSize).toBe(3);
  expect(norms).toHaveLength(3);
});

describe('all rows of a person as one gradient', () => {
  const dataset = makeDataset(
    Float32Array.from({ length: 14 }, (_, i) => Math.sin(3 * i)),
    Uint8Array.from([0, 1, 1, 0, 1, 0, 1]),
    2,
    2,
  );
  const { model: layers, loss, inputShape } = softmaxRegression(2, 2);
  const options = {
    layers,
    loss,
    inputShape,
    dataset,
    expectedBatchSize: 3,
    kernel: null,
    physicalBatchSize: 2,
  };
  const weights = [Float64Array.of(0.4, -0.2, 0.1, 0.3), Float64Array.of(0.05, -0.05)];
  const calm = async () => {};
  const everybody = Int32Array.of(0, 1, 2);
  const length = (sums: readonly Float64Array[]) => Math.hypot(...sums.flatMap((sum) => [...sum]));

  test('is the mean of their gradients, clipped once', async () => {
    const rows = await lotKernelFor(options);
    const clipping = { rule: 'flat', maxGradNorm: 0.3 } as const;
    const [found] = await byPerson(rows, PERSONS).sumLot([{ weights, clipping }], everybody, calm, 0);
    // Row by row, by hand.
    const expected = weights.map((own) => new Float64Array(own.length));
    const norms: number[] = [];
    for (const own of PERSONS) {
      const mean = weights.map((w) => new Float64Array(w.length));
      for (const row of own) {
        const [one] = await rows.sumLot([{ weights, clipping: null }], Int32Array.of(row), calm, 0);
        for (const [p, sum] of one!.sums.entries())
          for (let j = 0; j < sum.length; j++) mean[p]![j]! += sum[j]! / own.length;
      }
      const norm = length(mean);
      norms.push(norm);
      for (const [p, m] of mean.entries())
        for (let j = 0; j < m.length; j++) expected[p]![j]! += m[j]! * Math.min(1, 0.3 / norm);
    }
    for (const [p, sum] of found!.sums.entries())
      for (let j = 0; j < sum.length; j++) expect(sum[j]).toBeCloseTo(expected[p]![j]!, 6);
    expect(Array.from(found!.norms)).toEqual(norms.map((norm) => expect.closeTo(norm, 5)));
    // Some are cut and some are not, or the test would say little.
    expect(norms.some((norm) => norm > 0.3) && norms.some((norm) => norm < 0.3)).toBe(true);
  });

  test('moves the sum by the clip at most, however many rows the person has', async () => {
    const rows = await lotKernelFor(options);
    const clipping = { rule: 'flat', maxGradNorm: 0.01 } as const;
    const kernel = byPerson(rows, PERSONS);
    for (const lot of [Int32Array.of(0), Int32Array.of(1), Int32Array.of(2)]) {
      const [sum] = await kernel.sumLot([{ weights, clipping }], lot, calm, 0);
      expect(length(sum!.sums)).toBeLessThanOrEqual(0.01 * (1 + 1e-9));
      expect(length(sum!.sums)).toBeGreaterThan(0.0099);
    }
  });

  test('is charged by person, and refused layer by layer', async () => {
    const train = (clipping: 'flat' | 'per-layer') =>
      new Trainer({
        ...{ ...options, persons: PERSONS, ofEachPerson: 'all', learningRate: 1 },
        privacy: { maxGradNorm: 1, noiseMultiplier: 1, clipping },
        ...{ random: new SeededRandom(1), initial: new SeededRandom(2) },
      });
    expect(() => train('per-layer')).toThrow('clipped together');
    const trainer = train('flat');
    const { lotSize, norms } = await trainer.next();
    expect([lotSize, norms.length]).toEqual([3, 3]);
    expect(trainer.charged).toEqual([
      { kind: 'poisson-gaussian', sampleRate: 1, noiseMultiplier: 1, steps: 1 },
    ]);
  });
});
