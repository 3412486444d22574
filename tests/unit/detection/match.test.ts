import { describe, expect, it } from 'vitest';
import { type Box, compareDetections, type Detection } from '@/lib/detection';

const found = (score: number, box: Box, classId = 0): Detection => ({
  score,
  box,
  classId,
  className: `class ${classId}`,
});
const wanted = (box: Box, classId = 0) => ({ box, classId });

describe('comparing detections with references', () => {
  it('finds a picture in full agreement with itself', () => {
    const detections = [found(0.9, [0, 0, 10, 10]), found(0.6, [20, 20, 40, 40])];
    expect(compareDetections(detections, detections)).toMatchObject({
      count: 2,
      truePositives: 2,
      falsePositives: 0,
      falseNegatives: 0,
      precision: 1,
      recall: 1,
      meanConfidence: 0.75,
      referenceConfidence: 0.75,
    });
  });

  it('counts a reference once: the second box on it is a false alarm', () => {
    const result = compareDetections(
      [found(0.5, [0, 0, 10, 10]), found(0.8, [0, 0, 10, 9])],
      [wanted([0, 0, 10, 10]), wanted([50, 50, 60, 60])],
    );
    expect(result.matches.map(({ reference }) => reference)).toEqual([0, null]);
    expect(result).toMatchObject({ precision: 0.5, recall: 0.5, falseNegatives: 1 });
  });

  it('gives the surer detection first choice, though the other fits better', () => {
    const result = compareDetections(
      [found(0.6, [0, 0, 10, 10]), found(0.9, [0, 0, 10, 7])],
      [wanted([0, 0, 10, 10])],
    );
    expect(result.matches[0]).toMatchObject({ detection: { score: 0.9 }, reference: 0 });
    expect(result.matches[1]).toMatchObject({ detection: { score: 0.6 }, reference: null, iou: 1 });
  });

  it('takes the free reference it overlaps most', () => {
    const result = compareDetections(
      [found(0.9, [0, 0, 10, 10])],
      [wanted([0, 0, 10, 6]), wanted([0, 0, 10, 9])],
    );
    expect(result.matches[0]).toMatchObject({ reference: 1, iou: 0.9 });
  });

  it('needs the overlap asked for, and that much is enough', () => {
    const half = [wanted([0, 0, 10, 5])];
    expect(compareDetections([found(0.9, [0, 0, 10, 10])], half).truePositives).toBe(1);
    expect(compareDetections([found(0.9, [0, 0, 10, 10])], half, 0.51).truePositives).toBe(0);
  });

  it('never matches across classes', () => {
    const result = compareDetections([found(0.9, [0, 0, 9, 9], 1)], [wanted([0, 0, 9, 9], 0)]);
    expect(result).toMatchObject({ truePositives: 0, precision: 0, recall: 0 });
  });

  it('has no precision without detections, and no recall without references', () => {
    expect(compareDetections([], [wanted([0, 0, 9, 9])])).toMatchObject({
      precision: null,
      recall: 0,
      meanConfidence: null,
      referenceConfidence: 0,
    });
    expect(compareDetections([found(0.9, [0, 0, 9, 9])], [])).toMatchObject({
      precision: 0,
      recall: null,
      referenceConfidence: null,
    });
  });

  it('counts a lost reference as confidence 0, so that losing weak boxes cannot raise the mean', () => {
    const clean = [found(0.9, [0, 0, 10, 10]), found(0.3, [20, 20, 40, 40])];
    const weakOneLost = compareDetections([clean[0]!], clean);
    expect(weakOneLost.meanConfidence).toBeCloseTo(0.9, 12);
    expect(weakOneLost.referenceConfidence).toBeCloseTo(0.45, 12);
    // A box that was not there before finds nothing, and counts for nothing here.
    const oneMore = compareDetections([...clean, found(0.99, [60, 60, 70, 70])], clean);
    expect(oneMore.referenceConfidence).toBeCloseTo(0.6, 12);
  });
});
