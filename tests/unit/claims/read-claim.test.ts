/** Claims as people write them: numbers in all their spellings, words of the field, and nonsense. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MOST_TEXT, readClaim } from '@/lib/claims';

const claimOf = (text: string) => readClaim(text).claim;

describe('numbers', () => {
  test.each<[string, number | null, number | null]>([
    ['ε = 8', 8, null],
    ['ε=0,5', 0.5, null],
    ['eps 1.5; delta 1e-5', 1.5, 1e-5],
    ['Epsilon of 4, Delta of 10^-5', 4, 1e-5],
    ['epsilon: 2, δ < 10⁻⁷', 2, 1e-7],
    ['\\varepsilon \\leq 2.0, \\delta \\leq 1.1 \\cdot 10^{-10}', 2, 1.1e-10],
    ['$\\epsilon=1$ and $\\delta = 2 \\times 10^{-6}$', 1, 2e-6],
    ['(34.9, 7 × 10−9)-DP', 34.9, 7e-9],
    ['(ε, δ) = (2, 1e-5)', 2, 1e-5],
    ['(1,45; 1e-5)-differential privacy', 1.45, 1e-5],
    ['ε ≈ 3.0 and δ = 1/60000', 3, 1 / 60000],
    ['ε = 1 with δ = 2^-20', 1, 2 ** -20],
    ['ϵ ≤ 0.994, δ = 10-10', 0.994, 1e-10],
    ['δ = 1%, ε=6', 6, 0.01],
    ['ε between 0.994 and 13.69', 13.69, null],
    ['2.64-differential privacy', 2.64, null],
    ['ε₀ = 8', 8, null],
    ['ε_max=3', 3, null],
    ['ε', null, null],
  ])('%s', (text, epsilon, delta) => {
    const claim = claimOf(text);
    if (epsilon === null) expect(claim.epsilon).toBeNull();
    else expect(claim.epsilon).toBeCloseTo(epsilon, 12);
    if (delta === null) expect(claim.delta).toBeNull();
    else expect(claim.delta! / delta).toBeCloseTo(1, 12);
  });

  test('of several ε the largest is taken, and it is said', () => {
    const { claim, problems } = readClaim('ε = 3 for training and ε = 7 in all');
    expect(claim.epsilon).toBe(7);
    expect(problems).toEqual([expect.stringContaining('The largest is taken: ε = 7')]);
  });

  test('ρ of zero-concentrated DP', () => {
    expect(claimOf('rho = 0.81 zCDP').rho).toBe(0.81);
    expect(claimOf('0,015-zCDP per day').rho).toBe(0.015);
  });
});

describe('words', () => {
  test('the claim that the checklist opens with', () => {
    expect(claimOf('ε = 8, per day, shuffled batches, tuned on the private data')).toMatchObject({
      epsilon: 8,
      delta: null,
      period: { words: 'a day', perYear: 365 },
      sampling: 'shuffled',
      tuning: 'private-data',
      unit: null,
      model: null,
    });
  });

  test.each<[string, object]>([
    ['ε = 1, user-level', { unit: 'person' }],
    ['ε = 1 at the example level', { unit: 'record' }],
    ['ε = 1 for each report, local DP', { unit: null, model: 'local' }],
    ['ε = 1 per report', { unit: 'event' }],
    ['device-level ε = 1, federated', { unit: 'device', model: 'federated' }],
    ['ε = 1, up to 5 records per user', { recordsPerPerson: 5, unit: null }],
    ['ε = 1 monthly', { period: { words: 'a month', perYear: 12 } }],
    ['ε = 1 every six hours', { period: { words: 'every six hours', perYear: 1460 } }],
    ['ε = 1 in total', { period: { words: 'once and for all', perYear: 1 } }],
    ['ε = 1, Poisson sampling', { sampling: 'poisson' }],
    ['ε = 1, batches are reshuffled each epoch', { sampling: 'shuffled' }],
    ['ε = 1, fixed-size batches', { sampling: 'shuffled' }],
    ['ε = 1, DP-FTRL', { sampling: 'none', model: 'federated' }],
    ['ε = 1, best of 20 runs', { tuning: 'private-data', tries: 20 }],
    ['ε = 1, tuned on public data', { tuning: 'elsewhere' }],
    ['ε = 1, not tuned', { tuning: 'elsewhere' }],
    ['ε = 1, replace-one neighbours', { relation: 'replace' }],
    ['ε = 1 under add/remove', { relation: 'add-or-remove' }],
    [
      'σ = 0.8, batch size 600, n = 60,000, 10 epochs',
      { noiseMultiplier: 0.8, lotSize: 600, datasetSize: 60_000, epochs: 10 },
    ],
  ])('%s', (text, expected) => {
    expect(claimOf(text)).toMatchObject(expected);
  });
});

describe('nonsense', () => {
  test.each(['', '   ', 'banana', 'We take your privacy seriously.', '42', '🦄'])(
    '“%s” is said to be none',
    (text) => {
      expect(readClaim(text).isNonsense).toBe(true);
    },
  );

  test.each<[string, string]>([
    ['ε = -3', 'below 0'],
    ['ε = 1e400', 'infinite'],
    ['ε = 1, δ = 2', 'promises nothing'],
    ['ε = 1, δ = 100 %', 'promises nothing'],
    ['ε = 1, δ = -0.1', 'below 0'],
    ['All data is fully anonymised.', '“Anonymous” is a word'],
    ['ρ = 0', 'not above 0'],
  ])('“%s” is answered', (text, words) => {
    const { problems, isNonsense } = readClaim(text);
    expect(isNonsense).toBe(false);
    expect(problems.join(' ')).toContain(words);
  });

  test('no text whatever throws, takes long, or gives an unlawful number', () => {
    const bits = fc.constantFrom(
      ...[
        'ε',
        'δ',
        'eps',
        '=',
        '10',
        '^',
        '-',
        '−',
        ',',
        '.',
        '(',
        ')',
        '%',
        '1e',
        '9',
        ' ',
        '{',
        '}',
        'per day',
        '\\',
      ],
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(bits).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (written) => {
        const { epsilon, delta, rho } = claimOf(written);
        if (epsilon !== null) expect(epsilon >= 0 && epsilon < Number.POSITIVE_INFINITY).toBe(true);
        if (delta !== null) expect(delta >= 0 && delta < 1).toBe(true);
        if (rho !== null) expect(rho > 0 && rho < Number.POSITIVE_INFINITY).toBe(true);
      }),
      { numRuns: 150 },
    );
    expect(claimOf(`${'1'.repeat(5000)} ε = 2`).epsilon).toBeNull();
    expect(MOST_TEXT).toBe(600);
  });
});
