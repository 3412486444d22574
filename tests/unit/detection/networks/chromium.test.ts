import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Detection } from '@/lib/detection';
import { check } from '@/tests/commands/verify/yolo';
import { type OpenSuite, openSuite } from '@/tests/harness/chromium';
import { hasChromium } from '@/tests/harness/find-chromium';
import { ROOT } from '@/tests/harness/root';
import { missing, WEIGHTS } from '@/tests/harness/shared-files';
import { randomModel, writeCheckpoint } from '../checkpoint/support/checkpoint-writer';
import { synthetic } from '../support/synthetic';
import { oracle } from './support/oracle';
import type { Passes } from './support/passes';
import type { RawRun } from './support/run';

const BACKENDS = ['wasm', 'webgl', 'webgpu'] as const;

describe.skipIf(!hasChromium())('YOLO in Chromium', () => {
  let suite: OpenSuite;
  beforeAll(async () => {
    suite = await openSuite('tests/pages/detection/networks/network.ts', {
      folders: { '/weights/': dirname(WEIGHTS) },
    });
  });
  afterAll(() => suite?.close());

  const models = (['yolo26', 'yolov8'] as const).map((family) => randomModel({ family, seed: 9 }));
  // Both kinds of head on the GPU backends; which of them on WASM makes no difference there.
  const cases = BACKENDS.map((backend, i) => ({
    backend,
    model: models[i % 2]!,
    family: models[i % 2]!.family,
  }));

  it.each(BACKENDS)('%s runs kernels of our own', async (backend) => {
    const weights = { base64: Buffer.from(writeCheckpoint(models[0]!)).toString('base64') };
    expect(await suite.call({ backend, weights, kind: 'about' })).toMatchObject({
      backend,
      kind: 'own',
      reason: null,
    });
  });

  it('compiles all that a look runs before it, side by side', async () => {
    const weights = { base64: Buffer.from(writeCheckpoint(models[0]!)).toString('base64') };
    const counted = await suite.call<Record<string, number>>({
      ...{ backend: 'webgpu', weights, kind: 'compile', size: 64 },
    });
    expect(counted).toMatchObject({ inTurnBefore: 0, inTurn: 0, leaked: 0 });
    // Pooling, attention and joining at the least: nobody has run them before.
    expect(counted.beside).toBeGreaterThan(5);
  });

  it.each(BACKENDS)('SiLU costs at most one pass on %s', async (backend) => {
    const weights = { base64: Buffer.from(writeCheckpoint(models[0]!)).toString('base64') };
    const { asked, ran, programs } = await suite.call<Passes>({ backend, weights, kind: 'passes', size: 64 });
    expect(asked).toBeGreaterThan(40);
    if (backend === 'webgpu') {
      // There it costs none: it is part of the convolution.
      expect(ran.EpsilonConvolution).toBeGreaterThanOrEqual(asked);
      expect(ran).not.toHaveProperty('EpsilonSilu');
      expect(ran).not.toHaveProperty('FusedConv2D');
      expect(ran).not.toHaveProperty('FusedDepthwiseConv2D');
      expect(ran).not.toHaveProperty('Add');
    } else {
      expect((ran.EpsilonSilu ?? 0) + (ran.EpsilonSiluAdd ?? 0)).toBe(asked);
      expect(ran.EpsilonSiluAdd).toBeGreaterThan(0);
    }
    // The two passes of tfjs, where a sigmoid is made and then multiplied with.
    expect(ran).not.toHaveProperty('Sigmoid');
    expect(ran).not.toHaveProperty('Multiply');
    expect(programs).toEqual(backend === 'wasm' ? null : [1, 1]);
  });

  it.each(cases)(
    '$family with random weights computes what it is defined to on $backend',
    async ({ backend, model }) => {
      const weights = { base64: Buffer.from(writeCheckpoint(model)).toString('base64') };
      const input = synthetic(64);
      const expected = oracle(model.layers, input, 64);
      for (const stock of backend === 'webgl' ? [false, true] : [false]) {
        const run = await suite.call<RawRun>({
          backend,
          weights,
          stock,
          kind: 'values',
          size: 64,
          input: Array.from(input),
        });
        expect(run.leaked).toBe(0);
        for (const [actual, rows] of [
          [run.boxes.values, expected.boxes],
          [run.logits.values, expected.logits],
        ] as const) {
          const wanted = rows.flat();
          const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
          const worst = wanted.reduce((most, value, i) => Math.max(most, Math.abs(value - actual[i]!)), 0);
          expect(worst).toBeLessThanOrEqual(1e-4 * largest);
        }
      }
    },
  );

  const absent = missing(WEIGHTS);
  describe.skipIf(absent !== null)(absent ?? 'with the weights the references were made with', () => {
    it.each(BACKENDS)('gives every reference value at 64 pixels on %s', async (backend) => {
      const path = join(ROOT, 'tests/fixtures/reference/yolo26n_raw.json');
      const { '320': _, ...reference } = JSON.parse(readFileSync(path, 'utf8'));
      for (const result of await check(reference, { path, backend }))
        expect(result).toMatchObject({ passed: true });
    });

    it('leaves the same number of tensors after every picture', async () => {
      const ask = () =>
        suite.call<{ found: Detection[]; leaked: number }>({
          backend: 'wasm',
          weights: { url: `/weights/${basename(WEIGHTS)}` },
          kind: 'photo',
          picture: 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7',
          size: 64,
          confidence: 0.25,
        });
      for (let i = 0; i < 3; i++) expect((await ask()).leaked).toBe(0);
    });
  });
});
