import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  analyticGaussianSigma,
  approximateOdds,
  attackOdds,
  balancedOdds,
  bestGuessRate,
  composedTradeOff,
  epsilonForRisk,
  epsilonKeepingRisk,
  noiseForRisk,
  type PrivacyEvent,
  pickedOut,
} from '@/lib/privacy';

import { groupEpsilon } from '@/lib/privacy/group';
import { normalCdf, normalQuantile } from '@/lib/privacy/numerics/normal';

interface Case {
  events: PrivacyEvent[];
  presence: number[];
  absence: number[];
  advantage: number;
  balanced: number;
}

/** Made by another road in another language: tests/fixtures/python/odds.py. */
const fixture = JSON.parse(readFileSync('tests/fixtures/odds.json', 'utf8')) as {
  rates: number[];
  cases: Case[];
};

/** What the rates may differ by; the fixture's own grid errs by some 1e-6. */
const CLOSE = 3e-4;
const OWN_ERROR = 5e-6;

const step = (sampleRate: number, noiseMultiplier: number, steps: number): PrivacyEvent => ({
  kind: 'poisson-gaussian',
  sampleRate,
  noiseMultiplier,
  steps,
});

describe('the best attacker against lists of events', () => {
  it('has the rates, the advantage and the balanced odds of an independent computation', {
    timeout: 120_000,
  }, () => {
    expect(fixture.cases.length).toBeGreaterThanOrEqual(100);
    for (const { events, presence, absence, advantage, balanced } of fixture.cases) {
      const odds = attackOdds(events);
      const name = JSON.stringify(events);
      const check = (actual: number, expected: number, what: string) => {
        expect(actual, `${what} of ${name}`).toBeGreaterThan(expected - OWN_ERROR);
        expect(actual, `${what} of ${name}`).toBeLessThan(expected + CLOSE);
      };
      fixture.rates.forEach((rate, i) => {
        check(odds.presence.upper(rate), presence[i]!, `presence at ${rate}`);
        check(odds.absence.upper(rate), absence[i]!, `absence at ${rate}`);
        expect(odds.presence.lower(rate), name).toBeLessThan(presence[i]! + OWN_ERROR);
        expect(odds.presence.lower(rate), name).toBeGreaterThan(presence[i]! - 1e-3);
      });
      check(odds.advantage.upper, advantage, 'advantage');
      check(balancedOdds(odds).ifIn, balanced, 'balanced');
    }
  });

  it('lies within the trade-off curve of both aims together, which is close for Gaussian noise on all data', () => {
    for (const { events, presence, absence } of fixture.cases.filter((_, i) => i % 5 === 0)) {
      const tradeOff = composedTradeOff(events);
      // An atom of the loss between two ε of the envelope costs it some thousandths.
      const smooth = events.every(({ kind }) => kind === 'gaussian');
      fixture.rates.forEach((rate, i) => {
        const bound = 1 - tradeOff(rate);
        const most = Math.max(presence[i]!, absence[i]!);
        expect(bound, JSON.stringify(events)).toBeGreaterThan(most - OWN_ERROR);
        if (smooth) expect(bound, JSON.stringify(events)).toBeLessThan(most + 1e-3);
      });
    }
  });

  it('says of one count with Laplace noise at ε = 0.5 what the study said: 61 of 100 against 39', () => {
    const odds = attackOdds([{ kind: 'laplace', scale: 2, sensitivity: 1, count: 1 }]);
    const { ifIn, ifOut } = balancedOdds(odds);
    expect(Math.round(100 * ifIn)).toBe(61);
    expect(Math.round(100 * ifOut)).toBe(39);
    expect(ifIn).toBeCloseTo(1 - Math.exp(-0.25) / 2, 10);
    expect(bestGuessRate(odds)).toBeCloseTo(1 - Math.exp(-0.25) / 2, 10);
  });

  it('leaves a coin where nothing was released, and everything where no noise was', () => {
    for (const events of [[], [step(0, 1, 100)], [step(0.5, 1, 0)]]) {
      const odds = attackOdds(events);
      for (const rate of [0, 0.01, 0.5, 1]) expect(odds.presence.upper(rate)).toBeCloseTo(rate, 12);
      expect(odds.advantage.upper).toBeCloseTo(0, 12);
    }
    const open = attackOdds([{ kind: 'gaussian', noiseMultiplier: 0, count: 1 }]);
    expect(pickedOut(open, { of: 1000, wrongly: 10 })).toBe(1000);
  });

  it('names people in whole numbers, upwards', () => {
    const coin = attackOdds([]);
    expect(pickedOut(coin, { of: 1000, wrongly: 10 })).toBe(10);
    const answer = attackOdds([{ kind: 'pure', epsilon: Math.log(2), count: 1 }]);
    expect(pickedOut(answer, { of: 1000, wrongly: 10 })).toBe(20);
    expect(pickedOut(answer, { of: 100, wrongly: 1 })).toBe(2);
    const little = attackOdds([{ kind: 'gaussian', noiseMultiplier: 100, count: 1 }]);
    expect(pickedOut(little, { of: 1000, wrongly: 10 })).toBe(11);
  });

  it.each([-0.1, 1.1, Number.NaN])('refuses %s as a rate', (rate) => {
    const refusal = expect.objectContaining({ code: 'probability-invalid' });
    expect(() => attackOdds([step(0.1, 1, 2)]).presence.upper(rate)).toThrow(refusal);
    expect(() => approximateOdds(1, 0).absence.lower(rate)).toThrow(refusal);
  });
});

