/** The two totals that are shown for comparison say what their papers say. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { advancedEpsilon, epsilonOfMechanisms, gdpApproximation } from '@/lib/ledger';
import type { PrivacyEvent } from '@/lib/privacy';
import { SHARED } from '@/tests/harness/shared-files';

const file = ['tests/fixtures/reference', join(SHARED, 'reference')]
  .map((folder) => join(folder, 'accounting.json'))
  .find((path) => existsSync(path));

interface Row {
  q: number;
  sigma: number;
  steps: number;
  delta: number;
  eps_gdp_clt?: number;
}
const rows: Row[] =
  file === undefined
    ? []
    : (JSON.parse(readFileSync(file, 'utf8')) as { poisson_gaussian: Row[] }).poisson_gaussian.filter(
        (row) => row.eps_gdp_clt !== undefined,
      );

const training = ({ q, sigma, steps }: Pick<Row, 'q' | 'sigma' | 'steps'>): PrivacyEvent => ({
  kind: 'poisson-gaussian',
  sampleRate: q,
  noiseMultiplier: sigma,
  steps,
});

describe('the GDP approximation', () => {
  it.skipIf(file === undefined)('equals the reference column (skipped where absent)', () => {
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) {
      const epsilon = gdpApproximation([training(row)], row.delta)!;
      expect(Math.abs(epsilon - row.eps_gdp_clt!)).toBeLessThan(1e-5 * (1 + row.eps_gdp_clt!));
    }
  });

  it('promises too much for one strong step: 0.83 where the truth is 5.60', () => {
    const step = training({ q: 0.01, sigma: 0.4, steps: 1 });
    expect(gdpApproximation([step], 1e-5)!).toBeCloseTo(0.83, 2);
    expect(epsilonOfMechanisms([step], 1e-5, 'pld')!).toBeCloseTo(5.6, 2);
  });

  it('is exact for the Gaussian mechanism, however often it runs', () => {
    const release: PrivacyEvent = { kind: 'gaussian', noiseMultiplier: 5, count: 20 };
    expect(gdpApproximation([release], 1e-5)!).toBeCloseTo(epsilonOfMechanisms([release], 1e-5, 'pld')!, 3);
  });

  it('comes close for many weak releases of other kinds', () => {
    for (const many of [
      { kind: 'laplace', scale: 50, sensitivity: 1, count: 2000 },
      { kind: 'pure', epsilon: 0.02, count: 2000 },
    ] satisfies PrivacyEvent[]) {
      const truth = epsilonOfMechanisms([many], 1e-5, 'pld')!;
      expect(Math.abs(gdpApproximation([many], 1e-5)! / truth - 1)).toBeLessThan(0.02);
    }
  });

  it('is 0 for nothing', () => expect(gdpApproximation([], 1e-5)).toBe(0));
});

describe('advanced composition', () => {
  const query = (epsilon: number): PrivacyEvent[] => [{ kind: 'pure', epsilon, count: 1 }];

  it('follows its formula', () => {
    const delta = 1e-6;
    const epsilons = [0.1, 0.2, 0.05];
    // Each run at its share of δ: for randomised response, ε + ln(1 − δᵢ (1 + e^−ε)), a hair below ε.
    const own = epsilons.map((epsilon) => epsilonOfMechanisms(query(epsilon), delta / 6, 'pld')!);
    for (const [index, epsilon] of own.entries()) expect(epsilon).toBeCloseTo(epsilons[index]!, 5);
    const drift = own.reduce((sum, e) => sum + (e * (Math.exp(e) - 1)) / (Math.exp(e) + 1), 0);
    const spread = Math.sqrt(2 * Math.log(1 / (delta / 2)) * own.reduce((sum, e) => sum + e * e, 0));
    expect(advancedEpsilon(epsilons.map(query), delta)!).toBeCloseTo(drift + spread, 12);
  });

  it('beats adding up for many weak runs, and loses to it for a few strong ones', () => {
    expect(
      advancedEpsilon(
        Array.from({ length: 400 }, () => query(0.05)),
        1e-5,
      )!,
    ).toBeLessThan(20);
    expect(advancedEpsilon([query(1), query(1)], 1e-5)!).toBeGreaterThan(2);
  });

  it('is a bound: never below PLD', () => {
    for (const count of [1, 5, 40]) {
      const runs = Array.from({ length: count }, (_, index) => [
        training({ q: 0.02, sigma: 1 + 0.1 * (index % 3), steps: 50 }),
      ]);
      const truth = epsilonOfMechanisms(runs.flat(), 1e-5, 'pld')!;
      expect(advancedEpsilon(runs, 1e-5)!).toBeGreaterThan(truth);
    }
  });

  it('is 0 for nothing', () => expect(advancedEpsilon([], 1e-5)).toBe(0));
});
