import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { averagePrecision, type Box, type EvaluatedPicture, IOU_THRESHOLDS } from '@/lib/detection';
import { ROOT } from '@/tests/harness/root';

interface Golden {
  mAP50: number;
  mAP75: number;
  mAP50_95: number;
  per_class: Record<string, { AP50: number; AP50_95: number }>;
  images: { ground_truth: number[][]; predictions: number[][] }[];
}
const { cases } = JSON.parse(
  readFileSync(join(ROOT, 'tests/fixtures/reference/map_golden.json'), 'utf8'),
) as { cases: Record<string, Golden> };

const pictures = (golden: Golden): EvaluatedPicture[] =>
  golden.images.map(({ ground_truth, predictions }) => ({
    groundTruth: ground_truth.map(([classId, ...box]) => ({ classId: classId!, box: box as unknown as Box })),
    predictions: predictions.map((row) => ({
      box: row.slice(0, 4) as unknown as Box,
      score: row[4]!,
      classId: row[5]!,
    })),
  }));

describe.each(Object.entries(cases))('mean average precision of the reference case %s', (_, golden) => {
  const accuracy = averagePrecision(pictures(golden));

  it('agrees with COCO’s evaluation to 1e-6', () => {
    for (const figure of ['mAP50', 'mAP75', 'mAP50_95'] as const)
      expect(Math.abs(accuracy[figure]! - golden[figure])).toBeLessThan(1e-6);
  });

  it('agrees class by class, and has no other classes', () => {
    expect(accuracy.perClass.map(({ classId }) => String(classId))).toEqual(
      Object.keys(golden.per_class).sort((a, b) => Number(a) - Number(b)),
    );
    for (const found of accuracy.perClass) {
      const expected = golden.per_class[found.classId]!;
      expect(Math.abs(found.AP50 - expected.AP50)).toBeLessThan(1e-6);
      expect(Math.abs(found.AP50_95 - expected.AP50_95)).toBeLessThan(1e-6);
    }
  });
});

describe('average precision', () => {
  const object = (box: Box, classId = 0) => ({ box, classId });
  const found = (score: number, box: Box, classId = 0) => ({ score, box, classId });
  const square: Box = [0, 0, 10, 10];

  it('averages over ten overlaps from 0.5 to 0.95', () => {
    expect(IOU_THRESHOLDS).toHaveLength(10);
    expect(IOU_THRESHOLDS[0]).toBe(0.5);
    expect(IOU_THRESHOLDS[5]).toBeCloseTo(0.75, 12);
    expect(IOU_THRESHOLDS[9]).toBe(0.95);
  });

  it('is 1 for a perfect find at every overlap, 0 for none, and unknown without labels', () => {
    expect(
      averagePrecision([{ groundTruth: [object(square)], predictions: [found(0.9, square)] }]),
    ).toMatchObject({
      mAP50: 1,
      mAP50_95: 1,
    });
    expect(averagePrecision([{ groundTruth: [object(square)], predictions: [] }]).mAP50).toBe(0);
    expect(averagePrecision([{ groundTruth: [], predictions: [found(0.9, square)] }])).toEqual({
      mAP50: null,
      mAP75: null,
      mAP50_95: null,
      perClass: [],
    });
  });

  it('counts a box at the overlaps it reaches: 0.8 is right at seven of ten', () => {
    const { mAP50, mAP75, mAP50_95 } = averagePrecision([
      { groundTruth: [object(square)], predictions: [found(0.9, [0, 0, 10, 8.1])] },
    ]);
    expect([mAP50, mAP75]).toEqual([1, 1]);
    expect(mAP50_95).toBeCloseTo(0.7, 12);
  });

  it('counts an overlap of just the threshold', () => {
    const half = [{ groundTruth: [object(square)], predictions: [found(0.9, [0, 0, 10, 5])] }];
    expect(averagePrecision(half)).toMatchObject({ mAP50: 1, mAP50_95: expect.closeTo(0.1, 12) });
  });

  it('gives a detection that overlaps two objects equally the later one', () => {
    const groundTruth = [object([0, 0, 10, 6]), object([0, 4, 10, 10])];
    const predictions = [found(0.9, square), found(0.8, [0, 0, 10, 6])];
    expect(averagePrecision([{ groundTruth, predictions }]).mAP50).toBe(1);
  });

  it('reads precision at 101 recalls: half the objects found give 51 of 101', () => {
    const far = object([50, 50, 60, 60]);
    const picture = { groundTruth: [object(square), far], predictions: [found(0.9, square)] };
    expect(averagePrecision([picture]).mAP50).toBeCloseTo(51 / 101, 12);
  });

  it('takes a false alarm more seriously the surer it is', () => {
    const alarm = (score: number) => [found(score, [70, 70, 80, 80]), found(0.5, square)];
    const surer = averagePrecision([{ groundTruth: [object(square)], predictions: alarm(0.9) }]);
    const shyer = averagePrecision([{ groundTruth: [object(square)], predictions: alarm(0.1) }]);
    expect(surer.mAP50).toBeCloseTo(0.5, 12);
    expect(shyer.mAP50).toBe(1);
  });

  it('counts the hundred best of a class in a picture', () => {
    const noise = Array.from({ length: 100 }, (_, i) => found(0.9 - i / 1000, [70, 70, 80, 80]));
    const groundTruth = [object(square)];
    expect(averagePrecision([{ groundTruth, predictions: [...noise, found(0.1, square)] }]).mAP50).toBe(0);
    const fewer = noise.slice(0, 99);
    expect(
      averagePrecision([{ groundTruth, predictions: [...fewer, found(0.1, square)] }]).mAP50,
    ).toBeCloseTo(0.01, 12);
  });

  it('averages over labelled classes, however many objects each has', () => {
    const groundTruth = [object(square, 1), object([20, 0, 30, 10], 1), object([50, 50, 60, 60], 2)];
    const predictions = [found(0.9, square, 1), found(0.8, [20, 0, 30, 10], 1), found(0.9, [0, 0, 9, 9], 7)];
    const accuracy = averagePrecision([{ groundTruth, predictions }]);
    expect(accuracy.perClass.map(({ classId, groundTruth }) => [classId, groundTruth])).toEqual([
      [1, 2],
      [2, 1],
    ]);
    expect(accuracy.mAP50).toBeCloseTo(0.5, 12);
  });
});