describe('odds of ε and δ alone', () => {
  it('is the curve of the worst mechanism: everything given away with δ, else randomised response', () => {
    for (const [epsilon, delta] of [
      [0, 0],
      [0.5, 0],
      [1, 1e-3],
      [3, 0.05],
      [8, 1e-5],
    ] as const) {
      const alone = approximateOdds(epsilon, delta);
      const worst = attackOdds([{ kind: 'approximate', epsilon, delta, count: 1 }]);
      for (const rate of [0, 1e-4, 0.01, 0.3, 0.5, 0.9, 1]) {
        expect(alone.presence.upper(rate)).toBeCloseTo(worst.presence.upper(rate), 10);
      }
      expect(alone.advantage.upper).toBeCloseTo(worst.advantage.upper, 10);
      expect(balancedOdds(alone).ifIn).toBeCloseTo(1 - (1 - delta) / (1 + Math.exp(epsilon)), 9);
    }
  });

  it('is never kinder than what was really run', () => {
    const run = [step(0.01, 1, 1000)];
    const odds = attackOdds(run);
    // ε of this run at δ = 1e−5, rounded up.
    const alone = approximateOdds(2.11, 1e-5);
    for (const rate of [1e-4, 0.01, 0.2, 0.7]) {
      expect(alone.presence.upper(rate)).toBeGreaterThan(odds.presence.upper(rate));
    }
    expect(alone.advantage.upper).toBeGreaterThan(odds.advantage.upper);
  });

  it('gives the ε of a risk, and throws where δ alone is more', () => {
    for (const delta of [0, 1e-5, 0.01]) {
      for (const risk of [
        { falsePositiveRate: 0.01, truePositiveRate: 0.05 },
        { falsePositiveRate: 1e-4, truePositiveRate: 0.5 },
        { falsePositiveRate: 0.5, truePositiveRate: 0.9 },
      ]) {
        const at = (epsilon: number) =>
          approximateOdds(epsilon, delta).presence.upper(risk.falsePositiveRate);
        const epsilon = epsilonForRisk(risk, delta);
        expect(at(epsilon)).toBeCloseTo(risk.truePositiveRate, 10);
        expect(at(epsilon * 1.01 + 0.001)).toBeGreaterThan(risk.truePositiveRate);
      }
      const epsilon = epsilonForRisk({ advantage: 0.3 }, delta);
      expect(approximateOdds(epsilon, delta).advantage.upper).toBeCloseTo(0.3, 10);
    }
    expect(epsilonForRisk({ falsePositiveRate: 0.01, truePositiveRate: 1 }, 0)).toBe(
      Number.POSITIVE_INFINITY,
    );
    const refusal = expect.objectContaining({ code: 'target-unreachable' });
    expect(() => epsilonForRisk({ falsePositiveRate: 0.01, truePositiveRate: 0.02 }, 0.05)).toThrow(refusal);
    expect(() => epsilonForRisk({ falsePositiveRate: 0.2, truePositiveRate: 0.1 }, 0)).toThrow(refusal);
  });
});

describe('noise set by its odds', () => {
  const run = { sampleRate: 0.02, steps: 100, delta: 1e-5, range: { min: 0.4, max: 50 } };

  it.each([[{ falsePositiveRate: 0.01, truePositiveRate: 0.05 }], [{ advantage: 0.1 }]])(
    'is the least that keeps to %j',
    (risk) => {
      const found = noiseForRisk({ ...run, risk })!;
      const reached = (sigma: number) => {
        const odds = attackOdds([step(run.sampleRate, sigma, run.steps)]);
        return 'advantage' in risk ? odds.advantage.upper : odds.presence.upper(risk.falsePositiveRate);
      };
      const allowed = 'advantage' in risk ? risk.advantage : risk.truePositiveRate;
      expect(reached(found.noiseMultiplier)).toBeLessThanOrEqual(allowed);
      expect(reached(found.noiseMultiplier * 0.999)).toBeGreaterThan(allowed);
      // Going by way of an ε that binds every mechanism would have asked for much more noise.
      expect(found.epsilon).toBeGreaterThan(epsilonForRisk(risk, run.delta));
    },
  );

  it('ends where the range does', () => {
    expect(noiseForRisk({ ...run, risk: { advantage: 0.999 } })!.noiseMultiplier).toBe(0.4);
    expect(noiseForRisk({ ...run, range: { min: 0.4, max: 0.5 }, risk: { advantage: 0.01 } })).toBeNull();
    expect(noiseForRisk({ ...run, risk: { falsePositiveRate: 0.01, truePositiveRate: 0.01 } })).toBeNull();
  });
});

