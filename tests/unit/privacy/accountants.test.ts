/** What must hold of any accountant, whatever the numbers: orders, bounds, round trips, calibration, and clear refusals. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Accountant,
  advancedComposition,
  basicComposition,
  calibrateNoiseMultiplier,
  centralLimitEpsilonNotABound,
  composeDelta,
  composedTradeOff,
  composeEvents,
  dpSgdEpsilon,
  gdpEpsilon,
  maxSteps,
  optimalComposition,
  type PrivacyEvent,
  rdpEpsilon,
} from '@/lib/privacy';
import * as accounting from '@/tests/commands/verify/accounting';
import * as localPrivacy from '@/tests/commands/verify/local-privacy';
import { ROOT } from '@/tests/harness/root';

const poisson = (sampleRate: number, noiseMultiplier: number, steps: number): PrivacyEvent => ({
  kind: 'poisson-gaussian',
  sampleRate,
  noiseMultiplier,
  steps,
});

const q = fc.double({ min: -8, max: -1, noNaN: true }).map(Math.exp);
const sigma = fc.double({ min: 0.5, max: 8, noNaN: true });
const steps = fc.integer({ min: 1, max: 3000 });
const delta = fc.constantFrom(1e-3, 1e-5, 1e-9);
const event: fc.Arbitrary<PrivacyEvent> = fc.oneof(
  fc.tuple(q, sigma, steps).map(([a, b, c]) => poisson(a, b, c)),
  fc.record({
    kind: fc.constant('gaussian' as const),
    noiseMultiplier: fc.double({ min: 1, max: 20, noNaN: true }),
    count: fc.integer({ min: 1, max: 5 }),
  }),
  fc.record({
    kind: fc.constant('laplace' as const),
    scale: fc.double({ min: 1, max: 30, noNaN: true }),
    sensitivity: fc.constantFrom(1, 2),
    count: fc.integer({ min: 1, max: 5 }),
  }),
  fc.record({
    kind: fc.constant('pure' as const),
    epsilon: fc.double({ min: 0.001, max: 1, noNaN: true }),
    count: fc.integer({ min: 1, max: 5 }),
  }),
  fc.record({
    kind: fc.constant('approximate' as const),
    epsilon: fc.double({ min: 0.001, max: 1, noNaN: true }),
    delta: fc.constantFrom(0, 1e-12),
    count: fc.integer({ min: 1, max: 3 }),
  }),
);
const events = fc.array(event, { minLength: 1, maxLength: 4 });

/** A grid may move a PLD bound by about this: relative, and in nats. */
const grid = (epsilon: number) => 1e-3 * epsilon + 2e-4;

describe('the reference files', () => {
  it.each([
    ['accounting.json', accounting],
    ['ldp.json', localPrivacy],
  ] as const)('%s holds in every case', async (name, checker) => {
    const json: unknown = JSON.parse(readFileSync(join(ROOT, 'tests/fixtures/reference', name), 'utf8'));
    expect(checker.canCheck(json)).toBe(true);
    const results = await checker.check(json);
    for (const { failures, skipped } of results) {
      expect(failures ?? []).toEqual([]);
      expect(skipped).toBeUndefined();
    }
    expect(results.length).toBeGreaterThan(9);
    expect(results.every(({ passed, cases }) => passed && cases > 0)).toBe(true);
  });

  it('a file in which nothing could be compared does not pass', async () => {
    const results = await accounting.check({
      rdp_orders: [2],
      poisson_gaussian: [{ q: 0.1, sigma: 1, steps: 1, delta: 1e-5 }],
    });
    expect(results.some(({ passed }) => !passed)).toBe(true);
  });

  it('a wrong value in a file is seen', async () => {
    const row = { q: 0.01, sigma: 1.1, steps: 100, delta: 1e-5 };
    const right = composeEvents([poisson(0.01, 1.1, 100)], 1e-5).epsilon;
    const file = (eps: number) => ({
      rdp_orders: [2, 4, 8, 16, 32],
      poisson_gaussian: [{ ...row, eps_tight: eps }],
    });
    const failed = async (eps: number) =>
      (await accounting.check(file(eps))).some(({ failures }) => failures !== undefined);
    expect(await failed(right)).toBe(false);
    expect(await failed(right + 2e-3)).toBe(true);
    expect(await failed(right - 2e-3)).toBe(true);
  });
});

