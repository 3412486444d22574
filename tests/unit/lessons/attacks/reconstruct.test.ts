/** Pictures read off gradients. Seeds are fixed. */
import { expect, test } from 'vitest';
import { reconstruct } from '@/components/lessons/attacks/experiments/reconstruct';
import { structuralSimilarity } from '@/lib/data';
import { SeededRandom } from '@/lib/random';
import { publicFile } from './digits';

test('structural similarity: 1 for itself, by hand for two flat pictures, 0 for its opposite in structure', () => {
  const random = new SeededRandom(1);
  const noise = Float64Array.from({ length: 784 }, () => random.uniform());
  expect(structuralSimilarity(noise, noise, 28)).toBeCloseTo(1, 12);
  const flat = (grey: number) => new Float64Array(784).fill(grey);
  expect(structuralSimilarity(flat(0.2), flat(0.6), 28)).toBeCloseTo((0.24 + 1e-4) / (0.4 + 1e-4), 6);
  expect(
    structuralSimilarity(
      noise,
      noise.map((v) => 1 - v),
      28,
    ),
  ).toBeLessThan(-0.8);
});

test('without noise the picture comes out exactly, clipped or not; with σ = 1 nothing like it does', async () => {
  const digits = await publicFile();
  for (const digit of [0, 4, 77, 5999]) {
    const settings = { digit, maxGradNorm: 1 };
    const bare = reconstruct(digits, { ...settings, noiseMultiplier: 0 }, new SeededRandom(digit));
    expect(bare.norm).toBeGreaterThan(1);
    expect(bare.plain.pixels).toEqual(bare.original);
    expect(bare.private.pixels).toEqual(bare.original);
    expect(bare.private.similarity).toBeGreaterThan(0.9999);
    expect(bare.epsilon).toBeNull();
    const noisy = reconstruct(digits, { ...settings, noiseMultiplier: 1 }, new SeededRandom(digit));
    expect(noisy.plain.similarity).toBeGreaterThan(0.9999);
    expect(noisy.private.similarity).toBeLessThan(0.1);
    expect(noisy.epsilon).toBeGreaterThan(4);
    expect(noisy.epsilon).toBeLessThan(5.5);
  }
});
