import { describe, expect, test } from 'vitest';
import { curve } from '@/components/lessons/noise-on-pixels/curve';

const drawn = (scale: number, ...values: (number | null)[]) =>
  values.map((precision) => ({ scale, precision }));

describe('means over draws', () => {
  test('a scale at which one draw alone found boxes narrows the band instead of ending it', () => {
    const points = curve([...drawn(0.2, 1, 0, 1), ...drawn(0.3, null, 0, null)], 'precision');
    expect(points).toEqual([
      { x: 0.2, y: 2 / 3, low: 0, high: 1 },
      { x: 0.3, y: 0, low: 0, high: 0 },
    ]);
  });

  test('one draw at every scale has no band', () => {
    const points = curve([...drawn(0.2, 1), ...drawn(0.3, 0.5)], 'precision');
    expect(points).toEqual([
      { x: 0.2, y: 1 },
      { x: 0.3, y: 0.5 },
    ]);
  });

  test('where no draw found anything there is no point', () => {
    expect(curve(drawn(0.4, null, null), 'precision')).toEqual([{ x: 0.4, y: null }]);
  });
});
