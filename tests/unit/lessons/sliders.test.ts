/** Every slider of every lesson, and sliders of any range: by keys alone one gets from either end to the other, and never presses in vain. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LESSONS } from '@/components/lessons/cells';
import { movedByKey, sliderScale } from '@/components/notebook/slider-scale';
import { NOISE_KINDS } from '@/lib/detection/noise/kinds';
import { noiseStrength } from '@/lib/detection/noise/strength';
import { formatValue, type NumberParameter, number, type Parameter, sliderEnds } from '@/lib/notebook';
import { lessonParameters } from './parameters';

/** More than any slider has positions: one goes through sixty thousand digits. */
const FAR = 60_100;

/**
 * From one end by one key to where nothing is left to do.
 * @param kept what becomes of a value where it is stored
 * @returns what was wrong on the way, in words; null where nothing was
 */
function faultOf(parameter: NumberParameter, key: string, kept = (value: number) => value): string | null {
  const scale = sliderScale(parameter);
  const up = key === 'ArrowRight' || key === 'ArrowUp' || key === 'PageUp';
  const end = kept(up ? parameter.max : parameter.min);
  let value = kept(up ? parameter.min : parameter.max);
  for (let pressed = 0; value !== end; pressed++) {
    const next = kept(movedByKey(scale, value, key)!);
    const way = () => `${parameter.label}: ${key} at ${value} leads to ${next}`;
    if (pressed > FAR) return `${way()}, after ${pressed} presses`;
    if (up ? next <= value : next >= value) return way();
    // The last step may be shorter than what can be read.
    if (next !== end && formatValue(parameter, next) === formatValue(parameter, value))
      return `${way()}, which reads the same`;
    value = next;
  }
  return null;
}

/** A seed has a die in place of a slider. */
const hasSlider = (parameter: Parameter): parameter is NumberParameter =>
  parameter.kind === 'number' && parameter.seed !== true;

function expectWalkable(declared: NumberParameter): void {
  const parameter = { ...declared, ...sliderEnds(declared) };
  for (const key of ['ArrowRight', 'ArrowLeft', 'PageUp', 'PageDown'])
    expect(faultOf(parameter, key)).toBeNull();
}

const range = (facts: Partial<NumberParameter>) =>
  number({ label: 'X', help: '', min: 0, max: 1, step: 0.01, default: facts.min ?? 0, ...facts });

describe.each(LESSONS.map(({ slug }) => slug))('%s', (slug) => {
  test('each slider is walked by keys, there and back', async () => {
    const parameters = (await lessonParameters(slug)).flatMap(({ declarations }) =>
      Object.values(declarations),
    );
    for (const parameter of parameters.filter(hasSlider)) expectWalkable(parameter);
  });
});

test('there are sliders to walk', async () => {
  const all = (await Promise.all(LESSONS.map(({ slug }) => lessonParameters(slug)))).flat();
  const sliders = all.flatMap(({ declarations }) => Object.values<Parameter>(declarations).filter(hasSlider));
  expect(sliders.length).toBeGreaterThan(60);
});

describe('a slider', () => {
  test('moves on where its neighbours are rounded to the same', () => {
    const epsilon = range({ min: 0.05, max: 20, scale: 'log', default: 1 });
    expect(sliderScale(epsilon).moved(1, 1)).toBe(1.01);
    expect(sliderScale(epsilon).moved(1, -1)).toBeLessThan(1);
    const steps = range({ min: 10, max: 2000, scale: 'log', integer: true, default: 10 });
    expect(sliderScale(steps).moved(10, 1)).toBe(11);
    expect(sliderScale(steps).moved(11, -1)).toBe(10);
  });

  test('is left by a step from between two positions at the nearer one', () => {
    const scale = sliderScale(range({ min: 0, max: 1, step: 0.1 }));
    expect(scale.moved(0.34, 1)).toBe(0.4);
    expect(scale.moved(0.34, -1)).toBe(0.3);
  });

  test('ends where its range ends, though that be no whole number of steps', () => {
    const scale = sliderScale(range({ min: 0.05, max: 1, step: 0.3 }));
    expect([scale.value(0), scale.value(1), scale.value(scale.max)]).toEqual([0.05, 0.35, 1]);
  });

  test('Home and End lead to the ends, from beside them too', () => {
    const scale = sliderScale(range({ min: 0.05, max: 20, scale: 'log' }));
    expect(movedByKey(scale, 19.98, 'End')).toBe(20);
    expect(movedByKey(scale, 0.0501, 'Home')).toBe(0.05);
  });

  test('does the same by the arrows that point up and down', () => {
    const scale = sliderScale(range({ min: 0.05, max: 20, scale: 'log' }));
    for (const value of [0.05, 1, 1.01, 19.98]) {
      expect(movedByKey(scale, value, 'ArrowUp')).toBe(movedByKey(scale, value, 'ArrowRight'));
      expect(movedByKey(scale, value, 'ArrowDown')).toBe(movedByKey(scale, value, 'ArrowLeft'));
    }
  });

  test('is left alone, or led to its end, from what lies beyond it', () => {
    const scale = sliderScale(range({ min: 0.05, max: 20, scale: 'log' }));
    expect([scale.moved(72.65, 1), scale.moved(72.65, -1)]).toEqual([72.65, 20]);
    expect([scale.moved(0.01, 1), scale.moved(0.01, -1)]).toEqual([0.05, 0.01]);
  });

  test('minds no other key', () => {
    expect(movedByKey(sliderScale(range({})), 0.5, 'a')).toBeNull();
  });

  test('of any range is walked by keys, there and back', () => {
    const positive = fc.double({ min: 1e-8, max: 1e6, noNaN: true });
    const logarithmic = fc
      .tuple(positive, fc.double({ min: 1.5, max: 1e6, noNaN: true }), fc.boolean())
      .map(([min, ratio, integer]) => {
        const [low, high] = integer
          ? [Math.ceil(min), Math.ceil(min) + Math.ceil(ratio)]
          : [min, min * ratio];
        return range({ min: low, max: high, scale: 'log', integer });
      });
    const linear = fc
      .tuple(
        fc.integer({ min: -50, max: 50 }),
        fc.integer({ min: 1, max: 400 }),
        fc.constantFrom(0.01, 0.05, 0.25, 1, 3),
      )
      .map(([from, steps, step]) =>
        range({ min: from * step, max: from * step + (steps + 0.5) * step, step }),
      );
    fc.assert(fc.property(fc.oneof(logarithmic, linear), expectWalkable), { numRuns: 60 });
  }, 60_000);
});

describe('the strength of a noise', () => {
  const picture = { width: 900, height: 600 };
  test.each(NOISE_KINDS.map(({ kind }) => kind))(
    '%s is walked by keys, kept on the common scale meanwhile',
    (kind) => {
      const { fromScale, toScale, label, min, max, step, integer } = noiseStrength(kind, picture);
      const parameter = range({ label, min, max, step, integer });
      const kept = (value: number) => fromScale(toScale(value));
      for (const key of ['ArrowRight', 'ArrowLeft', 'PageUp', 'PageDown'])
        expect(faultOf(parameter, key, kept)).toBeNull();
    },
  );
});
