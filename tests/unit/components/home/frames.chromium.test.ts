/** Some of the recorded looks of the home page, taken again by the detector: what is shown as recorded is what it finds. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HERO } from '@/components/home/noise/parameters';
import { RECORDED } from '@/components/home/noise/recorded';
import { runSuite } from '@/tests/harness/chromium';
import { ROOT } from '@/tests/harness/root';
import type { Question, run } from '@/tests/pages/detection/noise-frames';

const SCALES = [0, 0.1, 0.3];

test('the detector finds again what was recorded', { timeout: 300_000 }, async () => {
  const { picture: sample, ...params } = HERO;
  const question: Question = { sample, scales: SCALES, params };
  const { width, height, frames } = await runSuite<Awaited<ReturnType<typeof run>>>(
    'tests/pages/detection/noise-frames.ts',
    question,
    {
      gpu: 'no-gpu',
      folders: { '/samples/': join(ROOT, 'public/samples'), '/public/': join(ROOT, 'public') },
    },
  );
  expect({ width, height }).toEqual({ width: RECORDED.made.width, height: RECORDED.made.height });
  for (const { noise, boxes } of frames) {
    const recorded = RECORDED.frames.find((frame) => frame.noise === noise)!;
    expect(boxes.length, `noise ${noise}`).toBe(recorded.boxes.length);
    // A browser of another version may decode the picture a little differently.
    for (const [i, box] of boxes.entries())
      for (const [at, value] of box.entries())
        expect(Math.abs(value - recorded.boxes[i]![at]!)).toBeLessThan(at < 4 ? 2 : 0.03);
  }
});
