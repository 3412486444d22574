/** The noise slider of the home page: what is recorded, what is drawn, what plays by itself, which dots stay. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { facesFound } from '@/components/home/noise/found';
import { NoiseField, NoisyPicture } from '@/components/home/noise/noisy-picture';
import { HERO, noiseParameters } from '@/components/home/noise/parameters';
import { noiseAt, PLAY_MS, strongestSince } from '@/components/home/noise/play';
import { FACES, frameAt, RECORDED } from '@/components/home/noise/recorded';
import { type Visit, withVisit } from '@/components/home/noise/visits';
import { sampleById } from '@/components/vision/samples';
import { parseYoloLabels } from '@/lib/detection/metrics/labels';
import { pixelNoise, toPixelImage, toRgba } from '@/lib/vision/pictures';

const { noise: SLIDER } = noiseParameters.declarations;
const { made, frames, faces } = RECORDED;

describe('the recorded looks', () => {
  test('are there for every position of the slider, in order, and small', () => {
    const positions = Array.from({ length: Math.round(SLIDER.max / SLIDER.step) + 1 }, (_, i) =>
      Number((i * SLIDER.step).toFixed(2)),
    );
    expect(frames.map(({ noise }) => noise)).toEqual(positions);
    expect(gzipSync(JSON.stringify(RECORDED)).length).toBeLessThan(3000);
  });

  test('are of the picture that is served, with the settings that the live look has', () => {
    const sample = sampleById(HERO.picture);
    expect(made).toMatchObject({ sample: HERO.picture, file: sample.file, alt: sample.alt });
    const file = readFileSync(`public/samples/${made.file}`);
    expect(createHash('sha256').update(file).digest('hex')).toBe(made.sha256);
    const { picture: _, ...settings } = HERO;
    expect(made).toMatchObject(settings);
    expect(made).toMatchObject({ origin: 'recorded', experiment: 'detect', backend: 'wasm' });
  });

  test('hold boxes on the picture, the most certain first, each above the threshold', () => {
    for (const { boxes } of frames) {
      expect(boxes.map(([, , , , score]) => score)).toEqual(
        boxes.map(([, , , , s]) => s).sort((a, b) => b - a),
      );
      for (const [x1, y1, x2, y2, score] of boxes) {
        expect(x2 - x1).toBeGreaterThan(10);
        expect(y2 - y1).toBeGreaterThan(10);
        expect(Math.min(x1, y1)).toBeGreaterThanOrEqual(-10);
        expect(x2).toBeLessThanOrEqual(made.width + 10);
        expect(y2).toBeLessThanOrEqual(made.height + 10);
        expect(score).toBeGreaterThanOrEqual(HERO.confidence);
        expect(score).toBeLessThanOrEqual(1);
      }
    }
  });

  test('are judged by the faces that were marked by eye: all of them without noise, none at the end', () => {
    const labels = parseYoloLabels(
      readFileSync(`public/samples/labels/faces/${made.sample}.txt`, 'utf8'),
      made,
    );
    expect(faces.length).toBe(labels.length);
    for (const [i, { box }] of labels.entries())
      for (const [at, side] of box.entries()) expect(Math.abs(faces[i]![at]! - side)).toBeLessThan(0.51);
    expect(facesFound(frameAt(0).detections).count).toBe(FACES.length);
    expect(facesFound(frameAt(SLIDER.default).detections).count).toBe(4);
    expect(facesFound(frameAt(SLIDER.max).detections).count).toBe(0);
  });
});

test('a face is found once, by a box that overlaps it by half; a box elsewhere finds nothing', () => {
  const [x1, y1, x2, y2] = FACES[2]!;
  const look = (box: readonly [number, number, number, number]) => ({
    ...{ box, score: 0.9, classId: 0, className: 'face' },
  });
  const wide = x2 - x1;
  expect(facesFound([look(FACES[2]!), look(FACES[2]!)])).toEqual({
    faces: FACES.map((_, index) => index === 2),
    count: 1,
  });
  expect(facesFound([look([x1 + 0.3 * wide, y1, x2 + 0.3 * wide, y2])]).count).toBe(1);
  expect(facesFound([look([x1 + 0.4 * wide, y1, x2 + 0.4 * wide, y2])]).count).toBe(0);
});

describe('the noise that the page draws', () => {
  const [width, height] = [173, 101];
  const data = Uint8ClampedArray.from({ length: 4 * width * height }, (_, i) =>
    i % 4 === 3 ? 255 : (i * 37 + (i >> 5)) % 256,
  );
  const picture = { width, height, data };
  // A matcher of the test runner would look at each value by itself.
  const isSame = (a: Uint8ClampedArray, b: Uint8ClampedArray) => Buffer.from(a).equals(Buffer.from(b));
  const ofExperiment = (scale: number) =>
    toRgba(pixelNoise.apply(toPixelImage(picture), { kind: 'gaussian', scale, seed: HERO.seed })).data;

  test.each([0, 0.01, 0.1, 0.4])(
    'at %s is the experiment’s own, value for value, drawn at once or bit by bit',
    (scale) => {
      const length = 3 * picture.width * picture.height;
      const atOnce = new NoisyPicture(picture, new NoiseField(length, HERO.seed));
      expect(isSame(atOnce.at(scale).data, ofExperiment(scale))).toBe(true);
      const field = new NoiseField(length, HERO.seed);
      let turns = 1;
      while (!field.draw()) turns++;
      const slowly = new NoisyPicture(picture, field);
      expect(turns).toBeGreaterThan(1);
      expect(isSame(slowly.at(scale).data, ofExperiment(scale))).toBe(true);
      expect(isSame(slowly.at(scale).data, data)).toBe(scale === 0);
    },
  );
});

describe('what plays by itself', () => {
  test('begins without noise, loses every face, and ends where the slider stands', () => {
    expect(noiseAt(0)).toBe(0);
    expect(noiseAt(1)).toBe(SLIDER.default);
    expect(noiseAt(2)).toBe(SLIDER.default);
    const all = Array.from({ length: 101 }, (_, i) => noiseAt(i / 100));
    expect(facesFound(frameAt(Math.max(...all)).detections).count).toBe(0);
    expect(PLAY_MS).toBeLessThan(5000);
  });

  test('stays on positions of the slider, and never jumps', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        const noise = noiseAt(share);
        expect(frameAt(noise).noise).toBe(noise);
        expect(Math.abs(noiseAt(share + 0.005) - noise)).toBeLessThan(0.0201);
      }),
    );
  });
});

test('a dot stays, in its place; a live look takes the place of a recorded one, never the other way', () => {
  const visit = fc.record({
    noise: fc.integer({ min: 0, max: 40 }).map((position) => position / 100),
    found: fc.integer({ min: 0, max: 6 }),
    live: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(visit, { maxLength: 60 }), (made) => {
      const visits = made.reduce<readonly Visit[]>(withVisit, []);
      expect(visits.map(({ noise }) => noise)).toEqual(
        [...new Set(made.map(({ noise }) => noise))].sort((a, b) => a - b),
      );
      for (const { noise, found, live } of visits) {
        const there = made.filter((one) => one.noise === noise);
        const first = there.find((one) => one.live) ?? there[0]!;
        expect({ noise, found, live }).toEqual(first);
      }
    }),
  );
});

test('a slow processor draws few pictures of the play, and the strongest noise is among them', () => {
  const drawn = (pictures: number) =>
    Array.from({ length: pictures }, (_, i) => strongestSince(i / pictures, (i + 1) / pictures));
  for (const pictures of [1, 2, 3, 7, 240]) expect(Math.max(...drawn(pictures))).toBe(0.3);
  expect(drawn(240).at(-1)).toBe(0.1);
});
