import { describe, expect, test } from 'vitest';
import { multilayerPerceptron, smallConvolutional } from '@/lib/training';
import { layersOf, type Model } from '@/lib/training/model';
import { type BatchFacts, physicalBatch } from '@/lib/training/physical-batch';

const shapes = (model: Model) => layersOf(model).flatMap(({ parameterShapes }) => parameterShapes);
const facts: BatchFacts = {
  backend: 'webgpu',
  expectedBatchSize: 2048,
  datasetSize: 60_000,
  inputWidth: 784,
  parameterShapes: shapes(multilayerPerceptron().model),
};

describe('examples computed at once', () => {
  test.each(['webgpu', 'webgl'])('are a whole lot on %s, with room for a large one', (backend) => {
    const size = physicalBatch({ ...facts, backend });
    // √(2048 · (1 − 2048 / 60,000)) = 44.5
    expect(size).toBeGreaterThanOrEqual(2048 + 3 * 44.5);
    expect(size).toBeLessThan(2048 + 3 * 44.5 + 64);
    expect(size % 64).toBe(0);
  });

  test.each(['wasm', 'cpu'])('are what stays in the cache on %s', (backend) => {
    expect(physicalBatch({ ...facts, backend })).toBe(512);
  });

  test('are no more than fit into memory, and never fewer than elsewhere', () => {
    const wide = physicalBatch({ ...facts, inputWidth: 40_000 });
    expect(wide * 4 * 40_000).toBeLessThanOrEqual(2 ** 27);
    expect(wide).toBeGreaterThan(512);
    expect(physicalBatch({ ...facts, inputWidth: 1_000_000 })).toBe(512);
    expect(physicalBatch({ ...facts, copies: 100 })).toBe(512);
  });

  test('with convolutions, whose unfolded windows are many times larger, stay as few as elsewhere', () => {
    const parameterShapes = shapes(smallConvolutional().model);
    expect(physicalBatch({ ...facts, parameterShapes })).toBe(512);
  });

  test('are no more than there are, in whole steps', () => {
    expect(physicalBatch({ ...facts, expectedBatchSize: 90, datasetSize: 100 })).toBe(128);
    expect(physicalBatch({ ...facts, expectedBatchSize: 1, datasetSize: 1 })).toBe(64);
  });
});
