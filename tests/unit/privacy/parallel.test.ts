/** Answers about groups that share nobody cost what the dearest costs. */
import { describe, expect, it } from 'vitest';
import {
  composeDelta,
  composeEvents,
  discreteLaplaceMechanism,
  gaussianTotal,
  type PrivacyEvent,
  pureTotal,
  rdpCurve,
  type SingleEvent,
} from '@/lib/privacy';

const pure = (epsilon: number, count = 1): SingleEvent => ({ kind: 'pure', epsilon, count });
const laplace = (scale: number): SingleEvent => ({ kind: 'laplace', scale, sensitivity: 1, count: 1 });
const normal = (noiseMultiplier: number): SingleEvent => ({ kind: 'gaussian', noiseMultiplier, count: 1 });
const training = (sampleRate: number, noiseMultiplier: number): SingleEvent => ({
  ...{ kind: 'poisson-gaussian', sampleRate, noiseMultiplier, steps: 50 },
});
const groups = (...list: SingleEvent[]): PrivacyEvent => ({ kind: 'parallel', groups: list, count: 1 });

describe.each(['rdp', 'pld'] as const)('a histogram, by %s', (accountant) => {
  const cost = (...events: PrivacyEvent[]) => composeEvents(events, 1e-5, accountant).epsilon;

  it.each([
    ['like groups', groups(...Array.from({ length: 40 }, () => pure(0.3))), [pure(0.3)]],
    ['unlike groups', groups(pure(0.1), pure(0.7), pure(0.3)), [pure(0.7)]],
    ['noise of two kinds', groups(laplace(2), pure(0.6), laplace(4)), [pure(0.6)]],
    ['Gaussian noise', groups(normal(9), normal(4), normal(5)), [normal(4)]],
    ['trainings', groups(training(0.01, 2), training(0.02, 1), training(0.02, 3)), [training(0.02, 1)]],
    ['pure groups asked more or less often', groups(pure(0.5, 2), pure(0.3, 3)), [pure(1)]],
    ['groups of which none is the worst', groups(normal(4), laplace(2)), [normal(4), laplace(2)]],
    [
      'trainings of which none is the worst',
      groups(training(0.01, 1), training(0.02, 2)),
      [training(0.01, 1), training(0.02, 2)],
    ],
  ] as const)('of %s costs what the dearest group costs', (_, histogram, dearest) => {
    expect(cost(histogram)).toBe(cost(...dearest));
    const before = [training(0.01, 1.2), pure(0.2)];
    expect(cost(...before, histogram)).toBe(cost(...before, ...dearest));
  });

  it('asked often costs as often', () => {
    const often: PrivacyEvent = { kind: 'parallel', groups: [pure(0.2), pure(0.1)], count: 7 };
    expect(cost(often)).toBe(cost(pure(0.2, 7)));
    expect(cost({ ...often, count: 0 })).toBe(0);
  });
});

it('is pure, or Gaussian, as its dearest group is', () => {
  expect(pureTotal([groups(pure(0.1), laplace(2))])).toBe(0.5);
  expect(pureTotal([groups(pure(0.1), normal(2))])).toBe(Number.POSITIVE_INFINITY);
  expect(gaussianTotal([groups(normal(2), normal(0.5))])).toBe(4);
  expect([...rdpCurve([groups(pure(0.1), pure(0.4))], [2, 8])]).toEqual([...rdpCurve([pure(0.4)], [2, 8])]);
});

it('holds for two noisy counts taken together, outcome by outcome', () => {
  // 3 and 5 people; with one more in the second group 3 and 6. Both counts are seen.
  const noisy = [discreteLaplaceMechanism({ scale: 1 / 0.4 }), discreteLaplaceMechanism({ scale: 1 / 0.9 })];
  const deltaOfPair = (epsilon: number) => {
    let delta = 0;
    for (let x = -60; x <= 66; x++)
      for (let y = -60; y <= 71; y++) {
        const without = noisy[0]!.likelihood(x, 3) * noisy[1]!.likelihood(y, 5);
        const within = noisy[0]!.likelihood(x, 3) * noisy[1]!.likelihood(y, 6);
        delta += Math.max(0, within - Math.exp(epsilon) * without);
      }
    return delta;
  };
  const histogram = groups(pure(0.4), pure(0.9));
  for (const epsilon of [0, 0.2, 0.5, 0.89]) {
    expect(deltaOfPair(epsilon)).toBeGreaterThan(0);
    expect(deltaOfPair(epsilon)).toBeLessThanOrEqual(composeDelta([histogram], epsilon) + 1e-12);
  }
  expect(deltaOfPair(0.9)).toBeLessThan(1e-12);
  // What the cheaper group alone would cost is not enough.
  expect(deltaOfPair(0.5)).toBeGreaterThan(composeDelta([pure(0.4)], 0.5) + 0.01);
});

it('is refused where a group makes no sense', () => {
  const wrong = (histogram: PrivacyEvent) => () => composeEvents([histogram], 1e-5);
  expect(wrong(groups())).toThrow(/groups is 0/);
  expect(wrong(groups(pure(0.1), pure(-1)))).toThrow(/epsilon is -1/);
});
