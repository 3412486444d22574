/** Steps computed in double by PyTorch, one example at a time, on every backend that Node has. */
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { NODE_BACKENDS, startBackend } from '@/tests/harness/backend';
import { type ReferenceCase, relativeError, runReferenceCase } from './support/reference-case';

const file = JSON.parse(readFileSync('tests/fixtures/reference/dpsgd_step.json', 'utf8')) as {
  cases: ReferenceCase[];
};

describe.each(NODE_BACKENDS)('on %s', (backend) => {
  beforeAll(() => startBackend(backend));
  afterEach(() => expect(tf.memory().numTensors).toBe(0));

  describe.each(file.cases.map((reference) => [reference.name, reference] as const))('%s', (_, reference) => {
    const convolutional = reference.layers.some(({ type }) => type === 'conv2d');
    test.each(convolutional ? ([undefined, 'explicit', 'ghost', 'depthwise'] as const) : [undefined])(
      'agrees to 1e-5, path %s',
      async (path) => {
        const comparisons = await runReferenceCase(reference, path);
        expect(comparisons.length).toBeGreaterThan(10);
        for (const comparison of comparisons)
          expect(relativeError(comparison), comparison.what).toBeLessThan(1e-5);
      },
    );
  });
});
