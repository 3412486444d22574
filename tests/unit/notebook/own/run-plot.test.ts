import { expect, test } from 'vitest';
import { isNumeric, isWide, plottable, plottableAgainst, pointsAgainst } from '@/lib/notebook/own/run-plot';
import { trainRow } from './support';

const at = (epsilon: number, accuracy: number, model = 'Softmax') =>
  trainRow('b', {
    every: [
      { key: 'eps', label: 'Privacy ε', value: String(epsilon), number: epsilon },
      { key: 'model', label: 'Model', value: model },
      { key: 'clip', label: 'Clip', value: '1', number: 1 },
    ],
    settings: [],
    metrics: { accuracy },
  });

const rows = [at(4, 0.9), at(1, 0.6), at(1, 0.8, 'Perceptron')];

test('what differs can be drawn against, and what was found can be drawn', () => {
  expect(plottableAgainst(rows)).toEqual(['Privacy ε', 'Model']);
  expect(plottable(rows)).toEqual(['accuracy', 'ε charged', 'seconds']);
});

test('runs at one value are their mean, from the lowest to the highest, in order of a number', () => {
  const points = pointsAgainst(rows, 'Privacy ε', 'accuracy');
  expect(points.map(({ x, low, high, runs }) => [x, low, high, runs])).toEqual([
    [1, 0.6, 0.8, 2],
    [4, 0.9, 0.9, 1],
  ]);
  expect(points[0]!.mean).toBeCloseTo(0.7, 12);
  expect(isNumeric(points)).toBe(true);
});

test('a choice is drawn by its words, and refused runs are not drawn', () => {
  const points = pointsAgainst([...rows, { ...at(9, 0.1, 'None'), refused: true }], 'Model', 'accuracy');
  expect(points.map(({ at: words, runs }) => [words, runs])).toEqual([
    ['Softmax', 2],
    ['Perceptron', 1],
  ]);
  expect(isNumeric(points)).toBe(false);
});

test('values far apart are drawn by their factors', () => {
  expect(isWide(pointsAgainst([at(0.1, 1), at(8, 1)], 'Privacy ε', 'accuracy'))).toBe(true);
  expect(isWide(pointsAgainst([at(1, 1), at(8, 1)], 'Privacy ε', 'accuracy'))).toBe(false);
});
