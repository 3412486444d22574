/** What an ε is worth to somebody with several examples, and under habits that break it. */
import { describe, expect, test } from 'vitest';
import { dpSgdEpsilon, gaussianEpsilon } from '@/lib/privacy';
import { groupEpsilon } from '@/lib/privacy/group';
import { logBinomialPmf } from '@/lib/privacy/numerics/binomial';
import { normalPdf } from '@/lib/privacy/numerics/normal';
import { groupGaussianPair } from '@/lib/privacy/pld/group';
import { hockeyStick } from '@/lib/privacy/pld/single';
import { habitsWorth, NO_HABITS } from '@/lib/privacy/training-habits';

const RUN = { sampleRate: 0.128, noiseMultiplier: 4, steps: 200, delta: 1e-5 };

describe('several examples of one person', () => {
  test('in one step δ is the area between the two densities, summed over a fine grid', () => {
    for (const [k, q, sigma] of [
      [2, 0.1, 1],
      [4, 0.128, 1.5],
      [20, 0.3, 6],
    ] as const) {
      const pair = groupGaussianPair(k, q, sigma);
      const step = sigma / 400;
      for (const epsilon of [0, 0.5, 1.5]) {
        let remove = 0;
        let add = 0;
        for (let z = -12 * sigma; z < k + 12 * sigma; z += step) {
          let p = 0;
          for (let s = 0; s <= k; s++) p += Math.exp(logBinomialPmf(s, k, q)) * normalPdf((z - s) / sigma);
          const out = normalPdf(z / sigma);
          remove += Math.max(0, p - Math.exp(epsilon) * out) * (step / sigma);
          add += Math.max(0, out - Math.exp(epsilon) * p) * (step / sigma);
        }
        expect(hockeyStick(pair, 'remove', epsilon)).toBeCloseTo(remove, 5);
        expect(hockeyStick(pair, 'add', epsilon)).toBeCloseTo(add, 5);
      }
    }
  });

  test('one example is one example; all drawn always are one example that counts k times', () => {
    expect(groupEpsilon({ ...RUN, groupSize: 1 })).toBe(dpSgdEpsilon(RUN));
    expect(hockeyStick(groupGaussianPair(1, 0.2, 2), 'remove', 0.3)).toBeCloseTo(
      hockeyStick(groupGaussianPair(1, 0.2, 2), 'remove', 0.3),
      15,
    );
    expect(groupEpsilon({ ...RUN, sampleRate: 1, groupSize: 5 })).toBeCloseTo(
      gaussianEpsilon({ noiseMultiplier: 4 / 5, delta: 1e-5, count: 200 }),
      9,
    );
  });

  test('more examples cost more, and never more than one example that stands for all, drawn if any is', () => {
    let last = 0;
    for (const groupSize of [1, 2, 4, 8]) {
      const epsilon = groupEpsilon({ ...RUN, groupSize });
      const coarse = dpSgdEpsilon({
        ...RUN,
        sampleRate: 1 - (1 - RUN.sampleRate) ** groupSize,
        noiseMultiplier: RUN.noiseMultiplier / groupSize,
      });
      expect(epsilon).toBeGreaterThan(last);
      expect(epsilon).toBeLessThanOrEqual(coarse * 1.001);
      last = epsilon;
    }
    expect(groupEpsilon({ ...RUN, noiseMultiplier: 0, groupSize: 2 })).toBe(Number.POSITIVE_INFINITY);
    expect(groupEpsilon({ ...RUN, steps: 0, groupSize: 2 })).toBe(0);
  });

  test('over many steps it is what its mean and spread say', () => {
    // With so much noise a step is nearly N(kq, σ²) against N(0, σ²): by the central limit ε is that of μ = kq√T/σ, and a little more.
    const run = { sampleRate: 0.1, noiseMultiplier: 60, steps: 4000, delta: 1e-5, groupSize: 4 };
    const limit = gaussianEpsilon({ noiseMultiplier: 60 / (0.4 * Math.sqrt(4000)), delta: 1e-5 });
    expect(groupEpsilon(run) / limit).toBeGreaterThan(1);
    // E s² = (kq)² + kq(1 − q) counts as well as (E s)², but only over 2σ² steps.
    expect(groupEpsilon(run) / limit).toBeLessThan(1.02);
  });
});

