/**
 * ε and σ as two ends of one thing, at and between and beyond the ends of their sliders: what a field shows is what the ledger charges,
 * and what a link reproduces.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatEpsilon } from '@/components/ledger/words';
import { scenePhases } from '@/components/lessons/a-privately-trained-detector/account';
import { detectorParameters } from '@/components/lessons/a-privately-trained-detector/train-detector/parameters';
import { CLIENT_DELTA, federatedPhases } from '@/components/lessons/federated-learning/account';
import { roundsParameters } from '@/components/lessons/federated-learning/rounds/parameters';
import { trainPhases } from '@/components/lessons/training-with-dp-sgd/account';
import { trainParameters } from '@/components/lessons/training-with-dp-sgd/train/parameters';
import { paramsOf } from '@/components/lessons/training-with-dp-sgd/train/settings';
import { chargedMechanismsOfPlan, epsilonOfMechanisms, type Phase } from '@/lib/ledger';
import {
  type NumberParameter,
  type Parameter,
  type ParameterSet,
  type ParameterValue,
  sliderEnds,
} from '@/lib/notebook/parameters';
import { createNotebook } from '@/lib/notebook/store';
import { type Ends, roundUp, twoEnds } from '@/lib/notebook/two-ends';
import { SCENE_DELTA } from '@/lib/runs/accounts/scenes';

/** As a slider or a field gives it: of six digits, the ends more often than chance has them. */
function lawful(parameter: Parameter): fc.Arbitrary<ParameterValue> {
  if (parameter.kind === 'choice') return fc.constantFrom(...parameter.options.map(({ value }) => value));
  const { integer } = parameter as NumberParameter;
  const { min, max } = sliderEnds(parameter as NumberParameter);
  const ends = fc.constantFrom(min, max);
  if (integer) return fc.oneof({ weight: 4, arbitrary: fc.integer({ min, max }) }, ends);
  const between = fc
    .double({ min: Math.log(min), max: Math.log(max), noNaN: true })
    .map((exponent) => Math.min(max, Math.max(min, Number(Math.exp(exponent).toPrecision(6)))));
  return fc.oneof({ weight: 4, arbitrary: between }, ends);
}

/** A setting that is moved, and whither. */
const moveIn = (declarations: Record<string, Parameter>) =>
  fc.oneof(
    ...Object.entries(declarations).map(([name, one]) =>
      lawful(one).map((value): [string, ParameterValue] => [name, value]),
    ),
    // These two matter most.
    ...['epsilon', 'noiseMultiplier', 'epsilon', 'noiseMultiplier'].map((name) =>
      lawful(declarations[name]!).map((value): [string, ParameterValue] => [name, value]),
    ),
  );

describe('rounding upwards', () => {
  test('gives four digits, never less and hardly more', () => {
    expect([1, 1.369, 1.36901, 0.30001, 99.991, 100, 0].map(roundUp)).toEqual([
      1, 1.369, 1.37, 0.3001, 100, 100, 0,
    ]);
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e3, noNaN: true }), (value) => {
        const rounded = roundUp(value);
        expect(rounded).toBe(Number(rounded.toPrecision(4)));
        expect(rounded).toBeGreaterThanOrEqual(value * (1 - 1e-12));
        expect(rounded).toBeLessThan(value * 1.0011);
      }),
    );
  });
});

describe('where ε = √steps / σ, and the bound says a quarter more', () => {
  type Values = Ends & { steps: number; seed: number };
  const account = ({ noiseMultiplier, steps }: Values) => Math.sqrt(steps) / noiseMultiplier;
  const { reconcile, sketch, inLink } = twoEnds<Values>({
    noiseMultiplier: { min: 0.5, max: 100 },
    follows: ['steps'],
    account,
    bound: (values) => 1.25 * account(values),
  });
  const values = { epsilon: 2, noiseMultiplier: 5, steps: 100, seed: 1 };

  test('each follows the other', () => {
    expect(reconcile({ ...values, epsilon: 3 }, 'epsilon')).toEqual({ noiseMultiplier: 3.3334 });
    expect(reconcile({ ...values, noiseMultiplier: 3 }, 'noiseMultiplier')).toEqual({ epsilon: 3.334 });
  });

  test('what else is moved leaves ε alone, or both', () => {
    expect(reconcile({ ...values, steps: 400 }, 'steps')).toEqual({ noiseMultiplier: 10 });
    expect(reconcile({ ...values, seed: 2 }, 'seed')).toEqual({});
  });

  test('at the ends of σ, ε is what that σ gives, wherever its own slider ends', () => {
    expect(reconcile({ ...values, epsilon: 0.1, steps: 1000 }, 'epsilon')).toEqual({
      noiseMultiplier: 100,
      epsilon: 0.3163,
    });
    expect(reconcile({ ...values, epsilon: 20, steps: 1 }, 'epsilon')).toEqual({
      noiseMultiplier: 0.5,
      epsilon: 2,
    });
    expect(reconcile({ ...values, noiseMultiplier: 0.5, steps: 10_000 }, 'noiseMultiplier')).toEqual({
      epsilon: 200,
    });
    // Nothing that σ can do.
    expect(reconcile({ ...values, epsilon: 0 }, 'epsilon')).toEqual({ noiseMultiplier: 100, epsilon: 0.1 });
  });

  test('while a slider moves, the bound stands in: more noise than needed, or more ε than spent', () => {
    expect(sketch({ ...values, epsilon: 3 }, 'epsilon')).toEqual({ noiseMultiplier: 4.1667 });
    expect(sketch({ ...values, noiseMultiplier: 3 }, 'noiseMultiplier')).toEqual({ epsilon: 4.167 });
  });

  test('a link names ε where it decided, else σ', () => {
    expect(inLink(values)).toEqual({ without: 'noiseMultiplier' });
    expect(inLink({ ...values, noiseMultiplier: 3.3, epsilon: 3.031 })).toEqual({
      without: 'epsilon',
      always: 'noiseMultiplier',
    });
  });
});

