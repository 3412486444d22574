import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { choice, clamp, defineParameters, formatValue, number } from '@/lib/notebook/parameters';
import { parameterSchema } from './parameter-schema';
import { everyKind, training } from './support';

const { epsilon, steps } = training.declarations;
const plain = { label: 'X', help: '', step: 1, scale: 'linear', default: 1 } as const;

describe('number', () => {
  const range = { label: 'X', help: '', min: 1, max: 9, default: 1 };

  test('is linear unless it says otherwise, and knows its step from its scale', () => {
    expect(number({ ...range, integer: true })).toMatchObject({ scale: 'linear', step: 1 });
    expect(number({ ...range, integer: true, scale: 'log' })).toMatchObject({ scale: 'log', step: 1 });
    expect(number({ ...range, scale: 'log' })).toMatchObject({ scale: 'log', step: 0.01 });
    expect(number({ ...range, integer: true, step: 2 })).toMatchObject({ scale: 'linear', step: 2 });
  });
});

describe('clamp', () => {
  test.each([
    [900, 20, 'Privacy ε: 900 is beyond 20; using 20.'],
    ['0.001', 0.1, 'Privacy ε: 0.001 is below 0.1; using 0.1.'],
    ['-Infinity', 0.1, 'Privacy ε: −infinity is below 0.1; using 0.1.'],
    ['-5', 0.1, 'Privacy ε: −5 is below 0.1; using 0.1.'],
    ['soon', 2, 'Privacy ε: “soon” is not a number; using 2.'],
    ['', 2, 'Privacy ε: “” is not a number; using 2.'],
    [null, 2, 'Privacy ε: “some object” is not a number; using 2.'],
    [[5], 2, 'Privacy ε: “some object” is not a number; using 2.'],
    [' 3.5 ', 3.5, null],
    [20, 20, null],
  ])('%j becomes %d', (raw, value, note) => {
    expect(clamp(epsilon, raw)).toEqual({ value, note });
  });

  test('whole numbers stay whole, and every digit of them is shown', () => {
    expect(clamp(steps, '12.6')).toEqual({ value: 13, note: 'Steps: 12.6 is not a whole number; using 13.' });
    expect(formatValue(training.declarations.seed, 4_123_456_789)).toBe('4123456789');
  });

  test('minus zero is zero', () => {
    expect(Object.is(clamp(everyKind.declarations.size, '-0').value, 0)).toBe(true);
  });

  test('whatever comes in, what goes out is lawful, and a change is never silent', () => {
    const schema = parameterSchema(everyKind);
    const anything = fc.oneof(
      fc.anything(),
      fc.double(),
      fc.string(),
      fc.constantFrom('1', 'on', 'laplace', '-3'),
    );
    fc.assert(
      fc.property(anything, anything, anything, anything, (size, kind, shown, note) => {
        const given = { size, kind, shown, note, camera: '' };
        const used = Object.entries(given).map(([name, raw]) => {
          const parameter = everyKind.declarations[name as keyof typeof given];
          const clamped = clamp(parameter, raw);
          // Text is what it is; numbers and switches may be spelled.
          if (clamped.note === null && parameter.kind === 'number' && typeof raw === 'number')
            expect(clamped.value).toBe(raw + 0);
          if (parameter.kind === 'choice' && clamped.note === null) expect(clamped.value).toBe(raw);
          return [name, clamped.value];
        });
        schema.parse(Object.fromEntries(used));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a declaration that cannot be meant is refused', () => {
  test.each([
    ['a default out of range', { x: number({ ...plain, min: 2, max: 3 }) }],
    ['a range that ends before it begins', { x: number({ ...plain, min: 3, max: -3 }) }],
    ['a log scale from zero', { x: number({ ...plain, min: 0, max: 3, scale: 'log' }) }],
    ['the key of the version', { v: number({ ...plain, min: 0, max: 3 }) }],
    ['a key with a space', { x: number({ ...plain, min: 0, max: 3, key: 'a b' }) }],
    [
      'one key for two',
      { x: number({ ...plain, min: 0, max: 3 }), y: number({ ...plain, min: 0, max: 3, key: 'x' }) },
    ],
    [
      'a default that is no choice',
      { x: choice({ label: 'X', help: '', options: [{ value: 'a', label: 'A' }], default: 'b' as 'a' }) },
    ],
  ])('%s', (_, declarations) => {
    expect(() => defineParameters(declarations)).toThrow(
      expect.objectContaining({ code: 'parameter-declaration' }),
    );
  });
});
