/** What the cells about telemetry show. Seeds are fixed: the verdicts are the same on every run. */
import { describe, expect, test } from 'vitest';
import { centralAgainstLocal } from '@/components/lessons/telemetry/experiments/central';
import { longitudinal } from '@/components/lessons/telemetry/experiments/longitudinal';
import { peopleByShare, zipfShares } from '@/components/lessons/telemetry/experiments/made-up-shares';
import { population } from '@/components/lessons/telemetry/experiments/population';
import { supported } from '@/components/lessons/telemetry/experiments/report';
import { nextWord } from '@/components/lessons/telemetry/experiments/words';
import { oracleOf, PROTOCOLS } from '@/components/lessons/telemetry/protocols';
import { beliefs } from '@/components/lessons/telemetry/your-report/belief';
import { EMOJI_COUNT, loadEmoji, WORD_COUNT } from '@/lib/data';
import { SeededRandom } from '@/lib/random';
import { run } from '@/tests/harness/experiment';
import { fromDisk } from '@/tests/harness/prepared';

const crowd = { people: 20_000, epsilon: 1.5, skew: 1, seed: 1 };

test('the names are there, each once', async () => {
  await (await import('@/lib/commands/prepare/emoji')).prepare();
  const { emoji, words } = await loadEmoji(fromDisk);
  expect(new Set(emoji.map(({ name }) => name)).size).toBe(EMOJI_COUNT);
  expect(new Set(words).size).toBe(WORD_COUNT);
  expect(emoji[0]).toEqual({ sign: '😂', name: 'face with tears of joy' });
});

describe('a population', () => {
  test('is estimated within what the formula expects, drawn at once or phone by phone', async () => {
    for (const simulation of ['at-once', 'every-phone'] as const) {
      const found = await run(population, { ...crowd, protocol: 'optimised', categories: 16, simulation });
      expect(found.bars).toHaveLength(16);
      expect(found.error / found.expectedError).toBeGreaterThan(0.5);
      expect(found.error / found.expectedError).toBeLessThan(1.6);
      expect(found.covered).toBeGreaterThanOrEqual(13);
    }
  });

  test('shows phones one by one whose reports are part of the survey', async () => {
    for (const protocol of PROTOCOLS) {
      const { field } = await run(population, {
        ...crowd,
        people: 700,
        protocol,
        categories: 8,
        simulation: 'at-once',
      });
      // All 700 are shown: then the bars are what the dots said, and nothing else.
      expect(field.truths).toHaveLength(700);
      expect(field.said).toHaveLength(700);
      const held = Array.from(
        { length: 8 },
        (_, value) => field.truths.filter((one) => one === value).length,
      );
      expect(held).toEqual(Array.from(peopleByShare(zipfShares(8, 1), 700)));
      const last = field.stages.at(-1)!;
      expect(last.phones).toBe(700);
      const frank = field.said.filter((values, i) => values.includes(field.truths[i]!)).length;
      if (protocol === 'sketch') continue;
      const { p, q } = oracleOf(protocol, crowd.epsilon, 8)!.oracle;
      expect(Math.abs(frank - 700 * p)).toBeLessThan(4.5 * Math.sqrt(700 * p * (1 - p)));
      for (let value = 0; value < 8; value++) {
        const spokenFor = field.said.filter((values) => values.includes(value)).length;
        expect(last.estimates[value]).toBeCloseTo((spokenFor / 700 - q) / (p - q), 9);
      }
    }
  });

  test('is the same whether dots are a part of it or all of it', async () => {
    const found = await run(population, {
      ...{
        ...crowd,
        people: 20_000,
        protocol: 'hadamard' as const,
        categories: 16,
        simulation: 'at-once' as const,
      },
    });
    expect(found.field.truths).toHaveLength(2000);
    expect(found.field.stages.map(({ phones }) => phones)).toEqual(
      Array.from({ length: 20 }, (_, i) => 100 * (i + 1)),
    );
    expect(found.expectedCoverage).toBeGreaterThan(0.945);
    expect(found.expectedCoverage).toBeLessThan(0.955);
  });

  test('of ten million stops when told to', async () => {
    const stop = new AbortController();
    const running = run(
      population,
      {
        ...crowd,
        people: 10_000_000,
        protocol: 'optimised',
        categories: 64,
        simulation: 'every-phone',
      },
      stop.signal,
    );
    setTimeout(() => stop.abort(new Error('stopped')), 100);
    await expect(running).rejects.toThrow('stopped');
  });
});

