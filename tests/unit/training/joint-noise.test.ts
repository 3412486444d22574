/** A noisy sum and a noisy count of the same lot cost what our accountants say of two Gaussian releases. */
import { expect, test } from 'vitest';
import { composeEvents } from '@/lib/privacy';
import { countNoiseFor, gradientNoiseFor, jointNoiseMultiplier } from '@/lib/training/joint-noise';

const DELTA = 1e-5;
const gaussian = (noiseMultiplier: number) => ({ kind: 'gaussian' as const, noiseMultiplier, count: 1 });

test.each([
  [1, 0.5],
  [2.2, 3],
  [0.9, 102.4],
  [8, 8],
])('σ %d and σ_b %d together are one Gaussian', (sigma, countNoise) => {
  const joint = jointNoiseMultiplier(sigma, countNoise);
  // One person moves the centred count by ½ at most: its noise multiplier is σ_b / ½.
  const two = [gaussian(sigma), gaussian(2 * countNoise)];
  const rdp = (events: typeof two) => composeEvents(events, DELTA, 'rdp').epsilon;
  expect(rdp([gaussian(joint)])).toBeCloseTo(rdp(two), 9);
  const pld = (events: typeof two) => composeEvents(events, DELTA, 'pld').epsilon;
  expect(pld([gaussian(joint)]) / pld(two)).toBeCloseTo(1, 2);
});

test('noise for the gradients is found again from what both may cost, for large and for small lots', () => {
  for (const lot of [16, 256, 2048, 16384])
    for (const joint of [0.4, 1.1, 5, 60]) {
      const sigma = gradientNoiseFor(lot, joint);
      expect(sigma).toBeGreaterThan(joint);
      expect(jointNoiseMultiplier(sigma, countNoiseFor(lot, sigma)) / joint).toBeCloseTo(1, 9);
    }
});
