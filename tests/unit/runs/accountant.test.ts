/** One accountant: what a cell sets, says and charges is the same ε, in every room that trains privately. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatEpsilon } from '@/components/ledger/words';
import {
  scenePhases,
  sceneRelease,
  symbolPhases,
} from '@/components/lessons/a-privately-trained-detector/account';
import { ATTACK_DELTA, attackPhases } from '@/components/lessons/attacks/account';
import {
  CLIENT_DELTA,
  federatedPhases,
  federatedRelease,
} from '@/components/lessons/federated-learning/account';
import { trainPhases, trainRelease } from '@/components/lessons/training-with-dp-sgd/account';
import { chargedMechanismsOfPlan, epsilonOfMechanisms, type Phase } from '@/lib/ledger';
import { firstQuestion, remember } from '@/lib/privacy';
import { epsilonBound, epsilonOf, epsilonOfEvents, noiseFor } from '@/lib/runs/accountant';
import { SCENE_DELTA } from '@/lib/runs/accounts/scenes';
import { TUMOUR_DELTA, tumourPhases } from '@/lib/runs/accounts/tumours';
import { DIGIT_SWEEP, eventOf, SCENE_SWEEP, sweepNoise } from '@/lib/runs/sweep-plan';

/** What the ledger writes of it, in nats. */
const inLedger = (phases: Phase[], delta: number) =>
  epsilonOfMechanisms(chargedMechanismsOfPlan(phases), delta, 'pld')!;

const logarithmic = (min: number, max: number) =>
  fc
    .double({ min: Math.log(min), max: Math.log(max), noNaN: true })
    .map((exponent) => Number(Math.exp(exponent).toPrecision(3)));
const sigma = logarithmic(0.3, 100);
const epsilon = logarithmic(0.1, 20);

describe('a cell that sets σ says the ε that the ledger charges', () => {
  test('training on digits, with each way of clipping', () => {
    fc.assert(
      fc.property(
        sigma,
        fc.integer({ min: 64, max: 8192 }),
        fc.integer({ min: 10, max: 1000 }),
        fc.constantFrom('flat', 'per-layer', 'adaptive', 'automatic'),
        logarithmic(1e-8, 1e-3),
        (noiseMultiplier, expectedBatchSize, steps, clipping, delta) => {
          const run = { people: 'all', noiseMultiplier, expectedBatchSize, steps, clipping } as const;
          expect(epsilonOf(trainRelease(run), delta)).toBe(inLedger(trainPhases(run), delta));
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);

  test('the detector, and federated rounds', () => {
    fc.assert(
      fc.property(
        sigma,
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 5, max: 500 }),
        (noise, steps, clients) => {
          const run = { noiseMultiplier: noise, steps };
          expect(epsilonOf(sceneRelease(run), SCENE_DELTA)).toBe(inLedger(scenePhases(run), SCENE_DELTA));
          const rounds = [clients, noise, steps] as const;
          expect(epsilonOf(federatedRelease(...rounds), CLIENT_DELTA)).toBe(
            inLedger(federatedPhases(...rounds), CLIENT_DELTA),
          );
        },
      ),
      { numRuns: 15 },
    );
  }, 120_000);
});

describe('a cell that sets ε is charged that ε, to the digits shown and never more', () => {
  const agree = (charged: number, set: number) => {
    expect(charged).toBeLessThanOrEqual(set * (1 + 1e-9));
    expect(formatEpsilon(charged)).toBe(formatEpsilon(set));
  };

  test('sweeps over digits and scenes', () => {
    for (const subject of [DIGIT_SWEEP, SCENE_SWEEP])
      for (const target of subject.grids.full)
        for (const steps of [5, 60, 400])
          agree(
            inLedger(
              [{ perStep: [{ ...eventOf(subject, sweepNoise(subject, target, steps), 1) }], steps }],
              subject.delta,
            ),
            target,
          );
  }, 120_000);

  test('one head of the rare symbol, the tumours and the attacks', () => {
    fc.assert(
      fc.property(epsilon, fc.integer({ min: 10, max: 400 }), (target, steps) => {
        agree(inLedger(symbolPhases({ epsilon: target, steps }).slice(0, 1), SCENE_DELTA), target);
        agree(inLedger(tumourPhases(target, 1), TUMOUR_DELTA), target);
        agree(inLedger(attackPhases(target), ATTACK_DELTA), target);
      }),
      { numRuns: 15 },
    );
  }, 120_000);
});

const run = { sampleRate: 0.02, noiseMultiplier: 1.1, steps: 90 };

test('before its first step a run has spent nothing, and more with every step', () => {
  expect(epsilonOf({ ...run, steps: 0 }, 1e-5)).toBe(0);
  const spent = [1, 10, 45, 90].map((steps) => epsilonOf({ ...run, steps }, 1e-5));
  for (let i = 1; i < spent.length; i++) expect(spent[i]).toBeGreaterThan(spent[i - 1]!);
});

test('the bound at once is never less than the exact answer', () => {
  fc.assert(
    fc.property(
      sigma,
      logarithmic(1e-3, 1),
      fc.integer({ min: 1, max: 1000 }),
      logarithmic(1e-8, 1e-3),
      (noiseMultiplier, sampleRate, steps, delta) => {
        const any = { sampleRate, noiseMultiplier, steps };
        expect(epsilonBound(any, delta)).toBeGreaterThanOrEqual(epsilonOf(any, delta) * (1 - 1e-9));
      },
    ),
    { numRuns: 60 },
  );
}, 120_000);

test('the noise for an ε is the least of five digits', () => {
  for (const target of [0.05, 1, 20]) {
    const noiseMultiplier = noiseFor(run, { epsilon: target, delta: 1e-5 });
    expect(noiseMultiplier).toBe(Number(noiseMultiplier.toPrecision(5)));
    expect(epsilonOf({ ...run, noiseMultiplier }, 1e-5)).toBeLessThanOrEqual(target);
    const less = { ...run, noiseMultiplier: noiseMultiplier * (1 - 2e-4) };
    expect(epsilonOf(less, 1e-5)).toBeGreaterThan(target);
  }
});

test('a page finds out what it would have to work out, without working it out', () => {
  const unseen = { ...run, noiseMultiplier: 1.2345 };
  const work = () => epsilonOf(unseen, 1e-6) + epsilonOf({ ...unseen, steps: 91 }, 1e-6);
  const first = firstQuestion(work)!;
  expect(first).toEqual({
    events: [{ kind: 'poisson-gaussian', ...unseen }],
    delta: 1e-6,
    accountant: 'pld',
  });
  remember(first, 42);
  const second = firstQuestion(work)!;
  expect(second.events).toMatchObject([{ steps: 91 }]);
  remember(second, 1);
  expect(firstQuestion(work)).toBeNull();
  expect(work()).toBe(43);
  // What goes wrong by itself is no question.
  expect(() =>
    firstQuestion(() => {
      throw new RangeError('not the accountant');
    }),
  ).toThrow(RangeError);
  // And outside of a rehearsal everything is worked out.
  expect(epsilonOfEvents([{ kind: 'gaussian', noiseMultiplier: 1, count: 1 }], 1e-5)).toBeGreaterThan(4);
});
