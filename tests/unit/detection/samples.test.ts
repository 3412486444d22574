import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepare } from '@/lib/commands/prepare/samples';
import {
  addNoise,
  COCO_CLASSES,
  compareDetections,
  type PixelImage,
  PixelNoise,
  parseYoloLabels,
  type SetPoint,
  sweepSet,
  unitField,
} from '@/lib/detection';
import { loadFaceDetector, type TinyYoloFaces } from '@/lib/detection/faces';
import { SeededRandom } from '@/lib/random';
import { startBackend } from '@/tests/harness/backend';
import { ROOT } from '@/tests/harness/root';
import credits from '../../../public/samples/credits.json';
import { fromPackage } from './support/faces';
import { readPicture } from './support/pictures';

const FOLDER = join(ROOT, 'public/samples');

describe('the sample pictures', () => {
  it('are credited one by one, with a licence', async () => {
    await prepare();
    for (const sample of credits.samples)
      for (const source of sample.sources)
        expect(source.licence).toMatch(/^(Public domain|CC0 1\.0|CC BY 2\.0|GPL-2\.0-or-later)/);
  });

  it('cannot gain an uncredited picture, or change, unnoticed', async () => {
    const copy = await mkdtemp(join(tmpdir(), 'samples-'));
    try {
      await cp(FOLDER, copy, { recursive: true });
      await prepare(copy);
      await writeFile(join(copy, 'stranger.jpg'), 'x');
      await expect(prepare(copy)).rejects.toThrow('stranger.jpg');
      await rm(join(copy, 'stranger.jpg'));
      await writeFile(join(copy, 'astronaut.jpg'), 'x');
      await expect(prepare(copy)).rejects.toThrow('astronaut.jpg');
    } finally {
      await rm(copy, { recursive: true });
    }
  });
});

describe.each([
  ['astronaut.jpg', 1],
  ['admiral.jpg', 1],
  ['photographer.jpg', 1],
  ['four-musicians.jpg', 4],
  ['six-people.jpg', 5],
])('the faces in %s', (file, faces) => {
  let detector: TinyYoloFaces;
  let image: PixelImage;
  beforeAll(async () => {
    await startBackend('wasm');
    detector = await loadFaceDetector(fromPackage);
    image = await readPicture(join(FOLDER, file));
  });
  afterAll(() => detector.dispose());

  const noisy = (scale: number) =>
    detector.detect(addNoise(image, unitField('gaussian', image.data.length, new SeededRandom(1)), scale), {
      confidence: 0.5,
    });

  it('are found in the clean picture, fewer or weaker with noise, and gone at 0.5', async () => {
    const clean = await detector.detect(image, { confidence: 0.5 });
    expect(clean).toHaveLength(faces);
    const some = compareDetections(await noisy(0.2), clean);
    const sum = (scores: readonly { score: number }[]) =>
      scores.reduce((total, { score }) => total + score, 0);
    const matched = some.matches
      .filter(({ reference }) => reference !== null)
      .map(({ detection }) => detection);
    expect(sum(matched)).toBeLessThan(sum(clean));
    expect(compareDetections(await noisy(0.5), clean).recall).toBe(0);
  });
});

describe('the labels of the sample pictures', () => {
  const labels = (sample: (typeof credits.samples)[number], kind: 'faces' | 'coco') => {
    const file = sample.labels[kind];
    const classes = kind === 'faces' ? 1 : 80;
    return parseYoloLabels(readFileSync(join(FOLDER, file), 'utf8'), sample, { classes, file });
  };

  it('have the size of their picture, and as many faces as the credits say', async () => {
    for (const sample of credits.samples) {
      const { width, height } = await readPicture(join(FOLDER, sample.file));
      expect([sample.file, width, height]).toEqual([sample.file, sample.width, sample.height]);
      expect([sample.file, labels(sample, 'faces').length]).toEqual([sample.file, sample.faces]);
      expect(labels(sample, 'coco').length).toBeGreaterThan(0);
    }
  });

  it('name several of the 80 kinds: people, animals, vehicles, food and furniture', () => {
    const names = new Set(
      credits.samples.flatMap((sample) => labels(sample, 'coco').map(({ classId }) => COCO_CLASSES[classId])),
    );
    for (const name of [
      'person',
      'elephant',
      'zebra',
      'cat',
      'bus',
      'airplane',
      'cup',
      'dining table',
      'pizza',
      'banana',
      'refrigerator',
    ])
      expect(names).toContain(name);
    expect(names.size).toBeGreaterThanOrEqual(15);
  });

  it('put every face inside a person', () => {
    for (const sample of credits.samples)
      for (const { box: face } of labels(sample, 'faces')) {
        const around = labels(sample, 'coco').filter(
          ({ classId, box: [x1, y1, x2, y2] }) =>
            classId === 0 && x1 <= face[0] && y1 <= face[1] && x2 >= face[2] && y2 >= face[3],
        );
        expect(around).toHaveLength(1);
      }
  });

  it('are found by the detector in clean pictures and lost in noise', async () => {
    await startBackend('wasm');
    const detector = await loadFaceDetector(fromPackage);
    const noise = new PixelNoise((seed) => new SeededRandom(seed));
    const points: SetPoint[] = [];
    for await (const point of sweepSet({
      detector,
      pictures: credits.samples.map((sample) => ({
        name: sample.file,
        load: () => readPicture(join(FOLDER, sample.file)),
        labels: labels(sample, 'faces'),
      })),
      scales: [0, 0.15, 0.3],
      seeds: [1],
      confidence: 0.5,
      disturb: (image, scale, seed, index) =>
        noise.apply(image, { kind: 'gaussian', scale, seed: 1000 * seed + index }),
    }))
      points.push(point);
    detector.dispose();
    const [clean, some, much] = points;
    expect(clean!.mAP50).toBeGreaterThan(0.95);
    expect(clean!.recall).toBeGreaterThan(0.9);
    expect(clean!.precision).toBe(1);
    expect(some!.recall).toBeLessThan(clean!.recall! - 0.2);
    expect(much!.recall).toBeLessThan(some!.recall!);
    expect(much!.mAP50).toBeLessThan(0.5);
  });
});
