/** What the sliders say and what the experiment is given: there and back, nothing is lost. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectorParameters } from '@/components/lessons/a-privately-trained-detector/train-detector/parameters';
import * as detector from '@/components/lessons/a-privately-trained-detector/train-detector/settings';
import { trainParameters } from '@/components/lessons/training-with-dp-sgd/train/parameters';
import * as digits from '@/components/lessons/training-with-dp-sgd/train/settings';
import type { Declarations, ParameterSet, ValuesOf } from '@/lib/notebook/parameters';
import { createNotebook } from '@/lib/notebook/store';

type Moves = readonly (readonly [name: string, value: unknown])[];

/** As a learner moves sliders, one after another. */
const movesOf = ({ declarations }: ParameterSet): fc.Arbitrary<Moves> =>
  fc.array(
    fc.oneof(
      ...Object.entries(declarations).map(([name, parameter]) =>
        parameter.kind === 'number'
          ? fc
              .double({ min: parameter.min, max: parameter.max, noNaN: true })
              .map((value) => [name, value] as const)
          : fc.constantFrom(
              ...(parameter.kind === 'choice' ? parameter.options : []).map(
                ({ value }) => [name, value] as const,
              ),
            ),
      ),
    ),
    { maxLength: 6 },
  );

function thereAndBack<D extends Declarations, Params>(
  set: ParameterSet<D>,
  paramsOf: (values: ValuesOf<D>) => Params,
  valuesOf: (params: Params) => object,
) {
  const after = (...moves: Moves[]) => {
    const notebook = createNotebook();
    for (const [name, value] of moves.flat()) notebook.set(set, name, value);
    return notebook.valuesOf(set);
  };

  test('values become parameters and come back, all but ε, which follows from σ', () => {
    const { epsilon: _, ...rest } = set.defaults;
    expect(valuesOf(paramsOf(set.defaults))).toEqual(rest);
  });

  test('a page that is set to a run that broke off would start that very run', () => {
    const moves = movesOf(set as unknown as ParameterSet);
    fc.assert(
      fc.property(moves, moves, (before, run) => {
        const params = paramsOf(after(run));
        expect(paramsOf(after(before, Object.entries(valuesOf(params))))).toEqual(params);
      }),
      { numRuns: 60 },
    );
  }, 180_000);
}

describe('training on digits', () => {
  thereAndBack(trainParameters, digits.paramsOf, digits.valuesOf);
});

describe('the detector', () => {
  const sources = { scenes: 'sha256:1', backbone: null };
  thereAndBack(detectorParameters, (values) => detector.paramsOf(values, sources), detector.valuesOf);
});