interface Coupled {
  name: string;
  set: ParameterSet;
  /** What the cell charges, and at which δ its ε is said. */
  charged(values: never): { phases: Phase[]; delta: number };
}

const coupled: Coupled[] = [
  {
    name: 'training on digits',
    set: trainParameters as unknown as ParameterSet,
    charged: (values: typeof trainParameters.defaults) => ({
      phases: trainPhases(paramsOf(values)),
      delta: values.delta,
    }),
  },
  {
    name: 'the detector',
    set: detectorParameters as unknown as ParameterSet,
    charged: (values: typeof detectorParameters.defaults) => ({
      phases: scenePhases(values),
      delta: SCENE_DELTA,
    }),
  },
  {
    name: 'federated rounds',
    set: roundsParameters as unknown as ParameterSet,
    charged: (values: typeof roundsParameters.defaults) => ({
      phases: federatedPhases(values.clientsPerRound, values.noiseMultiplier, values.rounds),
      delta: CLIENT_DELTA,
    }),
  },
];

describe.each(coupled)('$name', ({ set, charged }) => {
  const { declarations } = set;
  const sigma = declarations.noiseMultiplier as NumberParameter;
  type Values = Ends & ParameterSet['defaults'];
  /** ε that the ledger would write of a run with these values, in nats. */
  const inLedger = (values: Values) => {
    const { phases, delta } = charged(values as never);
    return epsilonOfMechanisms(chargedMechanismsOfPlan(phases), delta, 'pld')!;
  };
  const pageAfter = (moves: readonly [string, ParameterValue][]) => {
    const notebook = createNotebook();
    notebook.register(set);
    for (const [name, value] of moves) notebook.set(set, name, value);
    return notebook;
  };
  const moves = fc.array(moveIn(declarations), { minLength: 1, maxLength: 4 });

  test('its defaults are one thing', () => {
    expect(set.reconcile!(set.defaults, 'epsilon')).toEqual({
      noiseMultiplier: set.defaults.noiseMultiplier,
    });
  });

  test('whatever was moved, ε in its field is what the ledger charges, to the digits shown and never less', () => {
    fc.assert(
      fc.property(moves, (moved) => {
        const values = pageAfter(moved).valuesOf(set) as Values;
        const spent = inLedger(values);
        expect(values.epsilon).toBeGreaterThanOrEqual(spent * (1 - 1e-12));
        // σ has five digits: the ε that is kept to may be that little less than the one asked for.
        expect(values.epsilon * (1 - 1e-3)).toBeLessThanOrEqual(spent);
        if (values.epsilon === Number(values.epsilon.toPrecision(3)))
          expect(formatEpsilon(spent)).toBe(formatEpsilon(values.epsilon));
        expect(values.noiseMultiplier).toBeGreaterThanOrEqual(sigma.min);
        expect(values.noiseMultiplier).toBeLessThanOrEqual(sigma.max);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  test('a link leads back to the very same values', () => {
    fc.assert(
      fc.property(moves, (moved) => {
        const page = pageAfter(moved);
        const there = createNotebook();
        there.register(set);
        there.readHash(page.hash());
        expect(there.valuesOf(set)).toEqual(page.valuesOf(set));
        expect(there.store.getState().notes).toEqual([]);
        expect(there.hash()).toBe(page.hash());
        // Also one that names both ends.
        const { epsilon, noiseMultiplier } = page.valuesOf(set) as Values;
        there.readHash(`${page.hash() || '#v=1'}&eps=${epsilon}&sigma=${noiseMultiplier}`);
        expect(there.valuesOf(set)).toEqual(page.valuesOf(set));
      }),
      { numRuns: 30 },
    );
  }, 120_000);

  test('an old link, which names ε alone, keeps that ε and gets the σ that it needs now', () => {
    fc.assert(
      fc.property(lawful(declarations.epsilon!), (epsilon) => {
        const page = createNotebook();
        page.register(set);
        page.readHash(`#v=1&eps=${epsilon}`);
        const values = page.valuesOf(set) as Values;
        const atItsEnd = [sigma.min, sigma.max].includes(values.noiseMultiplier);
        if (!atItsEnd) expect(values.epsilon).toBe(epsilon);
        expect(inLedger(values)).toBeLessThanOrEqual(values.epsilon);
        expect(values).toEqual({
          ...set.defaults,
          epsilon: values.epsilon,
          noiseMultiplier: values.noiseMultiplier,
        });
      }),
      { numRuns: 20 },
    );
  }, 120_000);

  test('what stands in while a slider moves is never less than the truth', () => {
    fc.assert(
      fc.property(moves, moveIn(declarations), (moved, [name, value]) => {
        const before = { ...(pageAfter(moved).valuesOf(set) as Values), [name]: value } as Values;
        const meanwhile = { ...before, ...set.sketch!(before, name) } as Values;
        expect(inLedger(meanwhile)).toBeLessThanOrEqual(meanwhile.epsilon * (1 + 1e-12));
        if (name === 'noiseMultiplier')
          expect(meanwhile.epsilon).toBeGreaterThanOrEqual(
            (set.reconcile!(before, name) as unknown as Ends).epsilon,
          );
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});
