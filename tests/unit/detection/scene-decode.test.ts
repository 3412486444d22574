/** From the numbers of the scene detector to boxes: places, and what becomes of doubles. */
import { describe, expect, it } from 'vitest';
import { iou } from '@/lib/detection/boxes';
import { decodeScene, oneBoxEach } from '@/lib/detection/scenes';

const GEOMETRY = { side: 4, stride: 8, classes: 3 };
const WIDTH = GEOMETRY.classes + 4;
/** softplus⁻¹: the number that says a distance of so many places. */
const reach = (places: number) => Math.log(Math.expm1(places));

/** Nothing anywhere, but what is said of some places: logits by class, and distances to the four sides. */
function output(...said: { place: number; logits: Record<number, number>; sides: number[] }[]): Float32Array {
  const values = new Float32Array(GEOMETRY.side ** 2 * WIDTH).fill(-20);
  for (const { place, logits, sides } of said) {
    for (const [classId, logit] of Object.entries(logits)) values[place * WIDTH + Number(classId)] = logit;
    sides.forEach((side, k) => {
      values[place * WIDTH + GEOMETRY.classes + k] = reach(side);
    });
  }
  return values;
}

describe('boxes of a scene', () => {
  it('stand around their place', () => {
    const [found, ...others] = decodeScene(
      output({ place: 5, logits: { 1: 3 }, sides: [1, 0.5, 1, 1.5] }),
      GEOMETRY,
      0.3,
    );
    expect(others).toEqual([]);
    expect(found!.classId).toBe(1);
    // Place 5 is in the second row and column: its middle is at 1.5 places of 8 pixels.
    for (const [k, at] of [4, 8, 20, 24].entries()) expect(found!.box[k]).toBeCloseTo(at, 4);
  });

  const doubles = output(
    { place: 5, logits: { 1: 3, 2: 1 }, sides: [1, 1, 1, 1] },
    // The place to its right sees the same thing, one place further on.
    { place: 6, logits: { 1: 2 }, sides: [2, 1, 0.2, 1] },
    // Another thing of the same class, elsewhere.
    { place: 15, logits: { 1: 0.5 }, sides: [0.4, 0.4, 0.4, 0.4] },
  );

  it('are one a thing and class: the weaker double goes, the other class and the other thing stay', () => {
    const found = decodeScene(doubles, GEOMETRY, 0.3);
    expect(found.map(({ classId, score }) => [classId, Number(score.toFixed(3))])).toEqual([
      [1, 0.953],
      [2, 0.731],
      [1, 0.622],
    ]);
  });

  it('to be looked at are one a thing, of whatever class', () => {
    const shown = oneBoxEach(decodeScene(doubles, GEOMETRY, 0.3));
    expect(shown.map(({ classId }) => classId)).toEqual([1, 1]);
    expect(iou(shown[0]!.box, shown[1]!.box)).toBeLessThan(0.45);
    // Nothing is changed in what stays.
    expect(shown[0]).toEqual(decodeScene(doubles, GEOMETRY, 0.3)[0]);
  });
});
