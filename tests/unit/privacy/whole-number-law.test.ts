/** Distributions from characteristic functions, against the binomial and against sums done by hand. Seeds are fixed. */
import { describe, expect, it } from 'vitest';
import { alarmLine, CountMeanSketch, crowdIntoSketch, sketchAlarmLaw, supportLaw } from '@/lib/privacy';
import { binomialLowerTail, binomialUpperTail, logBinomialPmf } from '@/lib/privacy/numerics/binomial';
import { SeededRandom } from '@/lib/random';

describe('the law of a count', () => {
  it.each([
    [1, 0.5],
    [20, 0.001],
    [100, 0.3],
    [2000, 0.0025],
    [100_000, 0.00001],
    [10_000_000, 0.2],
  ])('of %i reports at %f is the binomial one, in both tails', (n, q) => {
    const law = supportLaw({ p: 0.9, q }, n, 0);
    const spread = Math.sqrt(n * q * (1 - q));
    for (const z of [-6, -3, -1, 0, 1, 3, 6]) {
      const k = Math.min(n, Math.max(0, Math.round(n * q + z * spread)));
      const pmf = Math.exp(logBinomialPmf(k, n, q));
      expect(law.probability(k)).toBeCloseTo(pmf, 11);
      expect(law.atLeast(k)).toBeCloseTo(binomialUpperTail(k, n, q), 11);
      expect(law.middle(k)).toBeCloseTo(binomialLowerTail(k - 1, n, q) + pmf / 2, 11);
    }
    expect(law.atLeast(-1)).toBeCloseTo(1, 11);
    expect(law.middle(n + 1)).toBeCloseTo(1, 11);
  });

  it('of two groups is their convolution', () => {
    const [people, holders, p, q] = [40, 13, 0.7, 0.2];
    const law = supportLaw({ p, q }, people, holders);
    for (let k = 0; k <= people; k++) {
      let sum = 0;
      for (let own = 0; own <= Math.min(k, holders); own++)
        sum += Math.exp(logBinomialPmf(own, holders, p) + logBinomialPmf(k - own, people - holders, q));
      expect(law.probability(k)).toBeCloseTo(sum, 12);
    }
  });
});

describe('the line of a false alarm', () => {
  it('is the least count that is rare enough', () => {
    const [n, q] = [2000, 1 / (Math.exp(5) + 399)];
    for (const chance of [0.05, 0.05 / 400, 1e-6]) {
      const line = alarmLine(supportLaw({ p: 0.9, q }, n, 0), chance);
      expect(line.chance).toBeCloseTo(binomialUpperTail(line.count, n, q), 12);
      expect(line.chance).toBeLessThanOrEqual(chance);
      expect(binomialUpperTail(line.count - 1, n, q)).toBeGreaterThan(chance);
    }
  });
});

describe('the sketch’s law for a value that nobody holds', () => {
  const others = [900, 400, 150, 50];
  const people = 1500;

  it('is what sketches give, over many choices of hash functions', () => {
    const options = { epsilon: 4, hashes: 16, width: 32 };
    const law = sketchAlarmLaw(new CountMeanSketch(options), others);
    const random = new SeededRandom(91);
    const sketches = 1500;
    const lines = [0.5, 0.1, 0.02].map((chance) => alarmLine(law, chance));
    const seen = lines.map(() => 0);
    for (let i = 0; i < sketches; i++) {
      const sketch = new CountMeanSketch({ ...options, seed: random.integer(2 ** 31) });
      crowdIntoSketch(sketch, [...others, 0], random);
      const frequency = sketch.estimateCount(others.length) / people;
      for (const [at, { count }] of lines.entries())
        if (frequency > sketch.frequencyOf(count - 0.5, people)) seen[at]!++;
    }
    // Three rates at 4.5 standard errors: a right program fails once in 50,000 runs with other seeds.
    for (const [at, { chance }] of lines.entries())
      expect(Math.abs(seen[at]! / sketches - chance)).toBeLessThan(
        4.5 * Math.sqrt((chance * (1 - chance)) / sketches),
      );
  });

  it('without collisions is binomial', () => {
    const sketch = { hashes: 4, width: 1e12, flipProbability: 0.2 };
    const law = sketchAlarmLaw(sketch, others);
    for (const k of [280, 300, 320]) expect(law.atLeast(k)).toBeCloseTo(binomialUpperTail(k, people, 0.2), 8);
  });
});
