/** The numbers of runs that the planning cell shows are the largest that fit. */
import { describe, expect, it } from 'vitest';
import { runsThatFit } from '@/components/lessons/a-budget-across-runs/experiments/plan-runs';
import { dpSgdEpsilon } from '@/lib/privacy';

const delta = 1e-5;

describe.each([
  [3, { sampleRate: 2048 / 60_000, steps: 200, noiseMultiplier: 2 }],
  [1, { sampleRate: 0.01, steps: 100, noiseMultiplier: 4 }],
  [0.5, { sampleRate: 0.1, steps: 50, noiseMultiplier: 1 }],
  [8, { sampleRate: 1, steps: 1, noiseMultiplier: 10 }],
])('within ε = %d', (targetEpsilon, run) => {
  const fits = runsThatFit(targetEpsilon, delta, run);

  it.each(['rdp', 'pld'] as const)('by %s: these fit, one more does not', (accountant) => {
    const total = (runs: number) => dpSgdEpsilon({ ...run, steps: runs * run.steps, delta, accountant });
    if (fits[accountant] > 0) expect(total(fits[accountant])).toBeLessThanOrEqual(targetEpsilon);
    expect(total(fits[accountant] + 1)).toBeGreaterThan(targetEpsilon);
  });

  it('by adding up: these fit, one more does not', () => {
    const total = (runs: number) => runs * dpSgdEpsilon({ ...run, delta: delta / runs, accountant: 'pld' });
    if (fits.naive > 0) expect(total(fits.naive)).toBeLessThanOrEqual(targetEpsilon);
    expect(total(fits.naive + 1)).toBeGreaterThan(targetEpsilon);
  });

  it('tight accounting never allows fewer', () => {
    expect(fits.pld).toBeGreaterThanOrEqual(fits.rdp);
    expect(fits.pld).toBeGreaterThanOrEqual(fits.naive);
  });
});
