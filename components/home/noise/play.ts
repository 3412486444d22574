/** What the page plays by itself, once: the noise comes, the boxes go, and some of both stays. */

/** Milliseconds. What moves longer by itself than five seconds would need a pause button (WCAG 2.2.2). */
export const PLAY_MS = 4000;

/** Share of the time, and the noise then. */
const PATH = [
  [0, 0],
  [0.6, 0.3],
  [0.68, 0.3],
  [1, 0.1],
] as const;

/** Two digits: the slider's own step. */
const STEPS = 100;

/**
 * The noise scale at a moment of the play.
 * @param share of its time that has gone by, 0 … 1
 */
export function noiseAt(share: number): number {
  const after = PATH.findIndex(([time]) => time >= share);
  if (after < 0) return PATH.at(-1)![1];
  if (after === 0) return PATH[0][1];
  const [from, start] = PATH[after - 1]!;
  const [to, end] = PATH[after]!;
  return Math.round(STEPS * (start + ((share - from) / (to - from)) * (end - start))) / STEPS;
}

/**
 * The same where pictures are far apart: the strongest noise since the one before, so that none is jumped over.
 * @param before share of the time at the picture before
 */
export const strongestSince = (before: number, share: number): number =>
  Math.max(
    noiseAt(share),
    ...PATH.filter(([time]) => before < time && time < share).map(([, noise]) => noise),
  );
