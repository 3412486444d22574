/** What an open question does to the number: against sums done by hand and the accountants called directly. */
import { describe, expect, test } from 'vitest';
import { askClaim, assessClaim, QUESTIONS, type QuestionId, readClaim } from '@/lib/claims';
import { composeEvents, dpSgdEpsilon, optimalComposition, shuffledEpsilonBounds } from '@/lib/privacy';

const SUPPOSED = { records: 10, tries: 20 };
const ask = (text: string, id: QuestionId, supposed = SUPPOSED) =>
  askClaim(id, readClaim(text).claim, supposed);

test('every claim is asked the same nine questions', () => {
  const { questions } = assessClaim(readClaim('DP').claim, SUPPOSED);
  expect(questions.map(({ id }) => id)).toEqual(QUESTIONS);
  expect(QUESTIONS).toEqual([
    'numbers',
    'unit',
    'period',
    'model',
    'relation',
    'sampling',
    'tuning',
    'else',
    'noise',
  ]);
});

describe('a day makes a year', () => {
  test('pure ε adds up to 365 times as much, or less with a little δ', () => {
    const { state, effects } = ask('ε = 0.1 per day', 'period');
    expect(state).toBe('careful');
    expect(effects[0]).toMatchObject({ epsilon: 36.5, delta: 0, bound: 'at most' });
    // Kairouz, Oh and Viswanath's optimal composition, which knows whole steps of 2ε only.
    const best = optimalComposition({ epsilon: 0.1, delta: 0 }, 365, 1e-5);
    expect(effects[1]!.epsilon).toBeLessThanOrEqual(best);
    expect(effects[1]!.epsilon).toBeGreaterThan(best - 0.2);
    expect(effects[1]!.delta).toBe(1e-5);
  });

  test('δ adds up too', () => {
    const { effects } = ask('ε = 0.1, δ = 1e-9, daily', 'period');
    expect(effects[0]!.epsilon).toBe(36.5);
    expect(effects[0]!.delta).toBeCloseTo(365e-9, 15);
    expect(effects[1]!.epsilon).toBeLessThan(36.5 / 2);
  });

  test('once is once; and what is not said is shown as if it were a day', () => {
    expect(ask('ε = 1 in total', 'period')).toMatchObject({ state: 'said', effects: [] });
    expect(ask('ε = 1', 'period')).toMatchObject({ state: 'open' });
    expect(ask('ε = 1', 'period').effects[0]!.epsilon).toBe(365);
  });
});

describe('one record, or all of a person', () => {
  test('k records: kε, and δ by the chain of neighbours', () => {
    const { effects } = ask('ε = 0.5, δ = 1e-6, example-level, up to 3 records per user', 'unit');
    const e = Math.exp(0.5);
    expect(effects[0]!.epsilon).toBe(1.5);
    expect(effects[0]!.delta! / (1e-6 * (1 + e + e * e))).toBeCloseTo(1, 12);
  });

  test('how many is supposed where it is not said; a person-level ε needs none', () => {
    expect(ask('ε = 2 per record', 'unit', { records: 7, tries: 1 }).effects[0]!.epsilon).toBe(14);
    expect(ask('ε = 2, user-level', 'unit')).toMatchObject({ state: 'said', effects: [] });
  });
});

describe('lots', () => {
  test('a training that is told is reckoned both ways', () => {
    const text = '(ε, δ) = (3, 1e-5)-DP, σ = 0.8, batch size 600, n = 60,000, 2 epochs, shuffled batches';
    const { state, effects } = ask(text, 'sampling');
    expect(state).toBe('careful');
    const run = { noiseMultiplier: 0.8, delta: 1e-5 };
    expect(effects[0]!.epsilon).toBe(dpSgdEpsilon({ ...run, sampleRate: 0.01, steps: 200 }));
    expect(effects[1]).toMatchObject({
      bound: 'at least',
      epsilon: shuffledEpsilonBounds({ ...run, lotsPerEpoch: 100, epochs: 2 }).atLeast,
    });
    expect(effects[1]!.epsilon).toBeGreaterThan(3 * effects[0]!.epsilon);
  });

  test('where none is told, an example shows that the claimed ε is too small', () => {
    const { effects } = ask('ε = 3, δ = 1e-5, shuffled batches', 'sampling');
    expect(effects[0]!.epsilon).toBeGreaterThan(3.5);
  });

  test('Poisson lots are what the accountants mean', () => {
    expect(ask('ε = 3, Poisson sampling', 'sampling')).toMatchObject({ state: 'said', effects: [] });
  });
});

describe('tuning', () => {
  test('every run has its price; a private search triples a pure ε', () => {
    const { effects } = ask('ε = 0.2, best of 50 runs', 'tuning');
    expect(effects[0]!.epsilon).toBeCloseTo(10, 12);
    expect(effects[1]!.epsilon).toBe(
      composeEvents([{ kind: 'approximate', epsilon: 0.2, delta: 0, count: 50 }], 1e-5).epsilon,
    );
    expect(effects[2]).toMatchObject({ epsilon: 3 * 0.2, delta: 0 });
  });

  test('the private search is promised to pure ε only', () => {
    expect(
      ask('ε = 0.2, δ = 1e-6, tuned', 'tuning')
        .effects.map(({ words }) => words)
        .join(),
    ).not.toContain('search');
  });
});

test('replacing a record is two steps', () => {
  const { effects } = ask('ε = 1, δ = 1e-6', 'relation');
  expect(effects[0]!.epsilon).toBe(2);
  expect(effects[0]!.delta! / (1e-6 * (1 + Math.E))).toBeCloseTo(1, 12);
});

test('without a number there is nothing to reckon with, and the questions stay', () => {
  const { stated, questions } = assessClaim(readClaim('federated, differentially private').claim, SUPPOSED);
  expect(stated).toBeNull();
  expect(questions.flatMap(({ effects }) => effects)).toEqual([]);
  expect(questions[0]!.state).toBe('open');
});

test.each([
  'ε = 1e6 per day',
  'ε = 0',
  'ε = 1e-9 hourly',
  'ε = 700, δ = 0.5',
  'ρ = 1e-9 zCDP',
  'ρ = 1e6 zCDP',
])('huge and tiny claims are reckoned with, too: %s', (text) => {
  for (const id of ['unit', 'period', 'relation', 'tuning'] as const)
    for (const { epsilon, delta } of ask(text, id, { records: 1000, tries: 30 }).effects) {
      expect(epsilon).toBeGreaterThanOrEqual(0);
      expect(delta === null || (delta >= 0 && delta <= 1)).toBe(true);
    }
});
