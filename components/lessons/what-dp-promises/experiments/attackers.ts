/** Attackers who really guess, beside what theory allows them: the best curve for a mechanism, and for any with its ε and δ. */
import * as z from 'zod';
import {
  approximateTradeOff,
  bestGuessOf,
  countingMechanism,
  membershipBounds,
  rocCurve,
} from '@/lib/privacy';
import type { Experiment } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import { likelierGuess, trueAnswers } from '../worlds';
import { worldParams } from './two-worlds';

const params = worldParams.extend({
  /** Rounds that each attacker plays in each world. */
  rounds: z.number().int().min(10).max(50_000),
});

export type AttackersParams = z.output<typeof params>;

export interface Rates {
  falsePositiveRate: number;
  truePositiveRate: number;
}

export interface Attacker extends Rates {
  id: 'coin' | 'sure' | 'likelier' | 'eager';
  name: string;
}

export interface AttackersResult {
  /** The best ROC curve against this mechanism. */
  best: Rates[];
  /** The edge of what (ε, δ)-DP alone allows. */
  promised: Rates[];
  attackers: Attacker[];
  /** Largest TPR − FPR against this mechanism, and against any with its ε and δ. */
  advantage: number;
  maxAdvantage: number;
}

/** Evenly spaced, with more near the ends, where the curves bend. */
const RATES = [
  0,
  ...Array.from({ length: 20 }, (_, i) => 1e-4 * 10 ** (i / 10)).filter((rate) => rate < 0.01),
  ...Array.from({ length: 100 }, (_, i) => (i + 1) / 100),
];

export const attackers: Experiment<AttackersParams, null, AttackersResult> = {
  id: 'attackers',
  needs: 'maths',
  params,
  async run({ mechanism: id, epsilon, delta, rounds, seed }, { signal, describe, random }) {
    const made = countingMechanism(id, { epsilon, delta });
    describe({
      noise: 'seeded',
      seed,
      epsilon,
      delta: made.delta,
      accountant: 'exact, one release',
      dataset: 'two made-up counts',
    });
    const { mechanism } = made;
    const truth = trueAnswers(id);
    const source = random.seeded(seed);
    const evidence = (value: number) => {
      const answer = mechanism.release(value, source);
      return Math.log(mechanism.likelihood(answer, truth.with) / mechanism.likelihood(answer, truth.without));
    };
    const half = epsilon / 2;
    const kinds: { id: Attacker['id']; name: string; says(ratio: number): boolean }[] = [
      { id: 'coin', name: 'tosses a coin, and ignores the answer', says: () => source.bernoulli(0.5) },
      {
        id: 'sure',
        name: 'says “in” only on strong evidence',
        says: (ratio) => likelierGuess(ratio, half, source),
      },
      {
        id: 'likelier',
        name: 'names the likelier world',
        says: (ratio) => likelierGuess(ratio, 0, source),
      },
      {
        id: 'eager',
        name: 'says “in” unless strong evidence speaks against it',
        says: (ratio) => likelierGuess(ratio, -half, source),
      },
    ];
    const found: Attacker[] = [];
    for (const { id: kind, name, says } of kinds) {
      let falsePositives = 0;
      let truePositives = 0;
      for (let round = 0; round < rounds; round++) {
        if (says(evidence(truth.without))) falsePositives++;
        if (says(evidence(truth.with))) truePositives++;
        if (round % 5000 === 4999) await pause(signal);
      }
      found.push({
        id: kind,
        name,
        falsePositiveRate: falsePositives / rounds,
        truePositiveRate: truePositives / rounds,
      });
      await pause(signal);
    }
    return {
      best: rocCurve(mechanism.tradeOff, RATES),
      promised: rocCurve(approximateTradeOff(epsilon, made.delta), RATES),
      attackers: found,
      advantage: 2 * bestGuessOf(mechanism) - 1,
      maxAdvantage: membershipBounds({ epsilon, delta: made.delta }).maxAdvantage,
    };
  },
};
