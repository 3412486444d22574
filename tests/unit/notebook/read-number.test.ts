/** Numbers as people of several countries type them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clamp, number } from '@/lib/notebook/parameters';
import { readNumber } from '@/lib/notebook/read-number';

const value = (text: string) => readNumber(text).value;

describe('a number', () => {
  test.each([
    ['1,000', 1000],
    ['60,000', 60_000],
    ['1,000,000', 1_000_000],
    ['1,000.5', 1000.5],
    ['1 000', 1000],
    ['1\u2009000', 1000],
    ['12\u202f345', 12_345],
    ['1\u00a0000\u00a0000', 1_000_000],
    ['1’000', 1000],
    ["1'000", 1000],
    ['0,5', 0.5],
    ['0,125', 0.125],
    [',5', 0.5],
    ['1,25', 1.25],
    ['1,2345', 1.2345],
    ['1234,567', 1234.567],
    ['1.000', 1],
    ['1.000,5', 1000.5],
    ['1.000.000', 1_000_000],
    ['.5', 0.5],
    ['5.', 5],
    ['\u22123', -3],
    ['\u2013 3', -3],
    ['- 0,5', -0.5],
    ['+7', 7],
    ['1e3', 1000],
    ['1E-5', 1e-5],
    ['1e\u22125', 1e-5],
    ['2,5e3', 2500],
    ['  3.5\u2009', 3.5],
    ['007', 7],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['-Infinity', Number.NEGATIVE_INFINITY],
  ])('“%s” is %d', (text, meant) => {
    expect(value(text)).toBe(meant);
  });

  test.each([
    '',
    ' ',
    'abc',
    '-',
    ',',
    '.',
    'e3',
    '∞',
    '1,,000',
    '1,00,000',
    '1 00',
    '1,000 000',
    '1.2.3',
    '0x10',
    '12px',
    '1e',
    '1e3.5',
    '1 000,000 5',
  ])('“%s” is none', (text) => {
    expect(value(text)).toBeNaN();
  });

  test('that the site writes in threes, or as a number is written anywhere, is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (whole) => {
        const size = Math.abs(whole).toLocaleString('en');
        for (const written of [size, size.replaceAll(',', '\u202f')])
          expect(value(whole < 0 ? `−${written}` : written)).toBe(whole);
      }),
    );
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (any) => {
        expect(value(String(any))).toBe(any + 0);
      }),
    );
  });

  test('reads anything without harm', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof value(text) === 'number'));
  });
});

describe('what may have been meant otherwise is said', () => {
  const fraction = number({ label: 'ε', help: '', min: 0.1, max: 2000, step: 0.1, default: 2 });
  const narrow = number({ label: 'ε', help: '', min: 0.1, max: 20, step: 0.1, default: 2 });
  const whole = number({ label: 'Steps', help: '', min: 1, max: 2000, integer: true, default: 10 });

  test('a comma before three digits, in a field of fractions', () => {
    expect(clamp(fraction, '1,250')).toEqual({
      value: 1250,
      note: 'ε: “1,250” is read as 1250: a comma before three digits groups thousands. For a fraction write 1.250.',
    });
    expect(clamp(narrow, '1,250')).toEqual({
      value: 20,
      note: 'ε: 1250 is beyond 20; using 20. “1,250” is read as 1250: a comma before three digits groups thousands. For a fraction write 1.250.',
    });
    expect(clamp(whole, '1,250')).toEqual({ value: 1250, note: null });
  });

  test('a point before three digits, in a field of whole numbers', () => {
    expect(clamp(whole, '1.000')).toEqual({
      value: 1,
      note: 'Steps: “1.000” is read as 1: a point begins a fraction. For thousands write 1000.',
    });
    expect(clamp(fraction, '1.000')).toEqual({ value: 1, note: null });
  });

  test('what cannot be read leaves what stands', () => {
    expect(clamp(narrow, 'abc', 7)).toEqual({ value: 7, note: 'ε: “abc” is not a number; it stays 7.' });
    expect(clamp(narrow, '', 7).value).toBe(7);
    expect(clamp(narrow, 'abc').value).toBe(2);
  });
});
