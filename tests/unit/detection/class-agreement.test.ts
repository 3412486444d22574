/** Class numbers agree by name or not at all. */
import { expect, it } from 'vitest';
import { agreeOnClasses } from '@/lib/detection';

const detector = ['person', 'bicycle', 'traffic light'];

it('joins classes by name, however it is spelt, and says what is unknown', () => {
  const names = new Map([
    [0, 'helmet'],
    [1, 'Person'],
    [5, 'Traffic_Light'],
  ]);
  const { toDetector, unknown } = agreeOnClasses(names, detector);
  expect([...toDetector]).toEqual([
    [1, 0],
    [5, 2],
  ]);
  expect(unknown).toEqual(['helmet']);
});

it('never takes a number for a name', () => {
  expect(agreeOnClasses(new Map([[0, '0']]), detector)).toMatchObject({ unknown: ['0'] });
});
