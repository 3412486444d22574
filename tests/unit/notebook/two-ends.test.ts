/** ε and σ as two ends of one thing, at and between the ends of their sliders. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectorParameters } from '@/components/lessons/a-privately-trained-detector/train-detector/parameters';
import { roundsParameters } from '@/components/lessons/federated-learning/rounds/parameters';
import { trainParameters } from '@/components/lessons/training-with-dp-sgd/train/parameters';
import type { NumberParameter, Parameter, ParameterSet } from '@/lib/notebook/parameters';
import { type Ends, roundUp, twoEnds } from '@/lib/notebook/two-ends';

/** Any lawful value, the ends more often than chance has them. */
function lawful(parameter: Parameter): fc.Arbitrary<unknown> {
  if (parameter.kind === 'choice') return fc.constantFrom(...parameter.options.map(({ value }) => value));
  const { min, max, integer } = parameter as NumberParameter;
  const ends = fc.constantFrom(min, max);
  if (integer) return fc.oneof({ weight: 4, arbitrary: fc.integer({ min, max }) }, ends);
  const between = fc
    .double({ min: Math.log(min), max: Math.log(max), noNaN: true })
    .map((exponent) => Math.min(max, Math.max(min, Math.exp(exponent))));
  return fc.oneof({ weight: 4, arbitrary: between }, ends);
}

const valuesOf = (declarations: Record<string, Parameter>) =>
  fc.record(
    Object.fromEntries(Object.entries(declarations).map(([name, one]) => [name, lawful(one)])),
  ) as fc.Arbitrary<never>;

describe('rounding upwards', () => {
  test('gives four digits, never less and hardly more', () => {
    expect([1, 1.369, 1.36901, 0.30001, 99.991, 100].map(roundUp)).toEqual([
      1, 1.369, 1.37, 0.3001, 100, 100,
    ]);
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (value) => {
        const rounded = roundUp(value);
        expect(rounded).toBe(Number(rounded.toPrecision(4)));
        expect(rounded).toBeGreaterThanOrEqual(value * (1 - 1e-12));
        expect(rounded).toBeLessThan(value * 1.0011);
      }),
    );
  });
});

describe('where ε = √steps / σ', () => {
  type Values = Ends & { steps: number; seed: number };
  const couple = twoEnds<Values>({
    epsilon: { min: 0.1, max: 20 },
    noiseMultiplier: { min: 0.5, max: 100 },
    follows: ['steps'],
    calibrate: ({ epsilon, steps }) => Math.sqrt(steps) / epsilon,
    account: ({ noiseMultiplier, steps }) => Math.sqrt(steps) / noiseMultiplier,
  });
  const values = { epsilon: 2, noiseMultiplier: 5, steps: 100, seed: 1 };

  test('each follows the other', () => {
    expect(couple({ ...values, epsilon: 3 }, 'epsilon')).toEqual({ noiseMultiplier: 3.334 });
    expect(couple({ ...values, noiseMultiplier: 3 }, 'noiseMultiplier')).toEqual({ epsilon: 3.333 });
  });

  test('what else is moved leaves ε alone, or both', () => {
    expect(couple({ ...values, steps: 400 }, 'steps')).toEqual({ noiseMultiplier: 10 });
    expect(couple({ ...values, seed: 2 }, 'seed')).toEqual({});
  });

  test('at the ends of σ, ε comes back to the one that can be had', () => {
    expect(couple({ ...values, epsilon: 0.1, steps: 1000 }, 'epsilon')).toEqual({
      noiseMultiplier: 100,
      epsilon: 0.316,
    });
    expect(couple({ ...values, epsilon: 20, steps: 1 }, 'epsilon')).toEqual({
      noiseMultiplier: 0.5,
      epsilon: 2,
    });
  });
});

describe.each([
  { name: 'training on digits', set: trainParameters as unknown as ParameterSet },
  { name: 'the detector', set: detectorParameters as unknown as ParameterSet },
  { name: 'federated rounds', set: roundsParameters as unknown as ParameterSet },
])('$name', ({ set }) => {
  const { declarations } = set;
  const epsilon = declarations.epsilon as NumberParameter;
  const sigma = declarations.noiseMultiplier as NumberParameter;
  type Values = Ends & ParameterSet['defaults'];
  const reconcile = (values: Values, changed: string) =>
    ({ ...values, ...set.reconcile!(values, changed) }) as Values;
  /** ε of these values, by the accountant: as shown when σ was moved. */
  const shown = (values: Values) => reconcile(values, 'noiseMultiplier').epsilon;

  test('no end leaves its slider, and σ is in four digits', () => {
    fc.assert(
      fc.property(
        valuesOf(declarations),
        fc.constantFrom(...Object.keys(declarations)),
        (values: Values, changed) => {
          const after = reconcile(values, changed);
          for (const [end, range] of [
            [after.epsilon, epsilon],
            [after.noiseMultiplier, sigma],
          ] as const) {
            expect(end).toBeGreaterThanOrEqual(range.min);
            expect(end).toBeLessThanOrEqual(range.max);
          }
          if (after.noiseMultiplier !== values.noiseMultiplier)
            expect(after.noiseMultiplier).toBe(Number(after.noiseMultiplier.toPrecision(4)));
        },
      ),
      { numRuns: 100 },
    );
  }, 60_000);

  test('an ε that was asked for is kept, or gives way to the one that σ’s end gives', () => {
    fc.assert(
      fc.property(valuesOf(declarations), (values: Values) => {
        const after = reconcile(values, 'epsilon');
        if ([sigma.min, sigma.max].includes(after.noiseMultiplier)) {
          // Three digits, on either side.
          expect(Math.abs(after.epsilon / shown(after) - 1)).toBeLessThan(0.006);
        } else {
          expect(after.epsilon).toBe(values.epsilon);
          // Shown in four digits, on either side.
          expect(shown(after)).toBeLessThanOrEqual(Math.max(values.epsilon * 1.0006, epsilon.min));
        }
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  test('an ε that follows σ stays where it is when it decides in its turn', () => {
    fc.assert(
      fc.property(valuesOf(declarations), (values: Values) => {
        const moved = reconcile(values, 'noiseMultiplier');
        // At the end of its slider ε stands for less than σ gives, or more: then σ moves.
        fc.pre(moved.epsilon > epsilon.min && moved.epsilon < epsilon.max);
        const back = reconcile(moved, 'epsilon');
        expect(Math.abs(back.epsilon / moved.epsilon - 1)).toBeLessThan(0.006);
        expect(Math.abs(back.noiseMultiplier / values.noiseMultiplier - 1)).toBeLessThan(0.01);
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});
