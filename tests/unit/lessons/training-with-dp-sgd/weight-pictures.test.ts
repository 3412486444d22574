/** Weights as pictures. */
import { expect, test } from 'vitest';
import {
  NO_WEIGHT,
  pictureOf,
  weightPictures,
} from '@/components/lessons/training-with-dp-sgd/weight-pictures';

test('each digit has its own column of the matrix, on one scale for the whole model', () => {
  // Three pixels, two digits.
  const pictures = weightPictures([0.5, -1, 0, 0.25, 1, 0], 2);
  expect([...pictureOf(pictures, 0)]).toEqual([NO_WEIGHT + 64, NO_WEIGHT, 255]);
  expect([...pictureOf(pictures, 1)]).toEqual([1, NO_WEIGHT + 32, NO_WEIGHT]);
});

test('a model that has learnt nothing is grey', () => {
  expect(new Set(weightPictures(new Float64Array(20), 10).greys)).toEqual(new Set([NO_WEIGHT]));
});
