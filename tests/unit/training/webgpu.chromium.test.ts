/** Kernels of our own on WebGPU (a software adapter), in real Chromium: against plain loops in double, and in whole steps. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '@/lib/kernels/trial';
import { SeededRandom } from '@/lib/random';
import { type OpenSuite, openSuite } from '@/tests/harness/chromium';
import { hasChromium } from '@/tests/harness/find-chromium';
import type { Errors, Question } from '../../pages/training/webgpu';
import { type Comparison, type ReferenceCase, relativeError } from './support/reference-case';

const file = JSON.parse(readFileSync('tests/fixtures/reference/dpsgd_step.json', 'utf8')) as {
  cases: ReferenceCase[];
};

describe.skipIf(!hasChromium())('own kernels on WebGPU', () => {
  let suite: OpenSuite;
  beforeAll(async () => {
    suite = await openSuite('tests/pages/training/webgpu.ts');
  });
  afterAll(() => suite?.close());

  async function ask<Answer>(question: Question): Promise<Answer> {
    const { answer, refused, leaked } = await suite.call<{
      answer: Answer;
      refused: string[];
      leaked: number;
    }>(question);
    expect(refused).toEqual([]);
    expect(leaked).toBe(0);
    return answer;
  }
  const expectSmall = (errors: Errors, count: number) => {
    expect(Object.keys(errors)).toHaveLength(count);
    for (const [name, error] of Object.entries(errors)) expect(error, name).toBeLessThan(2e-6);
  };

  test('products agree with loops in double: every tail, every tile, random sizes', async () => {
    const random = new SeededRandom(9);
    const side = () => 1 + random.integer(70);
    const shapes: [number, number, number][] = [
      // Tails of all lengths, beside whole vectors.
      ...[1, 2, 3, 5, 7].flatMap((n): [number, number, number][] => [
        [n, 8, 12],
        [8, n, 12],
        [8, 12, n],
      ]),
      ...Array.from({ length: 12 }, (): [number, number, number] => [side(), side(), side()]),
      // Large enough for the larger tiles, with and without an edge that sticks out.
      [256, 16, 256],
      [259, 13, 262],
      [1030, 9, 20],
      [64, 784, 128],
    ];
    expectSmall(await ask({ kind: 'products', shapes }), 3 * shapes.length);
  });

  test('nothing to multiply gives zeros, or nothing', async () => {
    const shapes: [number, number, number][] = [
      [3, 0, 4],
      [0, 3, 4],
    ];
    expectSmall(await ask({ kind: 'products', shapes }), 6);
  });

  test('sums, lengths and softmax agree with loops in double', async () => {
    const shapes: [number, number][] = [
      [1, 1],
      [1, 10],
      [3, 4],
      [7, 10],
      [65, 5],
      [200, 128],
      [513, 10],
    ];
    expectSmall(await ask({ kind: 'passes', shapes }), 4 * shapes.length);
  });

  test('what is no number stays in its row', async () => {
    const [product, sums, losses, slopes] = await ask<number[][]>({ kind: 'outliers' });
    const [nan, inf] = [Number.NaN, Number.POSITIVE_INFINITY];
    expect(product).toEqual([3, 3, nan, nan, 3, 3, 3, 3, inf, inf]);
    expect(sums).toEqual([inf, nan, 5]);
    expect(losses).toEqual([0, 2e4]);
    expect(slopes).toEqual([0, 0, 0, 0, -1, 1]);
  });

  test.each(file.cases.map((reference) => [reference.name, reference] as const))(
    '%s agrees to 1e-5 by own products',
    async (_, reference) => {
      const { comparisons, kind } = await ask<{ comparisons: Comparison[]; kind: string }>({
        kind: 'reference',
        reference,
      });
      expect(kind).toBe('own');
      expect(comparisons.length).toBeGreaterThan(10);
      for (const comparison of comparisons)
        expect(relativeError(comparison), comparison.what).toBeLessThan(1e-5);
    },
  );

  test('buffers stay as many as they are, step after step', async () => {
    const [early, late] = await ask<[unknown, unknown]>({ kind: 'steps', count: 200 });
    expect(late).toEqual(early);
  });

  describe('chosen by trial', () => {
    interface Choice {
      kind: string;
      inUse: string;
      remembered: Outcome | null;
    }
    const outcome = (chosen: string): Outcome => ({ chosen, figures: [] });

    test('the one that was found is in use and remembered, with its figures', async () => {
      const { kind, inUse, remembered } = await ask<Choice>({
        kind: 'choose',
        preference: 'auto',
        known: null,
      });
      expect(remembered?.chosen).toBe(kind);
      expect(inUse).toBe(kind);
      expect(remembered?.figures.map(({ name }) => name)).toEqual(['own', 'stock']);
      const found = remembered?.figures.find(({ name }) => name === kind);
      expect(found?.refused).toBeNull();
      expect(found?.error).toBeGreaterThan(0);
      expect(found?.error).toBeLessThan(1e-5);
    });

    test.each([
      ['auto', 'stock', 'stock'],
      ['auto', 'own', 'own'],
      ['stock', 'own', 'stock'],
      ['own', 'stock', 'own'],
    ] as const)('asked for: %s, remembered: %s, taken: %s', async (preference, chosen, expected) => {
      const answer = await ask<Choice>({ kind: 'choose', preference, known: outcome(chosen) });
      expect(answer).toEqual({ kind: expected, inUse: expected, remembered: null });
    });
  });
});
