import { expect, test } from 'vitest';
import { countNorms, NORM_EDGES } from '@/components/lessons/training-with-dp-sgd/norm-bins';

test('every length is counted in the bin whose edges it lies between', () => {
  for (let bin = 0; bin + 1 < NORM_EDGES.length; bin++) {
    const middle = Math.sqrt(NORM_EDGES[bin]! * NORM_EDGES[bin + 1]!);
    const counts = countNorms([middle]);
    expect(counts.indexOf(1), `length ${middle}`).toBe(bin);
    expect(counts.reduce((a, b) => a + b)).toBe(1);
  }
});

test('what lies outside counts at the ends, zero included', () => {
  const counts = countNorms([0, 1e-9, 50, 1e6]);
  expect(counts[0]).toBe(2);
  expect(counts.at(-1)).toBe(2);
});

test('the edges are ascending and hold the usual clip', () => {
  expect([...NORM_EDGES].sort((a, b) => a - b)).toEqual(NORM_EDGES);
  expect(NORM_EDGES).toContain(1);
});
