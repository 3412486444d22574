/** The cells of the first lesson. Seeds are fixed: the verdicts are the same on every run. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attackers } from '@/components/lessons/what-dp-promises/experiments/attackers';
import { learnThreshold, onePerson } from '@/components/lessons/what-dp-promises/experiments/one-person';
import { repeatQuestion } from '@/components/lessons/what-dp-promises/experiments/repeat-question';
import { twoWorlds } from '@/components/lessons/what-dp-promises/experiments/two-worlds';
import {
  boundedSums,
  type Colleague,
  exactAnswer,
  makeStaff,
  privateAnswer,
  STAFF_QUESTIONS,
} from '@/components/lessons/what-dp-promises/staff';
import { logRatio } from '@/components/lessons/what-dp-promises/worlds';
import { bestGuessOf, COUNTING_MECHANISMS, countingMechanism, membershipBounds } from '@/lib/privacy';
import { bestGuess } from '@/lib/privacy/two-worlds';
import { SeededRandom } from '@/lib/random';
import { run } from '@/tests/harness/experiment';

describe('two worlds', () => {
  test('all four mechanisms keep the promise they are set up for, and hardly more', () => {
    for (const id of COUNTING_MECHANISMS)
      for (const epsilon of [0.1, 1, 4]) {
        const { mechanism, delta } = countingMechanism(id, { epsilon, delta: 1e-5 });
        expect(mechanism.deltaAt(epsilon)).toBeLessThanOrEqual(delta * (1 + 1e-9) + 1e-15);
        expect(mechanism.deltaAt(0.97 * epsilon)).toBeGreaterThan(delta);
      }
  });

  test('no answer of a pure mechanism shifts the odds by more than e to the ε; Gaussian answers far out do', () => {
    for (const id of COUNTING_MECHANISMS) {
      const at = id === 'randomised-response' ? [0, 1] : [30, 41, 42, 47, 53];
      const worst = Math.max(
        ...at.map((x) => Math.abs(logRatio({ mechanism: id, epsilon: 0.7, delta: 0.01 }, x))),
      );
      if (id === 'gaussian') expect(worst).toBeGreaterThan(0.7);
      else expect(worst).toBeCloseTo(0.7, 10);
    }
  });

  test('the best guess is the one of the formula, and a guesser reaches it', async () => {
    for (const epsilon of [0.3, 1, 3]) {
      const { mechanism } = countingMechanism('laplace', { epsilon, delta: 1e-5 });
      expect(bestGuessOf(mechanism)).toBeCloseTo(bestGuess(epsilon), 12);
    }
    for (const mechanism of COUNTING_MECHANISMS) {
      const found = await run(twoWorlds, { mechanism, epsilon: 1, delta: 1e-5, draws: 10_000, seed: 3 });
      // 20,000 guesses: four standard deviations are 1.4 points, crossed once in 16,000 seeds.
      expect(Math.abs(found.right / found.of - found.best)).toBeLessThan(0.0142);
      expect(found.best).toBeLessThanOrEqual(found.bound + 1e-12);
    }
  });

  test('randomised response gives an attacker all that its ε allows', () => {
    const { mechanism } = countingMechanism('randomised-response', { epsilon: 1.3, delta: 1e-5 });
    expect(bestGuessOf(mechanism)).toBeCloseTo(
      membershipBounds({ epsilon: 1.3, delta: 0 }).maxBalancedAccuracy,
      12,
    );
  });
});

describe('attackers', () => {
  test('none crosses the best curve by more than chance, and the curves do not cross', async () => {
    for (const mechanism of COUNTING_MECHANISMS) {
      const found = await run(attackers, { mechanism, epsilon: 1, delta: 1e-3, rounds: 10_000, seed: 5 });
      const { mechanism: made } = countingMechanism(mechanism, { epsilon: 1, delta: 1e-3 });
      for (const [i, { truePositiveRate }] of found.best.entries())
        expect(truePositiveRate).toBeLessThanOrEqual(found.promised[i]!.truePositiveRate + 1e-9);
      // Both rates scatter by half a point; the curve is as steep as e: four of √(1 + e²) × 0.005.
      for (const { falsePositiveRate, truePositiveRate } of found.attackers)
        expect(truePositiveRate).toBeLessThan(1 - made.tradeOff(falsePositiveRate) + 0.058);
      const likelier = found.attackers.find(({ id }) => id === 'likelier')!;
      expect(Math.abs(likelier.truePositiveRate - likelier.falsePositiveRate - found.advantage)).toBeLessThan(
        0.03,
      );
      const coin = found.attackers.find(({ id }) => id === 'coin')!;
      expect(Math.abs(coin.truePositiveRate - coin.falsePositiveRate)).toBeLessThan(0.03);
    }
  });
});

describe('one person', () => {
  const person = fc.record({
    years: fc.double({ min: -50, max: 90, noNaN: true }),
    pay: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  });

  test('moves no sum by more than its sensitivity, wherever they are', () => {
    fc.assert(
      fc.property(
        fc.array(person, { maxLength: 12 }),
        person,
        fc.constantFrom(...STAFF_QUESTIONS),
        fc.double({ min: 1, max: 20, noNaN: true }),
        (others, you, question, payRange) => {
          const without = boundedSums(question, others, payRange);
          const present = boundedSums(question, [...others, you], payRange);
          for (const [i, { value, sensitivity }] of present.entries()) {
            expect(sensitivity).toBe(without[i]!.sensitivity);
            expect(Math.abs(value - without[i]!.value)).toBeLessThanOrEqual(sensitivity + 1e-9);
          }
        },
      ),
    );
  });

  test('private answers close in on the exact ones as ε grows', () => {
    const staff = makeStaff(1000, 1);
    for (const question of STAFF_QUESTIONS) {
      const sums = boundedSums(question, staff, 8);
      const answer = privateAnswer(question, sums, 8, 1e6, new SeededRandom(1));
      expect(answer).toBeCloseTo(exactAnswer(question, staff), question === 'count' ? 9 : 3);
    }
  });

  test('the slope is that of a straight line', () => {
    const line: Colleague[] = [0, 10, 25].map((years) => ({ years, pay: 2 + 0.1 * years }));
    expect(exactAnswer('slope', line)).toBeCloseTo(0.1, 12);
    expect(exactAnswer('slope', line.slice(0, 1))).toBe(0);
  });

  test('a learnt threshold finds the better side, with ties together', () => {
    expect(learnThreshold([1, 2, 3], [4, 5, 6])).toEqual({ threshold: 3, above: true });
    expect(learnThreshold([4, 5, 6], [1, 2, 3])).toEqual({ threshold: 3, above: false });
    expect(learnThreshold([1, 1, 1], [1, 1, 2])).toEqual({ threshold: 1, above: true });
  });

  test('an outlier moves the exact mean far, and the attacker of the private one stays under the bound', async () => {
    const found = await run(onePerson, {
      ...{ question: 'mean' as const, years: 4, pay: 20, colleagues: 200 },
      ...{ payRange: 8, epsilon: 1, seed: 1 },
    });
    expect(found.exact.with - found.exact.without).toBeGreaterThan(0.07);
    // 4,000 guesses: four standard deviations.
    expect(found.guessed).toBeLessThan(found.bound + 0.032);
    const shares = found.bins.reduce((sum, bin) => sum + bin.with + bin.without, 0);
    expect(shares / 2 + found.outside).toBeCloseTo(1, 6);
  });

  test('whoever changes nothing cannot be guessed at', async () => {
    const found = await run(onePerson, {
      ...{ question: 'count' as const, years: 4, pay: 2, colleagues: 200 },
      ...{ payRange: 8, epsilon: 4, seed: 1 },
    });
    expect(found.exact.with).toBe(found.exact.without);
    expect(Math.abs(found.guessed - 0.5)).toBeLessThan(0.032);
  });
});

describe('a question asked again', () => {
  test('costs ε each time, is averaged, and gives the person away in the end', async () => {
    const once = await run(repeatQuestion, { epsilon: 0.1, times: 1, seed: 1 });
    const often = await run(repeatQuestion, { epsilon: 0.1, times: 1000, seed: 1 });
    expect(often.answers.at(-1)!.epsilon).toBeCloseTo(100, 9);
    expect(often.answers[0]!.answer).toBe(once.answers[0]!.answer);
    const { mean, deviation } = often.answers.at(-1)!;
    expect(Math.abs(mean - often.truth)).toBeLessThan(4 * deviation);
    expect(deviation).toBeCloseTo(once.answers[0]!.deviation / Math.sqrt(1000), 12);
    // One answer: 1 − e^(−0.05) / 2 = 52.4 %. A thousand: Gaussian with μ ≈ 0.1 √1000 = 3.2, so Φ(1.58) = 94 %.
    expect(Math.abs(once.guessed - bestGuess(0.1))).toBeLessThan(0.032);
    expect(often.guessed).toBeGreaterThan(0.89);
    expect(often.guessed).toBeLessThan(0.99);
  });
});
