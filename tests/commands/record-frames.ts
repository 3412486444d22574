/**
 * Runs the experiment behind the noise slider on the picture of the home page, once at every position of its slider, and writes the boxes
 * to components/home/noise/recorded-frames.json: what the page shows until the detector is loaded. `npm run record-frames`. In
 * Chromium, which scales the picture as a visitor's browser does, on WASM, so that it can be repeated anywhere.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HERO, noiseParameters } from '@/components/home/noise/parameters';
import type { RecordedFrames } from '@/components/home/noise/recorded';
import { sampleById } from '@/components/vision/samples';
import { parseYoloLabels } from '@/lib/detection/metrics/labels';
import { openSuite } from '@/tests/harness/chromium';
import { ROOT } from '@/tests/harness/root';
import type { Question, run } from '@/tests/pages/detection/noise-frames';

const SAMPLES = join(ROOT, 'public/samples');
const FILE = join(ROOT, 'components/home/noise/recorded-frames.json');
/** Whole pixels and whole per cent: finer than anything that is drawn. */
const [PIXELS, SCORES] = [0, 2];

const { min, max, step } = noiseParameters.declarations.noise;
const scales = Array.from({ length: Math.round((max - min) / step) + 1 }, (_, i) =>
  Number((min + i * step).toFixed(4)),
);
const { picture: sample, ...params } = HERO;
const { file, alt } = sampleById(sample);
const suite = await openSuite('tests/pages/detection/noise-frames.ts', {
  ...{ gpu: 'no-gpu', timeout: 600_000 },
  folders: { '/samples/': SAMPLES, '/public/': join(ROOT, 'public') },
});
try {
  const found = await suite.call<Awaited<ReturnType<typeof run>>>({
    ...{ sample, scales, params },
  } satisfies Question);
  const { width, height, detector } = found;
  const rounded = (box: readonly number[]) =>
    box.map((value, at) => Number(value.toFixed(at < 4 ? PIXELS : SCORES)));
  const labels = parseYoloLabels(readFileSync(join(SAMPLES, `labels/faces/${sample}.txt`), 'utf8'), {
    width,
    height,
  });
  const recorded = {
    made: {
      ...{ command: 'npm run record-frames', experiment: 'detect', origin: 'recorded' },
      ...{ sample, file, alt, width, height, title: detector, backend: 'wasm' },
      sha256: createHash('sha256')
        .update(readFileSync(join(SAMPLES, file)))
        .digest('hex'),
      date: new Date().toISOString().slice(0, 10),
      ...params,
    },
    faces: labels.map(({ box }) => rounded(box)),
    frames: found.frames.map(({ noise, boxes }) => ({ noise, boxes: boxes.map(rounded) })),
  } as unknown as RecordedFrames;
  const { made, faces, frames } = recorded;
  const lines = frames.map((frame) => `    ${JSON.stringify(frame)}`).join(',\n');
  writeFileSync(
    FILE,
    `{\n  "made": ${JSON.stringify(made)},\n  "faces": ${JSON.stringify(faces)},\n  "frames": [\n${lines}\n  ]\n}\n`,
  );
  console.log(frames.map(({ noise, boxes }) => `${noise}: ${boxes.length}`).join('  '));
} finally {
  await suite.close();
}
