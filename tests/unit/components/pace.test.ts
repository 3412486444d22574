import { expect, test } from 'vitest';
import { Pace } from '@/components/ui/pace';

/** Pictures in a second of frames, where each takes so many ms to draw. */
function pictures(took: number): number {
  const pace = new Pace();
  pace.drawn(0);
  let drawn = 0;
  for (let frame = 0; frame < 60; frame++) {
    const now = (frame * 1000) / 60;
    if (!pace.due(now)) continue;
    drawn++;
    pace.drawn(now + took);
  }
  return drawn;
}

test('what plays by itself is drawn at every frame where that is cheap, and takes a fifth of a slow processor', () => {
  expect(pictures(3)).toBe(60);
  expect(pictures(50)).toBe(4);
  // Never so seldom that nothing is left of what plays.
  expect(pictures(200)).toBe(3);
});

test('a slow picture is no reason to go on slowly once pictures are quick', () => {
  const pace = new Pace();
  expect(pace.due(0)).toBe(true);
  pace.drawn(100);
  expect(pace.due(300)).toBe(false);
  expect(pace.due(1000)).toBe(true);
  pace.drawn(1002);
  expect(pace.due(1016)).toBe(true);
});