describe('habits of training code', () => {
  const plan = { size: 2000, expectedBatchSize: 256, noiseMultiplier: 4, steps: 200, delta: 1e-5 };
  const printed = dpSgdEpsilon(RUN);

  test('without any, the ε is worth what is printed', () => {
    expect(habitsWorth(plan, NO_HABITS)).toEqual({
      ...{ printed, training: printed, validation: 0 },
      ...{ groupSize: 1, sampleRate: 0.128, sensitivity: 1 },
    });
  });

  test('batch norm leaves nothing to those trained on, choosing a checkpoint nothing to those judged on', () => {
    expect(habitsWorth(plan, { ...NO_HABITS, batchNorm: true })).toMatchObject({
      training: Number.POSITIVE_INFINITY,
      validation: 0,
    });
    expect(habitsWorth(plan, { ...NO_HABITS, bestCheckpoint: true })).toMatchObject({
      training: printed,
      validation: Number.POSITIVE_INFINITY,
    });
  });

  test('mosaics and frames make a person several examples, and multiply', () => {
    const training = (habits: Partial<typeof NO_HABITS>) =>
      habitsWorth(plan, { ...NO_HABITS, ...habits }).training;
    expect(training({ mosaic: true })).toBe(groupEpsilon({ ...RUN, groupSize: 4 }));
    expect(training({ framesPerPerson: 3 })).toBe(groupEpsilon({ ...RUN, groupSize: 3 }));
    expect(training({ mosaic: true, framesPerPerson: 3 })).toBe(groupEpsilon({ ...RUN, groupSize: 12 }));
  });

  test('the rate that runs is charged: the rarest class’s, the lot’s, and both', () => {
    const training = (habits: Partial<typeof NO_HABITS>) =>
      habitsWorth(plan, { ...NO_HABITS, ...habits }).training;
    const at = (sampleRate: number) => dpSgdEpsilon({ ...RUN, sampleRate });
    expect(training({ rareClassRate: 3 })).toBe(at(0.384));
    expect(training({ actualBatchSize: 512 })).toBe(at(0.256));
    expect(training({ actualBatchSize: 512, rareClassRate: 3 })).toBe(at(0.768));
    // A coin cannot fall more often than always.
    expect(training({ actualBatchSize: 1000, rareClassRate: 3 })).toBe(at(1));
    // A smaller lot than planned costs less than is printed.
    expect(training({ actualBatchSize: 128 })).toBeLessThan(printed);
  });

  test('a mean of those drawn moves some two to three times as far, by the fewest that may be drawn', () => {
    const worth = habitsWorth(plan, { ...NO_HABITS, meanOfDrawn: true });
    // 255.9 ± 14.9 are drawn; 5.4 standard deviations below stand about 178, and 2 · 256 / 179 = 2.86.
    const fewest = 512 / worth.sensitivity - 1;
    expect(fewest).toBeGreaterThan(170);
    expect(fewest).toBeLessThan(190);
    let below = 0;
    for (let m = 0; m < Math.round(fewest); m++) below += Math.exp(logBinomialPmf(m, 1999, 0.128));
    expect(200 * below).toBeLessThanOrEqual(0.5e-5);
    expect(200 * (below + Math.exp(logBinomialPmf(Math.round(fewest), 1999, 0.128)))).toBeGreaterThan(0.5e-5);
    expect(worth.training).toBe(
      dpSgdEpsilon({ ...RUN, noiseMultiplier: 4 / worth.sensitivity, delta: 0.5e-5 }),
    );
  });

  test('no habit makes an ε worth more', () => {
    const all = [
      { mosaic: true },
      { rareClassRate: 2 },
      { meanOfDrawn: true },
      { actualBatchSize: 300 },
      { framesPerPerson: 2 },
    ];
    let habits = NO_HABITS;
    let last = printed;
    for (const one of all) {
      habits = { ...habits, ...one };
      const { training } = habitsWorth(plan, habits);
      expect(training).toBeGreaterThan(last);
      last = training;
    }
    expect(() => habitsWorth(plan, { ...NO_HABITS, rareClassRate: 0.5 })).toThrow('rarest class');
    expect(() => habitsWorth(plan, { ...NO_HABITS, actualBatchSize: 3000 })).toThrow('larger than the data');
  });
});