describe('heavy hitters', () => {
  const words = { ...crowd, protocol: 'optimised' as const, vocabulary: 400 };

  test('5 % of each untyped word raises an alarm, as promised', async () => {
    const { alarms } = await run(nextWord, { ...words, falseAlarm: 'each' });
    // 200 words × 1,000 surveys at 5 %: a standard error of 0.05 %.
    expect(alarms.chances).toBe(200_000);
    expect(alarms.promised).toBeCloseTo(10_000, 6);
    expect(alarms.expected).toBeLessThanOrEqual(alarms.promised);
    expect(Math.abs(alarms.count - alarms.expected)).toBeLessThan(4.5 * Math.sqrt(alarms.expected));
  });

  // Beside each, by how much the line of a bell curve was exceeded.
  test.each([
    ['choice', 2000, 5, 400], // 24 times
    ['choice', 20_000, 1.5, 200], // 2 times
    ['choice', 2000, 1.5, 200], // 5 times
    ['choice', 100, 8, 400],
    ['optimised', 1000, 4, 200], // 3 times
    ['optimised', 100, 8, 64],
    ['symmetric', 300, 6, 100],
    ['hadamard', 1000, 2, 200],
    ['sketch', 2000, 4, 100],
    ['sketch', 200_000, 1.5, 60],
  ] as const)(
    'a false alarm of any of them is as rare as promised: %s, %i phones, ε = %f, %i words',
    async (protocol, people, epsilon, vocabulary) => {
      const { alarms, foundRate, truth } = await run(nextWord, {
        ...{ people, epsilon, protocol, vocabulary, skew: 1, falseAlarm: 'any', seed: 1 },
      });
      expect(alarms.promised).toBeCloseTo((alarms.chances * 0.05) / vocabulary, 6);
      expect(alarms.expected).toBeLessThanOrEqual(alarms.promised * (1 + 1e-9));
      // Alarms of one survey may come together, so the spread of their number is taken five times wider than that of lone ones.
      // Ten settings at 4.5 standard errors: with other seeds a right program fails less than once in ten thousand runs.
      const spread = protocol === 'sketch' ? 5 : 1;
      expect(Math.abs(alarms.count - alarms.expected)).toBeLessThan(
        4.5 * Math.sqrt(spread * (alarms.expected + 1)),
      );
      expect(alarms.surveysWithAny).toBeLessThanOrEqual(alarms.count);
      expect(alarms.surveysWithAny / alarms.surveys).toBeLessThan(
        0.05 + 4.5 * Math.sqrt((0.05 * 0.95) / alarms.surveys),
      );
      const untyped = foundRate.filter((_, word) => truth[word] === 0);
      expect(untyped.reduce((sum, rate) => sum + rate, 0) * alarms.surveys).toBeCloseTo(alarms.count, 6);
    },
  );

  test('more people find more words, and less stays hidden', async () => {
    const few = await run(nextWord, { ...words, people: 2000, falseAlarm: 'any' });
    const many = await run(nextWord, { ...words, people: 2_000_000, falseAlarm: 'any' });
    expect(many.found.length).toBeGreaterThan(few.found.length + 10);
    expect(many.hiddenShare).toBeLessThan(few.hiddenShare / 2);
    expect(few.found.length - few.falseFound + few.hidden).toBe(200);
  });
});

test('without memoisation people are seen through, with it they are not', async () => {
  const { points } = await run(longitudinal, { epsilon: 1.5, categories: 16, days: 60, seed: 1 });
  const [first, last] = [points[0]!, points.at(-1)!];
  expect(first.guessedFresh).toBe(first.guessedMemoised);
  expect(last.guessedFresh).toBeGreaterThan(0.9);
  // Truth with probability 23 % on the one day that counts; 400 people: ± 2.1 %.
  expect(last.guessedMemoised).toBeGreaterThan(0.14);
  expect(last.guessedMemoised).toBeLessThan(0.32);
  expect(last.fresh).toBeCloseTo(90, 9);
  expect(last.freshDelta).toBeLessThanOrEqual(90);
  expect(last.memoised).toBeCloseTo(1.5, 9);
});

test('local error falls as 1/√n, central error as 1/n, and both as the formulas say', async () => {
  const { points } = await run(centralAgainstLocal, {
    epsilon: 1,
    categories: 24,
    skew: 1,
    protocol: 'hadamard',
    seed: 3,
  });
  const [first, last] = [points[0]!, points.at(-1)!];
  expect(first.local.expected / last.local.expected).toBeCloseTo(Math.sqrt(1e5), -1);
  expect(first.central.expected / last.central.expected).toBeCloseTo(1e5, 0);
  for (const { local, central } of points) {
    // 120 squared errors at each size: their root is good to 6 %, Laplace’s to 10 %.
    expect(local.measured / local.expected).toBeGreaterThan(0.7);
    expect(local.measured / local.expected).toBeLessThan(1.3);
    expect(central.measured / central.expected).toBeGreaterThan(0.6);
    expect(central.measured / central.expected).toBeLessThan(1.45);
  }
});

describe('one’s own report', () => {
  test.each(['choice', 'optimised', 'hadamard'] as const)(
    'by %s makes the server believe what Bayes’ rule says',
    (protocol) => {
      const [epsilon, k, truth] = [1.2, 5, 2];
      const { oracle, of } = supported(protocol, epsilon, k);
      const random = new SeededRandom(4);
      // Whoever believes 30 % must be right 30 % of the time: summed over reports about equally likely truths.
      let said = 0;
      let right = 0;
      const trials = 20_000;
      for (let i = 0; i < trials; i++) {
        const value = i % k;
        said += beliefs([of(oracle.perturb(value, random))], epsilon, k)[truth]!;
        right += beliefs([of(oracle.perturb(truth, random))], epsilon, k)[truth]!;
      }
      // Mean belief in one value over equally likely truths is 1/k, and higher where it is the truth.
      expect(said / trials).toBeCloseTo(1 / k, 2);
      expect(right / trials).toBeGreaterThan(1 / k + 0.02);
      // No report says more than e^ε.
      for (let i = 0; i < 50; i++) {
        const belief = beliefs([of(oracle.perturb(truth, random))], epsilon, k);
        expect(Math.max(...belief) / Math.min(...belief)).toBeLessThanOrEqual(Math.exp(epsilon) * (1 + 1e-9));
      }
    },
  );
});
