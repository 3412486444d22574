import { describe, expect, it } from 'vitest';
import { cellCount, networkPixels } from '@/lib/detection/nanodet';
import { decodeNanoDet, oneNameEach } from '@/lib/detection/nanodet/decode';
import { quantise } from '@/lib/detection/nanodet/pack';

const SIZE = 64;
const WIDTH = 124;
const CELLS = 8 * 8 + 4 * 4 + 2 * 2;

/** Heads that see nothing, but for the cells given: logits by class, and one bin a side that holds all. */
function heads(cells: { at: number; logits: Record<number, number>; sides: number[] }[]): Float32Array {
  const values = new Float32Array(CELLS * WIDTH).fill(-30);
  for (const { at, logits, sides } of cells) {
    for (const [id, logit] of Object.entries(logits)) values[at * WIDTH + Number(id)] = logit;
    for (const [side, bin] of sides.entries()) values[at * WIDTH + 80 + 11 * side + bin] = 30;
  }
  return values;
}

describe('boxes from NanoDet’s heads', () => {
  it('reach from the middle of the cell, so many strides a side: left, top, right, bottom', () => {
    expect(cellCount(SIZE)).toBe(CELLS);
    // Row 2, column 5 of the finest scale: its middle is (44, 20).
    const [found, ...others] = decodeNanoDet(
      heads([{ at: 2 * 8 + 5, logits: { 16: 0 }, sides: [1, 2, 2, 3] }]),
      SIZE,
      { confidence: 0.25 },
    );
    expect(others).toEqual([]);
    expect(found!.box.map((value) => Number(value.toFixed(4)))).toEqual([36, 4, 60, 44]);
    expect([found!.score, found!.classId]).toEqual([0.5, 16]);
  });

  it('use the stride of their scale, and end at the square', () => {
    const coarse = { at: 64 + 16 + 3, logits: { 0: 2 }, sides: [1, 0, 10, 10] };
    const middle = { at: 64 + 4 * 1 + 2, logits: { 7: 1 }, sides: [1, 1, 1, 0] };
    const found = decodeNanoDet(heads([coarse, middle]), SIZE, { confidence: 0.25 });
    expect(
      found.map(({ classId, box }) => [classId, ...box.map((value) => Number(value.toFixed(4)))]),
    ).toEqual([
      [0, 16, 48, 64, 64],
      [7, 24, 8, 56, 24],
    ]);
  });

  it('take the mean of the distribution over a side', () => {
    const values = heads([{ at: 9, logits: { 3: 3 }, sides: [2, 0, 0, 0] }]);
    // Bins 0 and 2 alike: a mean of 1.
    values[9 * WIDTH + 80] = 30;
    const [found] = decodeNanoDet(values, SIZE, { confidence: 0.25 });
    expect(found!.box[0]).toBeCloseTo(12 - 8, 4);
  });

  it('keep one name a box, the better one, unless all are asked for or one is looked for', () => {
    const values = heads([{ at: 20, logits: { 15: 1, 16: 0.5 }, sides: [2, 2, 2, 2] }]);
    const ids = (options: object) =>
      decodeNanoDet(values, SIZE, { confidence: 0.4, ...options }).map(({ classId }) => classId);
    expect(ids({})).toEqual([15]);
    expect(ids({ everyName: true })).toEqual([15, 16]);
    expect(ids({ classes: new Set([16]) })).toEqual([16]);
  });

  it('let two things of different kinds overlap by half', () => {
    const rider = { box: [0, 0, 10, 12] as const };
    const horse = { box: [0, 4, 10, 16] as const };
    expect(oneNameEach([rider, horse])).toEqual([rider, horse]);
    expect(oneNameEach([rider, { box: [0, 0, 10, 12.5] as const }])).toEqual([rider]);
  });

  it('drop a score that is the threshold itself', () => {
    const values = heads([{ at: 0, logits: { 0: 0 }, sides: [1, 1, 1, 1] }]);
    expect(decodeNanoDet(values, SIZE, { confidence: 0.5 })).toEqual([]);
    expect(decodeNanoDet(values, SIZE, { confidence: 0.499 })).toHaveLength(1);
  });

  it('refuse values of another size', () => {
    expect(() => decodeNanoDet(new Float32Array(124), SIZE, { confidence: 0.5 })).toThrow(
      expect.objectContaining({ code: 'predictions-malformed' }),
    );
  });
});

it('the network sees blue first, with mean and spread taken off', () => {
  const seen = networkPixels(Float32Array.of(1, 0, 0, 0, 0, 1));
  const expected = [-103.53 / 57.375, -116.28 / 57.12, (255 - 123.675) / 58.395];
  expected.push((255 - 103.53) / 57.375, -116.28 / 57.12, -123.675 / 58.395);
  for (const [i, value] of expected.entries()) expect(seen[i]).toBeCloseTo(value, 5);
});

it('filters are rounded to 127 steps of each output channel, by at most half a step', () => {
  const filter = Float32Array.of(1, 0.01, -0.5, 0.004, 0.25, -0.02);
  const { q, scale } = quantise(filter, 2);
  expect([scale[0], scale[1]]).toEqual([Math.fround(1 / 127), Math.fround(Math.fround(0.02) / 127)]);
  expect(Math.max(...q.map(Math.abs))).toBe(127);
  for (const [i, w] of filter.entries())
    expect(Math.abs(q[i]! * scale[i % 2]! - w)).toBeLessThanOrEqual(scale[i % 2]! * 0.501);
  expect(Array.from(quantise(new Float32Array(4), 2).q)).toEqual([0, 0, 0, 0]);
});
