/** The cell about habits of a pipeline: what it says is what the accountant says. */
import { expect, test } from 'vitest';
import { pipeline } from '@/components/lessons/a-privately-trained-detector/experiments/pipeline';
import { groupEpsilon } from '@/lib/privacy/group';
import { run } from '@/tests/harness/experiment';

const NOTHING = {
  ...{ batchNorm: false, mosaic: false, balanced: false, meanOfDrawn: false, autoBatch: false },
  ...{ videoFrames: false, bestCheckpoint: false, rareTimes: 4, machineLot: 512, framesEach: 3 },
  printedEpsilon: 1,
};

test('without habits the ε holds; each by itself is worse, and two of them have no number', async () => {
  const found = await run(pipeline, NOTHING);
  expect(found.printed).toBeLessThanOrEqual(1);
  expect(found.printed).toBeGreaterThan(0.999);
  expect(found.training).toBe(found.printed);
  const { batchNorm, bestCheckpoint, ...others } = found.alone;
  expect([batchNorm, bestCheckpoint]).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  for (const epsilon of Object.values(others)) {
    expect(epsilon).toBeGreaterThan(found.printed * 1.5);
    expect(epsilon).toBeLessThan(1000);
  }
});

test('what is switched on counts together, with the numbers that stand beside it', async () => {
  const found = await run(pipeline, { ...NOTHING, videoFrames: true, autoBatch: true });
  expect(found).toMatchObject({ groupSize: 3, sampleRate: 0.256, sensitivity: 1, validation: 0 });
  const { noiseMultiplier, steps } = found;
  expect(found.training).toBe(
    groupEpsilon({ noiseMultiplier, steps, sampleRate: 0.256, groupSize: 3, delta: 1e-5 }),
  );
  const none = await run(pipeline, { ...NOTHING, batchNorm: true });
  expect(none.training).toBe(Number.POSITIVE_INFINITY);
});