describe.each(['rdp', 'pld'] as const)('ε by %s', (accountant: Accountant) => {
  const slack = (epsilon: number) => (accountant === 'rdp' ? 1e-9 * epsilon : grid(epsilon));
  const runs = { numRuns: accountant === 'rdp' ? 60 : 6 };

  it('falls with σ and δ, and rises with q and the steps', () => {
    fc.assert(
      fc.property(q, sigma, steps, delta, (rate, noise, count, at) => {
        const of = (a: number, b: number, c: number, d: number = at) =>
          dpSgdEpsilon({ sampleRate: a, noiseMultiplier: b, steps: c, delta: d, accountant });
        const here = of(rate, noise, count);
        expect(of(rate, noise * 1.3, count)).toBeLessThanOrEqual(here + slack(here));
        expect(of(rate * 0.7, noise, count)).toBeLessThanOrEqual(here + slack(here));
        expect(of(rate, noise, count + 50)).toBeGreaterThanOrEqual(here - slack(here));
        expect(of(rate, noise, count, at * 3)).toBeLessThanOrEqual(here + slack(here));
      }),
      runs,
    );
  });

  it('does not depend on the order of events, nor on how equal ones are grouped', () => {
    fc.assert(
      fc.property(events, delta, (list, at) => {
        const here = composeEvents(list, at, accountant).epsilon;
        expect(composeEvents([...list].reverse(), at, accountant).epsilon).toBe(here);
        const split = list.flatMap((each) =>
          'steps' in each && each.steps > 1
            ? [
                { ...each, steps: 1 },
                { ...each, steps: each.steps - 1 },
              ]
            : [each],
        );
        expect(Math.abs(composeEvents(split, at, accountant).epsilon - here)).toBeLessThan(
          1e-9 + 1e-6 * here,
        );
      }),
      runs,
    );
  });

  it('never falls by adding an event: what was released stays released', () => {
    fc.assert(
      fc.property(events, event, delta, (list, more, at) => {
        const before = composeEvents(list, at, accountant).epsilon;
        const after = composeEvents([...list, more], at, accountant).epsilon;
        expect(after).toBeGreaterThanOrEqual(before - slack(before));
      }),
      runs,
    );
  });

  it('returns from ε to δ to ε', () => {
    fc.assert(
      fc.property(events, delta, (list, at) => {
        const { epsilon } = composeEvents(list, at, accountant);
        fc.pre(epsilon > 0.01 && Number.isFinite(epsilon));
        const back = composeDelta(list, epsilon, accountant);
        // A pure list reaches δ = 0 at its ε.
        if (back < 1e-14) return;
        expect(composeEvents(list, back, accountant).epsilon).toBeLessThanOrEqual(
          epsilon + slack(epsilon) + 1e-9,
        );
        expect(back).toBeLessThanOrEqual(at * 1.02);
      }),
      runs,
    );
  });

  it('is the smallest σ, or the most steps, that a target allows', () => {
    fc.assert(
      fc.property(
        q,
        fc.integer({ min: 1, max: 500 }),
        fc.double({ min: 0.3, max: 8, noNaN: true }),
        (rate, count, target) => {
          const request = { targetEpsilon: target, delta: 1e-5, accountant };
          const found = calibrateNoiseMultiplier({ ...request, sampleRate: rate, steps: count });
          const of = (noise: number, n: number) =>
            dpSgdEpsilon({ sampleRate: rate, noiseMultiplier: noise, steps: n, delta: 1e-5, accountant });
          expect(found.epsilon).toBeLessThanOrEqual(target);
          expect(of(found.noiseMultiplier, count)).toBe(found.epsilon);
          expect(found.epsilon).toBeGreaterThan(target * 0.999 - (accountant === 'pld' ? 1e-3 : 0));
          // With that noise the steps are the most there are, or ε stays flat for more.
          const most = maxSteps({ ...request, sampleRate: rate, noiseMultiplier: found.noiseMultiplier });
          expect(most.steps).toBeGreaterThanOrEqual(count - (accountant === 'pld' ? 1 : 0));
          expect(most.epsilon).toBeLessThanOrEqual(target);
        },
      ),
      { numRuns: accountant === 'rdp' ? 20 : 1 },
    );
  });

  it('finds steps where the looser accountant allows none', () => {
    // σ 5.04 at q 0.37: one step costs 0.30 by PLD and 0.34 by RDP.
    const request = { targetEpsilon: 0.3001, delta: 1e-5, sampleRate: 0.36787944, noiseMultiplier: 5.0378 };
    if (accountant === 'pld') expect(maxSteps({ ...request, accountant }).steps).toBe(1);
    else expect(() => maxSteps({ ...request, accountant })).toThrow(/A single step/);
  });

  it('charges for what was spent before', () => {
    const after = [poisson(0.01, 1, 500)];
    const spent = composeEvents(after, 1e-5, accountant).epsilon;
    const request = { targetEpsilon: 3, delta: 1e-5, sampleRate: 0.02, steps: 100, accountant, after };
    const found = calibrateNoiseMultiplier(request);
    const fresh = calibrateNoiseMultiplier({ ...request, after: [] });
    expect(found.noiseMultiplier).toBeGreaterThan(fresh.noiseMultiplier);
    const unreachable = expect.objectContaining({ code: 'target-unreachable' });
    expect(() => calibrateNoiseMultiplier({ ...request, targetEpsilon: spent / 2 })).toThrow(unreachable);
    expect(() => maxSteps({ ...request, noiseMultiplier: 1, targetEpsilon: spent / 2 })).toThrow(
      /already spend/,
    );
    expect(() => maxSteps({ ...request, after: [], noiseMultiplier: 0.3, targetEpsilon: 0.01 })).toThrow(
      /A single step/,
    );
  });
});

