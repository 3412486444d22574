/** Noise that cancels: against matrices written out, products and all, and against what is known of each way. */
import { describe, expect, test } from 'vitest';
import { analyticGaussianSigma, type CorrelatedNoise, gaussianEpsilon, runningSumNoise } from '@/lib/privacy';

const OPTIONS = { epsilon: 2, delta: 1e-5 };
const ROUNDS = 13;

/** B and C of each way, as matrices: B C must be the matrix of running sums. */
function factors(kind: CorrelatedNoise, rounds: number): { b: number[][]; c: number[][] } {
  const all = Array.from({ length: rounds }, (_, i) => i);
  if (kind === 'independent')
    return {
      b: all.map((i) => all.map((j) => (j <= i ? 1 : 0))),
      c: all.map((i) => all.map((j) => (j === i ? 1 : 0))),
    };
  if (kind === 'square-root') {
    // Σ f_j x^j = (1 − x)^{−1/2}, whose square is Σ x^j.
    const f = [1];
    for (let j = 1; j < rounds; j++) f.push((f[j - 1]! * (2 * j - 1)) / (2 * j));
    const root = all.map((i) => all.map((j) => (j <= i ? f[i - j]! : 0)));
    return { b: root, c: root };
  }
  // Every interval [k 2^l, (k + 1) 2^l) that begins before the end is a node.
  const nodes: [from: number, to: number][] = [];
  for (let size = 1; size <= rounds; size *= 2)
    for (let from = 0; from < rounds; from += size) nodes.push([from, from + size]);
  const c = nodes.map(([from, to]) => all.map((t) => (t >= from && t < to ? 1 : 0)));
  const b = all.map((t) => {
    let left = t + 1;
    const taken = new Set<string>();
    for (let from = 0; left > 0; ) {
      const size = 2 ** Math.floor(Math.log2(left));
      taken.add(`${from} ${from + size}`);
      from += size;
      left -= size;
    }
    return nodes.map(([from, to]) => (taken.has(`${from} ${to}`) ? 1 : 0));
  });
  return { b, c };
}

const length = (row: readonly number[]) => Math.hypot(...row);

describe.each(['independent', 'tree', 'square-root'] as const)('%s', (kind) => {
  const { b, c } = factors(kind, ROUNDS);
  const found = runningSumNoise(kind, { ...OPTIONS, rounds: ROUNDS });

  test('its factors make running sums', () => {
    for (let i = 0; i < ROUNDS; i++)
      for (let j = 0; j < ROUNDS; j++) {
        const entry = b[i]!.reduce((sum, value, k) => sum + value * c[k]![j]!, 0);
        expect(entry).toBeCloseTo(j <= i ? 1 : 0, 12);
      }
  });

  test('sensitivity is the longest column of C, noise the rows of B', () => {
    const columns = c[0]!.map((_, j) => length(c.map((row) => row[j]!)));
    expect(found.sensitivity).toBeCloseTo(Math.max(...columns), 12);
    for (let t = 0; t < ROUNDS; t++)
      expect(found.deviations[t]! / (found.noiseMultiplier * length(b[t]!))).toBeCloseTo(1, 12);
  });

  test('all rounds together are one Gaussian release at that ε', () => {
    const noiseMultiplier = found.noiseMultiplier / found.sensitivity;
    expect(gaussianEpsilon({ noiseMultiplier, delta: OPTIONS.delta })).toBeCloseTo(OPTIONS.epsilon, 6);
    expect(noiseMultiplier).toBe(analyticGaussianSigma(OPTIONS));
  });
});

test('over many rounds the tree beats fresh noise, and the square root beats the tree', () => {
  const worst = (kind: CorrelatedNoise) =>
    Math.max(...runningSumNoise(kind, { ...OPTIONS, rounds: 2000 }).deviations);
  expect(worst('tree')).toBeLessThan(worst('independent') / 3);
  expect(worst('square-root')).toBeLessThan(worst('tree') / 2);
});

test('one round is one release, whichever way', () => {
  for (const kind of ['independent', 'tree', 'square-root'] as const)
    expect(runningSumNoise(kind, { ...OPTIONS, rounds: 1 }).deviations[0]).toBe(
      analyticGaussianSigma(OPTIONS),
    );
  expect(() => runningSumNoise('tree', { ...OPTIONS, rounds: 0 })).toThrow('rounds');
});
