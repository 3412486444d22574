/** Lots drawn by person, one of their examples each time. Seeds are fixed. */
import { beforeAll, describe, expect, test } from 'vitest';
import { SeededRandom } from '@/lib/random';
import { makeDataset, softmaxRegression, Trainer } from '@/lib/training';
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
