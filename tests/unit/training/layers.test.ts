/** Every layer against finite differences and against one example at a time, on both backends that Node has. */
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { NODE_BACKENDS, startBackend } from '@/tests/harness/backend';
import { checkLayer, LAYER_CASES } from './support/layer-checks';

describe.each(NODE_BACKENDS)('on %s', (backend) => {
  beforeAll(() => startBackend(backend));
  afterEach(() => expect(tf.memory().numTensors).toBe(0));

  test.each(LAYER_CASES.map((one) => [one.name, one] as const))('%s', async (_, one) => {
    const report = await checkLayer(one);
    expect(report.slope, 'slope').toBeLessThan(2e-3);
    expect(report.parameters, 'parameter gradients').toBeLessThan(2e-3);
    expect(report.norms, 'norms').toBeLessThan(5e-6);
    expect(report.sums, 'weighted sums').toBeLessThan(5e-6);
    expect(report.copies, 'rows that belong together').toBeLessThan(5e-6);
  });
});