describe('ε set by its odds, of a release whose mechanism is known', () => {
  const delta = 1e-5;
  const EVENTS = {
    pure: (epsilon: number): PrivacyEvent => ({ kind: 'pure', epsilon, count: 1 }),
    laplace: (epsilon: number): PrivacyEvent => ({
      kind: 'laplace',
      scale: 1 / epsilon,
      sensitivity: 1,
      count: 1,
    }),
    gaussian: (epsilon: number): PrivacyEvent => ({
      kind: 'gaussian',
      noiseMultiplier: analyticGaussianSigma({ epsilon, delta }),
      count: 1,
    }),
  };
  const RISKS = [0.011, 0.03, 0.2, 0.5, 0.62, 0.95];

  it.each(['pure', 'laplace', 'gaussian'] as const)('is the largest: %s', (release) => {
    const reached = (epsilon: number) => attackOdds([EVENTS[release](epsilon)]).presence.upper(0.01);
    for (const truePositiveRate of RISKS) {
      const epsilon = epsilonKeepingRisk(release, { falsePositiveRate: 0.01, truePositiveRate }, { delta });
      // By the accountant, which took another road to it.
      expect(reached(epsilon)).toBeGreaterThan(truePositiveRate - 1e-6);
      expect(reached(epsilon)).toBeLessThan(truePositiveRate + 3e-4);
      expect(reached(1.02 * epsilon)).toBeGreaterThan(truePositiveRate);
    }
  });

  it('asks for less noise than binding every mechanism would', () => {
    const risk = { falsePositiveRate: 0.01, truePositiveRate: 0.2 };
    expect(epsilonKeepingRisk('gaussian', risk, { delta })).toBeGreaterThan(
      1.2 * epsilonForRisk(risk, delta),
    );
  });

  it('counts how often a patient takes part', () => {
    const risk = { falsePositiveRate: 0.01, truePositiveRate: 0.2 };
    const epsilon = epsilonKeepingRisk('gaussian', risk, { delta, times: 4 });
    const four = attackOdds([{ ...EVENTS.gaussian(epsilon), count: 4 } as PrivacyEvent]);
    expect(four.presence.upper(0.01)).toBeCloseTo(0.2, 3);
  });

  it('has no limit where everything is allowed, and is 0 where nothing is', () => {
    const all = { falsePositiveRate: 0.01, truePositiveRate: 1 };
    const none = { falsePositiveRate: 0.01, truePositiveRate: 0.01 };
    for (const release of ['pure', 'laplace', 'gaussian'] as const) {
      expect(epsilonKeepingRisk(release, all, { delta })).toBe(Number.POSITIVE_INFINITY);
      expect(epsilonKeepingRisk(release, none, { delta })).toBeCloseTo(0, 12);
    }
  });
});

describe('the best attacker on somebody with several examples', () => {
  const group = (groupSize: number, steps = 1): PrivacyEvent => ({
    ...{ kind: 'group-poisson-gaussian', groupSize, sampleRate: 0.1, noiseMultiplier: 1.5, steps },
  });

  it('reaches in one step what a threshold on the outcome reaches', () => {
    const { presence } = attackOdds([group(3)]);
    for (const rate of [1e-4, 0.01, 0.1, 0.5]) {
      // The loss rises with the outcome: whoever lies above z is accused. Of the binomial of the examples drawn, each part by itself.
      const z = -1.5 * normalQuantile(rate);
      const drawn = [0.729, 0.243, 0.027, 0.001];
      const reached = drawn.reduce((sum, weight, s) => sum + weight * normalCdf((s - z) / 1.5), 0);
      expect(presence.upper(rate)).toBeCloseTo(reached, 9);
      expect(presence.lower(rate)).toBeCloseTo(reached, 9);
    }
  });

  it('does more over many steps than with one example, and less than ε and δ allow', () => {
    const steps = 100;
    const one = attackOdds([step(0.1, 1.5, steps)]);
    const three = attackOdds([group(3, steps)]);
    const epsilon = groupEpsilon({
      ...{ sampleRate: 0.1, noiseMultiplier: 1.5, steps, groupSize: 3, delta: 1e-5 },
    });
    const worst = attackOdds([{ kind: 'approximate', epsilon, delta: 1e-5, count: 1 }]);
    for (const rate of [0.01, 0.1]) {
      expect(three.presence.lower(rate)).toBeGreaterThan(one.presence.upper(rate) + 0.01);
      expect(three.presence.upper(rate)).toBeLessThan(worst.presence.lower(rate));
    }
  });

  it('has one example in a group of one', () => {
    expect(attackOdds([group(1, 20)]).presence.upper(0.01)).toBe(
      attackOdds([step(0.1, 1.5, 20)]).presence.upper(0.01),
    );
  });
});
