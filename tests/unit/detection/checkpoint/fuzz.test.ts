import { expect, it } from 'vitest';
import { fuzz } from './support/fuzz';

// `npm run fuzz:checkpoint` does the same with 20,000 files, and with real ones among them.
it('answers 800 broken files with a typed refusal or a sound reading, in bounded time and memory', async () => {
  const { faults, outcomes } = await fuzz(800, 26);
  expect(faults).toEqual([]);
  // The files do reach every part of the reader.
  expect(Object.keys(outcomes).sort()).toEqual(
    expect.arrayContaining([
      'checkpoint-corrupt',
      'checkpoint-not-a-checkpoint',
      'checkpoint-truncated',
      'checkpoint-unsafe',
      'checkpoint-unsupported',
      'sound',
    ]),
  );
});
