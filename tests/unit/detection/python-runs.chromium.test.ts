/**
 * "The same in Python" is the same: the page reads a file, disturbs it and fits it into the network's square; the program is run
 * on the same file, with a stand-in for Ultralytics that keeps what its network would see. The two inputs are compared.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type NoiseKind, type PixelImage, PixelNoise, pythonExample } from '@/lib/detection';
import { centredSquare } from '@/lib/detection/letterbox';
import { SeededRandom } from '@/lib/random';
import { toPixelImage } from '@/lib/vision/pictures';
import { type OpenSuite, openSuite } from '@/tests/harness/chromium';
import { hasChromium } from '@/tests/harness/find-chromium';
import { findPython, runPython } from '@/tests/harness/python';

const FIXTURES = resolve('tests/fixtures/python');
const python = findPython();
const able = python !== null && hasChromium();
const why = able ? '' : ' (skipped: needs Python with NumPy and Pillow, and Chromium)';

// Each case starts Python and looks at a million pixels: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 600_000 });

describe.skipIf(!able)(`the program beside the picture${why}`, () => {
  let suite: OpenSuite;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'python-'));
    runPython(python!, readFileSync(join(FIXTURES, 'pictures.py'), 'utf8'), { cwd: folder });
    suite = await openSuite('tests/pages/vision/read-file.ts', { folders: { '/pictures/': folder } });
  });
  afterAll(async () => {
    await suite?.close();
    if (folder) rmSync(folder, { recursive: true });
  });

  async function onPage(picture: string, limit: number): Promise<PixelImage> {
    const { width, height, base64 } = await suite.call<{ width: number; height: number; base64: string }>({
      url: `/pictures/${picture}`,
      limit,
    });
    return toPixelImage({ width, height, data: new Uint8ClampedArray(Buffer.from(base64, 'base64')) });
  }

  /** What the network would see, by the program. */
  function byProgram(picture: string, image: PixelImage, kind: NoiseKind, scale: number, inputSize: number) {
    const { width, height } = image;
    const settings = { picture, width, height, kind, scale, inputSize };
    const program = pythonExample({ ...settings, seed: 3, confidence: 0.25, checkpoint: 'yolo26n.pt' });
    process.env.NETWORK_INPUT = join(folder, 'input.f32');
    expect(runPython(python!, program, { cwd: folder, path: [FIXTURES] })).toBe('0 detections\n');
    const bytes = readFileSync(process.env.NETWORK_INPUT);
    return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  }

  const noise = new PixelNoise((seed) => new SeededRandom(seed));
  const byPage = (image: PixelImage, kind: NoiseKind, scale: number, inputSize: number) =>
    centredSquare(noise.apply(image, { kind, scale, seed: 3 }), inputSize);

  it.each([
    ['large.png', 640],
    ['large.png', 1280],
    ['small.png', 640],
    ['tall.jpg', 640],
    ['turned.jpg', 640],
    ['clear.png', 640],
    ['grey16.png', 640],
    ['grey.jpg', 640],
    ['palette.png', 640],
    ['cmyk.jpg', 640],
    ['bilevel.png', 640],
    ['grey-clear.png', 640],
    ['colour16.png', 640],
    ['photo.webp', 640],
    ['frames.gif', 640],
    ['plain.bmp', 640],
    ['mirrored.jpg', 640],
  ])('sees %s as the page does, at %i pixels', async (picture, size) => {
    const image = await onPage(picture, Math.max(640, size));
    const [page, program] = [
      byPage(image, 'gaussian', 0, size),
      byProgram(picture, image, 'gaussian', 0, size),
    ];
    expect(program).toHaveLength(page.length);
    const apart = difference(page, program);
    // JPEG decoders may round otherwise; one level for what is blended or interpolated.
    expect(apart.mean).toBeLessThan(0.5 / 255);
    expect(apart.most).toBeLessThan(picture.endsWith('.jpg') ? 6 / 255 : 2.01 / 255);
  });

  const RANDOM = [
    ...(['gaussian', 'laplace', 'uniform', 'salt-and-pepper'] as const),
    ...(['gaussian-noise', 'shot-noise', 'impulse-noise'] as const),
  ];
  it.each(
    RANDOM.flatMap(
      (kind) =>
        [
          [kind, 'large.png', 320, 0.1],
          [kind, 'small.png', 640, 0.4],
        ] as const,
    ),
  )(
    '%s on %s at %i pixels, scale %f: the same strength at the network’s input, within 1 %%',
    async (kind, picture, size, scale) => {
      const image = await onPage(picture, 640);
      const clean = byPage(image, kind, 0, size);
      const page = deviation(byPage(image, kind, scale, size), clean);
      const program = deviation(byProgram(picture, image, kind, scale, size), clean);
      expect(Math.abs(program / page - 1)).toBeLessThan(0.01);
    },
  );

  it.each([
    ['blur', 'large.png', 640, 0.25],
    ['blur', 'small.png', 640, 0.5],
    ['pixelation', 'large.png', 640, 0.3],
    ['jpeg', 'large.png', 640, 0.9],
    ['jpeg', 'small.png', 640, 0.6],
    ['defocus-blur', 'large.png', 640, 0.6],
    ['defocus-blur', 'small.png', 640, 1],
    ['brightness', 'small.png', 640, 0.6],
    ['contrast', 'large.png', 640, 0.4],
    ['pixelate', 'small.png', 640, 0.8],
    ['jpeg-compression', 'large.png', 640, 0.6],
  ] as const)('%s on %s at %i pixels, scale %f: the same picture', async (kind, picture, size, scale) => {
    const image = await onPage(picture, 640);
    const page = byPage(image, kind, scale, size);
    const program = byProgram(picture, image, kind, scale, size);
    const clean = byPage(image, kind, 0, size);
    // Both take the picture far away, to the same place.
    expect(difference(page, program).mean).toBeLessThan(1 / 255);
    // A third of a level is what rounding to 8 bits alone makes; two encoders of JPEG differ by twice that.
    const rounding = kind.startsWith('jpeg') ? 0.7 / 255 : 0.3 / 255;
    expect(difference(page, program).mean).toBeLessThan(
      Math.max(rounding, 0.1 * difference(page, clean).mean),
    );
  });
});

function difference(a: Float32Array, b: Float32Array) {
  let [sum, most] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    const apart = Math.abs(a[i]! - b[i]!);
    sum += apart;
    most = Math.max(most, apart);
  }
  return { mean: sum / a.length, most };
}

/** Root mean square of what was added. */
function deviation(noisy: Float32Array, clean: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < noisy.length; i++) sum += (noisy[i]! - clean[i]!) ** 2;
  return Math.sqrt(sum / noisy.length);
}
