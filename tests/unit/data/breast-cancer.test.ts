import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  BREAST_CANCER_BOUNDS,
  BREAST_CANCER_FEATURES,
  BREAST_CANCER_PATH,
  BREAST_CANCER_SHA256,
  BREAST_CANCER_WIDTH,
  kFold,
  loadBreastCancer,
  parseBreastCancer,
  scaleBreastCancer,
} from '@/lib/data';
import { SeededRandom } from '@/lib/random';
import { PUBLIC } from '@/tests/harness/root';

const FILE = join(PUBLIC, BREAST_CANCER_PATH);
const bytes = readFileSync(FILE);
const text = bytes.toString();
const lines = text.trimEnd().split('\n');
const header = lines[0]!;
const first = lines[1]!;

const served = (content: Uint8Array | null) => ({
  assetUrl: (path: string) => `/${path}`,
  fetch: async () => new Response(content as BodyInit | null, { status: content ? 200 : 404 }),
});
const withCell = (row: string, column: number, cell: string) =>
  row
    .split(',')
    .map((old, i) => (i === column ? cell : old))
    .join(',');

describe('the tumour table', () => {
  it('has 212 malignant and 357 benign tumours, with the values of the file', async () => {
    const { values, labels, size, sha256 } = await loadBreastCancer(served(bytes));
    expect(size).toBe(569);
    expect(labels.filter((label) => label === 0)).toHaveLength(212);
    expect(labels.filter((label) => label === 1)).toHaveLength(357);
    expect(sha256).toBe(BREAST_CANCER_SHA256);
    expect(values).toHaveLength(569 * 30);
    for (const i of [0, 1, 300, 568])
      expect([...values.slice(i * 30, (i + 1) * 30), labels[i]]).toEqual(
        lines[i + 1]!.split(',').map(Number),
      );
  });

  it('has the columns that the ranges speak of', () => {
    expect(header.split(',').slice(0, -1)).toEqual(BREAST_CANCER_FEATURES);
    expect(BREAST_CANCER_BOUNDS).toHaveLength(BREAST_CANCER_WIDTH);
    for (const [low, high] of BREAST_CANCER_BOUNDS) expect(low).toBeLessThan(high);
  });

  it('is read with Windows line ends and a byte order mark too', () => {
    expect(parseBreastCancer(`\uFEFF${lines.slice(0, 4).join('\r\n')}\r\n`)).toEqual(
      parseBreastCancer(lines.slice(0, 4).join('\n')),
    );
  });

  it.each([
    ['table-header-unknown', 'mean_radius', text.replace('mean_radius', 'radius')],
    ['table-header-unknown', '32 columns', `${header},more\n${first}`],
    ['table-header-unknown', 'target', lines.map((line) => line.replace(/,[^,]*$/, '')).join('\n')],
    ['table-header-unknown', 'Column 1', ''],
    ['table-empty', 'no rows', `${header}\n`],
    ['table-row-malformed', 'Line 3', `${header}\n${first}\n1,2,3`],
    ['table-row-malformed', 'Line 3', `${header}\n${first}\n\n${first}`],
    ['table-value-invalid', 'Line 2', `${header}\n${withCell(first, 4, '')}`],
    ['table-value-invalid', '“n/a” for mean_texture', `${header}\n${withCell(first, 1, 'n/a')}`],
    ['table-value-invalid', '“-1” for mean_area', `${header}\n${withCell(first, 3, '-1')}`],
    ['table-value-invalid', '“Infinity”', `${header}\n${withCell(first, 3, 'Infinity')}`],
    ['table-class-unknown', 'Line 2', `${header}\n${withCell(first, 30, '2')}`],
    ['table-class-unknown', 'Line 2', `${header}\n${withCell(first, 30, '')}`],
  ])('is refused with %s, naming %s', (code, words, content) => {
    expect(() => parseBreastCancer(content)).toThrow(
      expect.objectContaining({
        name: 'DataError',
        code,
        message: expect.stringContaining(words),
        remedy: expect.stringMatching(/./),
      }),
    );
  });

  it('is refused if one byte is not the one the site was made with', async () => {
    const damaged = Uint8Array.from(bytes);
    damaged[5000]! ^= 1;
    await expect(loadBreastCancer(served(damaged))).rejects.toMatchObject({ code: 'file-damaged' });
    await expect(loadBreastCancer(served(null))).rejects.toMatchObject({ code: 'file-missing' });
  });
});

it('stops loading though the file arrived in full meanwhile', async () => {
  const stop = new AbortController();
  const { assetUrl } = served(bytes);
  const fetch = async () => {
    stop.abort();
    return new Response(bytes);
  };
  await expect(loadBreastCancer({ assetUrl, fetch, signal: stop.signal })).rejects.toMatchObject({
    name: 'AbortError',
  });
});

describe('scaling by public ranges', () => {
  const row = (value: (column: number) => number) => ({
    values: Float64Array.from({ length: 30 }, (_, column) => value(column)),
    labels: new Uint8Array(1),
    size: 1,
  });

  it('takes the ends of each range to −1 and 1, its middle to 0, and clamps what lies beyond', () => {
    const at = (share: number) =>
      scaleBreastCancer(
        row((column) => {
          const [low, high] = BREAST_CANCER_BOUNDS[column]!;
          return low + share * (high - low);
        }),
      );
    for (const [share, expected] of [
      [0, -1],
      [0.25, -0.5],
      [0.5, 0],
      [1, 1],
      [-3, -1],
      [7, 1],
    ] as const)
      for (const value of at(share)) expect(value).toBeCloseTo(expected, 6);
  });

  it('leaves a row as it is whoever else is in the table', () => {
    const whole = scaleBreastCancer(parseBreastCancer(text));
    for (const i of [0, 212, 568]) {
      const alone = scaleBreastCancer(parseBreastCancer(`${header}\n${lines[i + 1]}`));
      expect(alone).toEqual(whole.slice(i * 30, (i + 1) * 30));
    }
  });

  it('keeps what tells the classes apart: logistic regression is right for 95 % in five folds', () => {
    const { labels, size, ...rest } = parseBreastCancer(text);
    const inputs = scaleBreastCancer({ labels, size, ...rest });
    const score = (weights: Float64Array, i: number) => {
      let sum = weights[30]!;
      for (let j = 0; j < 30; j++) sum += weights[j]! * inputs[i * 30 + j]!;
      return sum;
    };
    let right = 0;
    for (const { train, test } of kFold(size, 5, new SeededRandom(7))) {
      const weights = new Float64Array(31);
      for (let step = 0; step < 500; step++) {
        const gradient = new Float64Array(31);
        for (const i of train) {
          const error = 1 / (1 + Math.exp(-score(weights, i))) - labels[i]!;
          for (let j = 0; j < 30; j++) gradient[j]! += error * inputs[i * 30 + j]!;
          gradient[30]! += error;
        }
        for (let j = 0; j < 31; j++) weights[j]! -= (2 * gradient[j]!) / train.length;
      }
      for (const i of test) if (score(weights, i) > 0 === (labels[i] === 1)) right++;
    }
    expect(right / size).toBeGreaterThan(0.95);
  });
});
