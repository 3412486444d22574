/** The list of real deployments: complete, honest about what is missing, and sorted as asked for. */
import { describe, expect, test } from 'vitest';
import {
  CONVERTED_DELTA,
  DEPLOYMENTS,
  type Listing,
  listed,
  notComparableBecause,
  oddsFromStated,
  statedBy,
} from '@/lib/claims';

const ALL: Listing = { order: 'epsilon', model: 'any', unit: 'any', words: '' };
const byId = (id: string) => DEPLOYMENTS.find((one) => one.id === id)!;

describe('the list', () => {
  test('has at least 25, each under a name of its own', () => {
    expect(DEPLOYMENTS.length).toBeGreaterThanOrEqual(25);
    expect(new Set(DEPLOYMENTS.map(({ id }) => id)).size).toBe(DEPLOYMENTS.length);
    for (const { id } of DEPLOYMENTS) expect(id).toMatch(/^[a-z][a-z0-9-]{2,39}$/);
  });

  test.each(DEPLOYMENTS)('$id says who, when, what, for whom, and from where', (one) => {
    expect(one.organisation).not.toBe('');
    expect(one.year).toBeGreaterThanOrEqual(2014);
    expect(one.year).toBeLessThanOrEqual(2026);
    expect(one.released.length).toBeGreaterThan(10);
    expect(one.unit.length).toBeGreaterThan(5);
    expect(new URL(one.source.url).protocol).toBe('https:');
    expect(one.source.title).not.toBe('');
    // A number, or why there is none; never both.
    expect(one.epsilon === null).toBe(one.missing !== undefined);
    expect(one.delta === null).toBe(one.epsilon === null);
    if (one.epsilon !== null) expect(one.epsilon).toBeGreaterThan(0);
    if (one.delta !== null) expect(one.delta).toBeLessThan(1e-4);
  });

  test('holds numbers as they were published', () => {
    const numbers = (id: string) => [byId(id).epsilon, byId(id).delta];
    expect(numbers('census-redistricting')).toEqual([17.14, 1e-10]);
    expect(numbers('linkedin-audience')).toEqual([34.9, 7e-9]);
    expect(numbers('google-mobility')).toEqual([2.64, 0]);
    expect(numbers('microsoft-telemetry')).toEqual([1.672, 0]);
    expect(numbers('google-vaultgemma')).toEqual([2, 1.1e-10]);
    expect(numbers('meta-urls')).toEqual([1.453, 1e-5]);
  });
});

describe('what a guarantee says as (ε, δ)', () => {
  test('a published ε stays as it is, ρ is turned into one, and without either there is none', () => {
    expect(statedBy(byId('google-gboard-spanish'))).toEqual({ epsilon: 8.9, delta: 1e-10, converted: false });
    const wikimedia = statedBy(byId('wikimedia-current'))!;
    expect(wikimedia.converted).toBe(true);
    expect(wikimedia.delta).toBe(CONVERTED_DELTA);
    // Bun and Steinke's bound, which the conversion improves upon.
    expect(wikimedia.epsilon).toBeLessThan(0.015 + 2 * Math.sqrt(0.015 * Math.log(1e10)));
    expect(wikimedia.epsilon).toBeGreaterThan(0.9);
    expect(statedBy(byId('uber-flex'))).toBeNull();
  });

  test('its odds are those of the worst mechanism with that ε and δ', () => {
    // Randomised response at ε = ln 3 is right three times of four, and picks out 3 % at 1 %.
    const { caught, rightGuesses } = oddsFromStated({ epsilon: Math.log(3), delta: 0 });
    expect(caught).toBeCloseTo(0.03, 12);
    expect(rightGuesses).toBeCloseTo(0.75, 12);
    // Where ε is large, missing everybody is what becomes rare: 1 − e^−ε (1 − δ − 0.01).
    expect(oddsFromStated({ epsilon: 17.14, delta: 1e-10 }).caught).toBeCloseTo(
      1 - Math.exp(-17.14) * 0.99,
      12,
    );
    expect(oddsFromStated({ epsilon: 2000, delta: 0 })).toMatchObject({ caught: 1, rightGuesses: 1 });
  });
});

describe('why it is not comparable', () => {
  test('unit, period and model each give their reason', () => {
    expect(notComparableBecause(byId('census-redistricting'))).toEqual([]);
    expect(notComparableBecause(byId('google-mobility'))).toEqual([
      'it is for one day, and every further day adds to it',
    ]);
    expect(notComparableBecause(byId('apple-emoji'))).toHaveLength(3);
    expect(notComparableBecause(byId('google-vaultgemma'))).toHaveLength(1);
  });

  test('nothing that is not for a person, once, from a holder of the data goes without one', () => {
    for (const one of DEPLOYMENTS) {
      const plain =
        ['person', 'household'].includes(one.protects) && one.period === 'once' && one.model !== 'local';
      expect(notComparableBecause(one).length > 0, one.id).toBe(!plain);
    }
  });
});

describe('sorting and filtering', () => {
  test('by ε, what has none comes last', () => {
    const epsilons = listed(DEPLOYMENTS, ALL).map(
      (one) => statedBy(one)?.epsilon ?? Number.POSITIVE_INFINITY,
    );
    expect(epsilons).toEqual([...epsilons].sort((a, b) => a - b));
    expect(epsilons.at(-1)).toBe(Number.POSITIVE_INFINITY);
    expect(epsilons[0]).toBe(0.1);
  });

  test('by year and by organisation', () => {
    const years = listed(DEPLOYMENTS, { ...ALL, order: 'year' }).map(({ year }) => year);
    expect(years).toEqual([...years].sort((a, b) => b - a));
    expect(listed(DEPLOYMENTS, { ...ALL, order: 'organisation' })[0]!.organisation).toBe('Apple');
  });

  test('filters narrow, words must all occur, and what nobody says finds nothing', () => {
    expect(listed(DEPLOYMENTS, { ...ALL, model: 'local' }).every(({ model }) => model === 'local')).toBe(
      true,
    );
    const whole = listed(DEPLOYMENTS, { ...ALL, unit: 'whole' });
    const less = listed(DEPLOYMENTS, { ...ALL, unit: 'less' });
    expect(whole.length + less.length).toBe(DEPLOYMENTS.length);
    expect(whole.map(({ id }) => id)).toContain('census-dhc');
    expect(less.map(({ id }) => id)).toContain('google-vaultgemma');
    expect(listed(DEPLOYMENTS, { ...ALL, words: 'CENSUS 2021' }).map(({ id }) => id)).toEqual([
      'census-redistricting',
    ]);
    expect(listed(DEPLOYMENTS, { ...ALL, words: 'xyzzy' })).toEqual([]);
  });
});
