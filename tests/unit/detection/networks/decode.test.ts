import { describe, expect, it } from 'vitest';
import { anchors, decodeDetections } from '@/lib/detection/networks';
import type { Head } from '@/lib/detection/networks/plan';

const head = (endToEnd: boolean, classCount: number, regMax: number): Head => ({
  levels: [8, 16, 32].map((stride, from) => ({ from, stride, box: [], classes: [] })),
  classCount,
  regMax,
  endToEnd,
});
const logit = (score: number) => Math.log(score / (1 - score));
const NOTHING = -50;

describe('positions', () => {
  it('lie finest scale first, row by row, in the middle of their cells', () => {
    const grid = anchors(head(true, 1, 1), 64);
    expect(grid.x).toHaveLength(64 + 16 + 4);
    expect([grid.x[1], grid.y[1], grid.stride[1]]).toEqual([1.5, 0.5, 8]);
    expect([grid.x[8], grid.y[8]]).toEqual([0.5, 1.5]);
    expect([grid.x[64], grid.stride[64], grid.stride[80]]).toEqual([0.5, 16, 32]);
    expect([grid.x[83], grid.y[83]]).toEqual([1.5, 1.5]);
  });
});

/** Predictions of a 64-pixel input: 84 positions, nothing found but what `set` says. */
function predictions(classCount: number, regMax = 1) {
  const boxes = new Float32Array(84 * 4 * regMax);
  const logits = new Float32Array(84 * classCount).fill(NOTHING);
  return {
    boxes,
    logits,
    found(anchor: number, classId: number, score: number) {
      logits[anchor * classCount + classId] = logit(score);
    },
    box(anchor: number, ...distances: [number, number, number, number]) {
      boxes.set(distances, anchor * 4);
    },
  };
}

describe('end-to-end selection', () => {
  it('decodes distances from the cell to the sides, in pixels', () => {
    const p = predictions(2);
    p.found(66, 1, 0.9);
    p.box(66, 0.5, 0.25, 1, 2);
    const [row] = decodeDetections(head(true, 2, 1), p.boxes, p.logits, 64, { confidence: 0.25 });
    // Third cell of the first row at stride 16: middle (2.5, 0.5).
    expect(row!.box).toEqual([32, 4, 56, 40]);
    expect(row!.score).toBeCloseTo(0.9, 6);
    expect(row!.classId).toBe(1);
  });

  it('lets one position appear with several classes, and suppresses nothing', () => {
    const p = predictions(3);
    for (const [anchor, classId, score] of [
      [0, 0, 0.9],
      [0, 2, 0.8],
      [1, 0, 0.7],
    ] as const) {
      p.found(anchor, classId, score);
      p.box(anchor, 1, 1, 1, 1);
    }
    const rows = decodeDetections(head(true, 3, 1), p.boxes, p.logits, 64, { confidence: 0.25, iou: 0.01 });
    expect(rows.map(({ classId, score }) => [classId, Number(score.toFixed(4))])).toEqual([
      [0, 0.9],
      [2, 0.8],
      [0, 0.7],
    ]);
  });

  it('drops scores at the confidence, keeps those above', () => {
    const p = predictions(1);
    p.found(5, 0, 0.5);
    const select = (confidence: number) =>
      decodeDetections(head(true, 1, 1), p.boxes, p.logits, 64, { confidence }).length;
    expect(select(0.5)).toBe(0);
    expect(select(0.5 - 1e-9)).toBe(1);
  });

  it('gives at most 300 rows, the best (position, class) pairs', () => {
    // At 256 pixels there are 1344 positions. 320 of them see the first class, and ten of these the second too.
    const count = 32 * 32 + 16 * 16 + 8 * 8;
    const logits = new Float32Array(count * 2).fill(NOTHING);
    for (let i = 0; i < 320; i++) logits[i * 2] = 3 - i * 0.001;
    for (let i = 0; i < 10; i++) logits[i * 2 + 1] = 2.75;
    const boxes = new Float32Array(count * 4);
    const rows = decodeDetections(head(true, 2, 1), boxes, logits, 256, { confidence: 0.001 });
    expect(rows).toHaveLength(300);
    expect(rows.filter(({ classId }) => classId === 1)).toHaveLength(10);
    const scores = rows.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    // 290 positions of the first class are left: the weakest is the 290th.
    expect(scores.at(-1)).toBeCloseTo(1 / (1 + Math.exp(-(3 - 0.289))), 6);
  });

  it('keeps only the classes asked for', () => {
    const p = predictions(3);
    p.found(0, 0, 0.9);
    p.found(0, 2, 0.8);
    const rows = decodeDetections(head(true, 3, 1), p.boxes, p.logits, 64, {
      confidence: 0.25,
      classes: new Set([2]),
    });
    expect(rows.map(({ classId }) => classId)).toEqual([2]);
  });
});

describe('selection with suppression', () => {
  it('takes the mean of the distance distribution', () => {
    const regMax = 16;
    const p = predictions(1, regMax);
    p.found(0, 0, 0.9);
    // Left: all weight on bin 3. Top: bins 1 and 2 alike. Right, bottom: uniform, so 7.5.
    p.boxes.fill(-40, 0, 32);
    p.boxes[3] = 40;
    p.boxes[16 + 1] = 5;
    p.boxes[16 + 2] = 5;
    const [row] = decodeDetections(head(false, 1, regMax), p.boxes, p.logits, 64, { confidence: 0.25 });
    const expected = [(0.5 - 3) * 8, (0.5 - 1.5) * 8, (0.5 + 7.5) * 8, (0.5 + 7.5) * 8];
    for (const [side, value] of expected.entries()) expect(row!.box[side]).toBeCloseTo(value, 4);
  });

  it('gives a position its best class only, and suppresses within a class', () => {
    const p = predictions(2);
    // Neighbouring cells with nearly the same box.
    p.box(0, 0.5, 0.5, 4, 4);
    p.box(1, 1.5, 0.5, 3, 4);
    p.box(2, 2.5, 0.5, 2, 4);
    p.found(0, 0, 0.9);
    p.found(0, 1, 0.85);
    p.found(1, 0, 0.8);
    p.found(2, 1, 0.7);
    const select = (iou?: number) =>
      decodeDetections(head(false, 2, 1), p.boxes, p.logits, 64, {
        confidence: 0.25,
        ...(iou === undefined ? {} : { iou }),
      }).map(({ classId, score }) => [classId, Number(score.toFixed(4))]);
    expect(select()).toEqual([
      [0, 0.9],
      [1, 0.7],
    ]);
    expect(select(1)).toEqual([
      [0, 0.9],
      [0, 0.8],
      [1, 0.7],
    ]);
  });

  it('looks at the classes asked for before it chooses the best', () => {
    const p = predictions(2);
    p.found(0, 0, 0.9);
    p.found(0, 1, 0.85);
    const rows = decodeDetections(head(false, 2, 1), p.boxes, p.logits, 64, {
      confidence: 0.25,
      classes: new Set([1]),
    });
    expect(rows.map(({ classId }) => classId)).toEqual([1]);
  });
});

it('refuses predictions of another size', () => {
  expect(() =>
    decodeDetections(head(true, 1, 1), new Float32Array(4), new Float32Array(1), 64, { confidence: 0 }),
  ).toThrow(expect.objectContaining({ code: 'predictions-malformed' }));
});
