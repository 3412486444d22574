/** Reference steps and every layer in real Chromium, on WASM and both GPU backends (software adapters). */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '@/tests/harness/backend';
import { type OpenSuite, openSuite } from '@/tests/harness/chromium';
import { hasChromium } from '@/tests/harness/find-chromium';
import { LAYER_CASES, layerResults } from './support/layer-checks';
import { type Comparison, type ReferenceCase, relativeError } from './support/reference-case';

const file = JSON.parse(readFileSync('tests/fixtures/reference/dpsgd_step.json', 'utf8')) as {
  cases: ReferenceCase[];
};

describe.skipIf(!hasChromium())('training in Chromium', () => {
  let suite: OpenSuite;
  beforeAll(async () => {
    suite = await openSuite('tests/pages/training/reference.ts');
  });
  afterAll(() => suite?.close());

  describe.each(['wasm', 'webgl', 'webgpu'])('on %s', (backend) => {
    test.each(file.cases.map((reference) => [reference.name, reference] as const))(
      '%s agrees to 1e-5 on every path',
      async (_, reference) => {
        const convolutional = reference.layers.some(({ type }) => type === 'conv2d');
        for (const path of convolutional ? ([undefined, 'ghost'] as const) : [undefined]) {
          const { answer, leaked } = await suite.call<{ answer: Comparison[]; leaked: number }>({
            backend,
            kind: 'case',
            reference,
            ...(path ? { path } : {}),
          });
          expect(answer.length).toBeGreaterThan(10);
          for (const comparison of answer)
            expect(relativeError(comparison), `${comparison.what}, path ${path}`).toBeLessThan(1e-5);
          expect(leaked).toBe(0);
        }
      },
    );
  });

  // Finite differences take thousands of forward passes, too many for a software GPU. Node has done them on cpu; here every
  // backend must give what cpu gives.
  test.each(['webgl', 'webgpu'])('on %s, every layer gives what it gives on cpu', async (backend) => {
    await startBackend('cpu');
    for (const [index, one] of LAYER_CASES.entries()) {
      const expected = await layerResults(one);
      const { answer, leaked } = await suite.call<{ answer: number[][]; leaked: number }>({
        backend,
        kind: 'layer',
        index,
      });
      expect(answer.length).toBe(expected.length);
      for (const [i, values] of expected.entries())
        expect(
          relativeError({ what: '', actual: answer[i]!, expected: values }),
          `${one.name}, result ${i}`,
        ).toBeLessThan(1e-5);
      expect(leaked).toBe(0);
    }
  });
});