describe('accountants beside each other', () => {
  it('has PLD within RDP, and its optimistic bound below its pessimistic one, in both directions', () => {
    fc.assert(
      fc.property(events, delta, (list, at) => {
        const pld = composeEvents(list, at, 'pld');
        const rdp = composeEvents(list, at, 'rdp').epsilon;
        expect(pld.epsilon).toBeLessThanOrEqual(rdp + grid(rdp));
        expect(pld.lowerEpsilon!).toBeLessThanOrEqual(pld.epsilon);
        for (const each of Object.values(pld.directions!)) {
          expect(each.lowerEpsilon).toBeLessThanOrEqual(each.epsilon);
          expect(each.epsilon).toBeLessThanOrEqual(pld.epsilon);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('has tighter composition below looser', () => {
    const [epsilon, count, at] = [0.1, 300, 1e-6];
    const each = { epsilon, delta: 0 };
    const basic = basicComposition(Array(count).fill(each)).epsilon;
    const advanced = advancedComposition(each, count, at).epsilon;
    const optimal = optimalComposition(each, count, at);
    const pld = composeEvents([{ kind: 'pure', epsilon, count }], at).epsilon;
    expect(basic).toBeCloseTo(30, 9);
    expect(advanced).toBeLessThan(basic);
    expect(optimal).toBeLessThan(advanced);
    expect(pld).toBeLessThanOrEqual(optimal + 1e-9);
    expect(composeEvents([{ kind: 'pure', epsilon, count }], 0).epsilon).toBeCloseTo(30, 9);
  });

  it('keeps the central-limit value out of every bound', () => {
    const run = { sampleRate: 0.01, noiseMultiplier: 0.4, steps: 1, delta: 1e-5 };
    const approximate = centralLimitEpsilonNotABound(run);
    const truth = composeEvents([poisson(0.01, 0.4, 1)], 1e-5);
    expect(approximate).toBeCloseTo(0.83, 2);
    expect(truth.lowerEpsilon!).toBeCloseTo(5.6, 1);
    expect(rdpEpsilon(run).epsilon).toBeGreaterThan(truth.lowerEpsilon!);
    expect(gdpEpsilon(0, 1e-5)).toBe(0);
  });

  it('draws the best attack on a composition as a trade-off curve within the exact one', () => {
    // Ten Gaussian releases are one with μ = √10 / σ.
    const f = composedTradeOff([{ kind: 'gaussian', noiseMultiplier: 5, count: 10 }]);
    const single = composedTradeOff([{ kind: 'gaussian', noiseMultiplier: 5 / Math.sqrt(10), count: 1 }]);
    for (const rate of [0.001, 0.05, 0.3, 0.7]) expect(f(rate)).toBeCloseTo(single(rate), 9);
    const sampled = composedTradeOff([poisson(0.02, 1, 400)]);
    for (let i = 1; i < 50; i++) {
      const [a, b, c] = [i - 1, i, i + 1].map((k) => sampled(k / 50)) as [number, number, number];
      expect(b).toBeLessThanOrEqual((a + c) / 2 + 1e-9);
      expect(b).toBeLessThanOrEqual(1 - i / 50 + 1e-9);
    }
  });
});

describe('absurd and impossible questions', () => {
  const run = { sampleRate: 0.01, noiseMultiplier: 1, steps: 10, delta: 1e-5 };
  const bad = [Number.NaN, Number.NEGATIVE_INFINITY, -1];
  it.each([
    ['sampleRate', [...bad, 1.01, Number.POSITIVE_INFINITY], 'sample-rate-invalid'],
    ['noiseMultiplier', [...bad, Number.POSITIVE_INFINITY], 'noise-multiplier-invalid'],
    ['steps', [...bad, 1.5, 2e9, Number.POSITIVE_INFINITY], 'steps-invalid'],
    ['delta', [...bad, 0, 1, 2, Number.POSITIVE_INFINITY], 'delta-invalid'],
  ] as const)('names a wrong %s', (field, values, code) => {
    for (const value of values) {
      const thrown = expect.objectContaining({
        code,
        message: expect.stringContaining(`${field} is ${value}`),
      });
      expect(() => rdpEpsilon({ ...run, [field]: value })).toThrow(thrown);
      expect(() => dpSgdEpsilon({ ...run, [field]: value, accountant: 'pld' })).toThrow(thrown);
      if (field !== 'noiseMultiplier')
        expect(() => calibrateNoiseMultiplier({ ...run, targetEpsilon: 1, [field]: value })).toThrow(thrown);
      if (field !== 'steps')
        expect(() => maxSteps({ ...run, targetEpsilon: 1, [field]: value })).toThrow(thrown);
    }
    for (const targetEpsilon of [...bad, 0, Number.POSITIVE_INFINITY])
      expect(() => calibrateNoiseMultiplier({ ...run, targetEpsilon })).toThrow(
        expect.objectContaining({ code: 'epsilon-invalid' }),
      );
  });

  it.each([
    [{ kind: 'laplace', scale: 0, sensitivity: 1, count: 1 }, 'scale-invalid'],
    [{ kind: 'laplace', scale: 1, sensitivity: Number.NaN, count: 1 }, 'sensitivity-invalid'],
    [{ kind: 'pure', epsilon: Number.POSITIVE_INFINITY, count: 1 }, 'epsilon-invalid'],
    [{ kind: 'approximate', epsilon: 1, delta: 1, count: 1 }, 'delta-invalid'],
    [{ kind: 'gaussian', noiseMultiplier: -2, count: 1 }, 'noise-multiplier-invalid'],
    [{ kind: 'gaussian', noiseMultiplier: 2, count: 0.5 }, 'steps-invalid'],
    [{ kind: 'subsampled-laplace' }, 'event-unsupported'],
  ] as const)('refuses the event %j', (wrong, code) => {
    const thrown = expect.objectContaining({ name: 'PrivacyError', code, remedy: expect.any(String) });
    for (const accountant of ['rdp', 'pld'] as const) {
      expect(() => composeEvents([wrong as PrivacyEvent], 1e-5, accountant)).toThrow(thrown);
      expect(() => composeDelta([wrong as PrivacyEvent], 1, accountant)).toThrow(thrown);
    }
  });

  it('has answers at the ends of what is possible', () => {
    for (const accountant of ['rdp', 'pld'] as const) {
      const of = (a: number, b: number, c: number, at: number) =>
        composeEvents([poisson(a, b, c)], at, accountant).epsilon;
      expect(of(1, 1, 1, 1e-5)).toBeGreaterThan(4.37);
      expect(of(1, 1, 1, 1e-5)).toBeLessThan(4.8);
      expect(of(0.01, 1, 0, 1e-5)).toBe(0);
      expect(of(0.01, 0, 1, 1e-5)).toBe(Number.POSITIVE_INFINITY);
      expect(of(0.5, 0.4, 1000, 1e-10)).toBeGreaterThan(100);
      expect(of(0.01, 1e12, 20_000, 1e-10)).toBeLessThan(1e-3);
      expect(composeEvents([], 1e-5, accountant).epsilon).toBe(0);
      expect(composeEvents([poisson(0.1, 1, 1)], 0, accountant).epsilon).toBe(Number.POSITIVE_INFINITY);
    }
    expect(() => composeEvents([], 1e-5, 'gdp' as Accountant)).toThrow(/no accountant called "gdp"/);
  });
});
