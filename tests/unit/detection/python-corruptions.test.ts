/**
 * The programs of the corruptions, run: each does to a picture what the formulas of ImageNet-C's authors do. Their input is that of
 * `imagenet-c.test.ts`, and so are the figures.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CorruptionKind, corrupt, pythonExample, type Severity } from '@/lib/detection';
import { SeededRandom } from '@/lib/random';
import { findPython, runPython } from '@/tests/harness/python';
import { AUTHORS, figures, PICTURE } from './support/imagenet-c';

const FIXTURES = resolve('tests/fixtures/python');
const python = findPython();
const why = python ? '' : ' (skipped: needs Python with NumPy and Pillow)';

vi.setConfig({ testTimeout: 120_000 });

describe.skipIf(!python)(`the program of a corruption${why}`, () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'corruptions-'));
    const { width, height, data } = PICTURE;
    const bytes = Uint8Array.from(data, (value) => Math.round(255 * value));
    await sharp(bytes, { raw: { width, height, channels: 3 } }).toFile(join(folder, 'picture.png'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function byProgram(kind: CorruptionKind, severity: Severity): Float32Array {
    const { width, height } = PICTURE;
    const settings = { picture: 'picture.png', width, height, kind, scale: severity / 5, inputSize: width };
    process.env.NETWORK_INPUT = join(folder, 'input.f32');
    runPython(python!, pythonExample({ ...settings, seed: 3, confidence: 0.25, checkpoint: 'yolo26n.pt' }), {
      cwd: folder,
      path: [FIXTURES],
    });
    const bytes = readFileSync(process.env.NETWORK_INPUT);
    return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  }

  it.each([
    ['glass-blur', 4, 0.03],
    ['motion-blur', 1, 0.3],
    ['snow', 3, 0.15],
    ['snow', 5, 0.15],
    ['fog', 5, 0.5],
    ['elastic', 1, 0.4],
    ['elastic', 4, 0.4],
  ] as const)('%s, severity %i: the figures of the authors', (kind, severity, within) => {
    const data = byProgram(kind, severity);
    const [mean, deviation, change] = figures(data);
    const [theirMean, theirDeviation, theirChange] = AUTHORS[kind][severity - 1]!;
    expect(Math.abs(change / theirChange - 1)).toBeLessThan(within);
    expect(Math.abs(deviation / theirDeviation - 1)).toBeLessThan(within);
    expect(Math.abs(mean - theirMean)).toBeLessThan(within > 0.1 ? 0.12 : 0.007);
  });

  it.each([1, 5] as const)('zoom blur, severity %i: the same picture as on the page', (severity) => {
    const page = corrupt('zoom-blur', PICTURE, severity, new SeededRandom(1)).data;
    const program = byProgram('zoom-blur', severity);
    // The program's has 256 levels.
    expect(program.reduce((most, value, i) => Math.max(most, Math.abs(value - page[i]!)), 0)).toBeLessThan(
      0.6 / 255,
    );
  });

  it.each([1, 5] as const)(
    'frost, severity %i: as bright, as rough and as far as on the page',
    (severity) => {
      const of = (data: Float32Array) => figures(data);
      const page = [1, 2, 3, 4].map((seed) =>
        of(corrupt('frost', PICTURE, severity, new SeededRandom(seed)).data),
      );
      const program = of(byProgram('frost', severity));
      for (const [i, value] of program.entries()) {
        const ours = page.map((row) => row[i]!);
        expect(value).toBeGreaterThan(0.7 * Math.min(...ours));
        expect(value).toBeLessThan(1.3 * Math.max(...ours));
      }
    },
  );
});
