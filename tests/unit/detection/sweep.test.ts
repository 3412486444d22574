import { describe, expect, it, vi } from 'vitest';
import { type Detector, type PixelImage, type SweepPoint, summarise, sweep } from '@/lib/detection';

/** Sees as many boxes as the picture's first value says: a stand-in whose answers are known. */
function counter(): Detector & { detect: ReturnType<typeof vi.fn> } {
  return {
    id: 'counter',
    title: 'Counter',
    classes: ['thing'],
    inputSize: 32,
    memory: { parameters: 0, weightBytes: 0 },
    detect: vi.fn(async (image: PixelImage) =>
      Array.from({ length: Math.round(image.data[0]!) }, (_, i) => ({
        box: [20 * i, 0, 20 * i + 10, 10] as const,
        score: 0.9 - 0.1 * i,
        classId: 0,
        className: 'thing',
      })),
    ),
    dispose() {},
  };
}

const seeing = (count: number): PixelImage => ({ width: 1, height: 1, data: Float32Array.of(count, 0, 0) });
const options = () => ({
  detector: counter(),
  image: seeing(4),
  scales: [0, 1, 2],
  seeds: [7, 8],
  // Each unit of scale hides one box, and seed 8 one more.
  disturb: (image: PixelImage, scale: number, seed: number) =>
    seeing(image.data[0]! - scale - (seed === 8 && scale > 0 ? 1 : 0)),
  confidence: 0.25,
});

async function all(points: AsyncGenerator<SweepPoint>) {
  const result: SweepPoint[] = [];
  for await (const point of points) result.push(point);
  return result;
}

describe('a sweep over noise scales', () => {
  it('compares every point with the clean picture, scale by scale', async () => {
    const points = await all(sweep(options()));
    expect(points.map(({ scale, seed, count, recall, done }) => [scale, seed, count, recall, done])).toEqual([
      [0, 7, 4, 1, 1],
      [0, 8, 4, 1, 2],
      [1, 7, 3, 0.75, 3],
      [1, 8, 2, 0.5, 4],
      [2, 7, 2, 0.5, 5],
      [2, 8, 1, 0.25, 6],
    ]);
    expect(points.every(({ total, precision }) => total === 6 && precision === 1)).toBe(true);
  });

  it('compares with labels where there are some, and then never looks at the clean picture', async () => {
    const setting = options();
    const labels = [{ box: [0, 0, 10, 10] as const, classId: 0 }];
    const points = await all(sweep({ ...setting, references: labels, scales: [1], seeds: [7] }));
    expect(points[0]).toMatchObject({ count: 3, precision: 1 / 3, recall: 1 });
    expect(setting.detector.detect).toHaveBeenCalledTimes(1);
  });

  it('hands out each point before it works on the next', async () => {
    const setting = options();
    const points = sweep(setting);
    await points.next();
    expect(setting.detector.detect).toHaveBeenCalledTimes(2);
  });

  it('stops with the reason of the signal', async () => {
    const stop = new AbortController();
    const setting = options();
    const points = sweep({ ...setting, signal: stop.signal });
    await points.next();
    stop.abort();
    await expect(points.next()).rejects.toMatchObject({ name: 'AbortError' });
    expect(setting.detector.detect).toHaveBeenCalledTimes(2);
  });

  it('lets a stop in that comes as a message while the detector never yields', async () => {
    const stop = new AbortController();
    const setting = options();
    setTimeout(() => stop.abort());
    await expect(all(sweep({ ...setting, signal: stop.signal }))).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(setting.detector.detect.mock.calls.length).toBeLessThan(4);
  });

  it('averages over seeds, each figure over the points that have it', async () => {
    const points = await all(sweep({ ...options(), scales: [3, 1] }));
    expect(summarise(points)).toEqual([
      {
        scale: 1,
        points: 2,
        count: 2.5,
        meanConfidence: expect.closeTo(0.825, 6),
        referenceConfidence: expect.closeTo(0.5125, 6),
        precision: 1,
        recall: 0.625,
      },
      // Seed 8 sees nothing at scale 3: no confidence and no precision, but a recall of 0.
      {
        scale: 3,
        points: 2,
        count: 0.5,
        meanConfidence: expect.closeTo(0.9, 6),
        referenceConfidence: expect.closeTo(0.1125, 6),
        precision: 1,
        recall: 0.125,
      },
    ]);
  });
});
