/** Judging class by class: the same mean as all at once, and Stop gets a word in. */
import { expect, it } from 'vitest';
import { judgeBoxes } from '@/components/lessons/a-privately-trained-detector/experiments/scene-training';
import { averagePrecision, type EvaluatedPicture, type ScoredBox } from '@/lib/detection/metrics';
import { SeededRandom } from '@/lib/random';

function pictures(): EvaluatedPicture[] {
  const random = new SeededRandom(3);
  const near = (value: number) => value + 3 * random.uniform();
  return Array.from({ length: 12 }, () => {
    const groundTruth = Array.from({ length: 3 }, () => {
      const [x, y] = [40 * random.uniform(), 40 * random.uniform()];
      return { box: [x, y, x + 15, y + 15] as const, classId: random.integer(5) };
    });
    const predictions: ScoredBox[] = groundTruth.flatMap(({ box: [x1, y1, x2, y2], classId }) =>
      [classId, random.integer(11)].map((guess) => ({
        box: [near(x1), near(y1), near(x2), near(y2)] as const,
        classId: guess,
        score: random.uniform(),
      })),
    );
    return { predictions, groundTruth };
  });
}

it('gives the mean over the labelled classes, as all at once', async () => {
  const all = pictures();
  const expected = averagePrecision(all).mAP50!;
  expect(expected).toBeGreaterThan(0.2);
  expect(expected).toBeLessThan(0.98);
  expect(await judgeBoxes(all)).toBeCloseTo(expected, 12);
  expect(await judgeBoxes([])).toBe(0);
});

it('ends where a breath throws', async () => {
  let breaths = 0;
  const stopped = judgeBoxes(pictures(), async () => {
    if (++breaths === 2) throw new Error('stopped');
  });
  await expect(stopped).rejects.toThrow('stopped');
  expect(breaths).toBe(2);
});
