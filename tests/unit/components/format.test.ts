/** How numbers read on the whole site. */
import { describe, expect, test } from 'vitest';
import {
  count,
  fixed,
  megabytes,
  percent,
  plural,
  short,
  shortPercent,
  wholePercent,
} from '@/components/ui/format';

describe('a share as a percentage', () => {
  test('has as many decimals as asked for, one if none are', () => {
    expect(percent(0.97)).toBe('97.0 %');
    expect(percent(0.99999)).toBe('100.0 %');
    expect(percent(0.99999, 3)).toBe('99.999 %');
    expect(percent(0.5, 2)).toBe('50.00 %');
    expect(wholePercent(0.005)).toBe('1 %');
    expect(wholePercent(1)).toBe('100 %');
  });

  test('or as many digits as count, three if none are asked for', () => {
    expect(shortPercent(0.05)).toBe('5 %');
    expect(shortPercent(0.012345)).toBe('1.23 %');
    expect(shortPercent(0.99999)).toBe('100 %');
    expect(shortPercent(0.99999, 5)).toBe('99.999 %');
    expect(shortPercent(0.0123, 2)).toBe('1.2 %');
    expect(shortPercent(0)).toBe('0 %');
  });

  test('is written with a plain space, which tests and readers of a copied text search for', () => {
    expect(percent(0.5)).toMatch(/^50\.0\u0020%$/);
  });
});

describe('a number', () => {
  test('is cut to the digits that count', () => {
    expect(short(0.12345)).toBe('0.123');
    expect(short(2)).toBe('2');
    expect(short(1234.5)).toBe('1230');
    expect(short(0.0999999)).toBe('0.1');
    expect(short(1 / 3, 4)).toBe('0.3333');
    expect(short(1e-7)).toBe('1e−7');
  });

  test('is counted in threes, as the language does', () => {
    for (const value of [1, 999, 1000, 60_000, 123_456.789, 1234.5678, 0.0004, 7.9996, 2 ** 40, 999_999.9996])
      expect(count(value)).toBe(value.toLocaleString('en'));
    expect(count(0)).toBe('0');
    expect(count(999)).toBe('999');
    expect(count(60_000)).toBe('60,000');
    expect(count(1_234_567)).toBe('1,234,567');
  });

  test('of things is one or several', () => {
    expect(plural(1, 'run')).toBe('1 run');
    expect(plural(0, 'run')).toBe('0 runs');
    expect(plural(2000, 'class', 'classes')).toBe('2,000 classes');
  });

  test('of bytes is in megabytes', () => {
    expect(megabytes(11_264_000)).toBe('11.3 MB');
    expect(megabytes(11_264_000, 0)).toBe('11 MB');
  });
});

test('below zero it has a true minus, as long as anything is left of it', () => {
  expect(fixed(-1.36, 1)).toBe('−1.4');
  expect(fixed(-0.04, 1)).toBe('0.0');
  expect(fixed(2, 2)).toBe('2.00');
  expect(percent(-0.021)).toBe('−2.1 %');
  expect(shortPercent(-0.0213)).toBe('−2.13 %');
  expect(short(-0.5)).toBe('−0.5');
  expect(short(-1e-7)).toBe('−1e−7');
  expect(count(-1234)).toBe('−1,234');
  expect(percent(-0.0004)).toBe('0.0 %');
  expect(wholePercent(-0.004)).toBe('0 %');
  expect(percent(-0)).toBe('0.0 %');
  expect(shortPercent(-0)).toBe('0 %');
  expect(short(-0)).toBe('0');
  expect(count(-0)).toBe('0');
});

test('beyond all bounds it is ∞; what is no number is a dash', () => {
  for (const write of [percent, wholePercent, shortPercent, short, count]) {
    expect(write(Number.POSITIVE_INFINITY)).toMatch(/^∞( %)?$/);
    expect(write(Number.NEGATIVE_INFINITY)).toMatch(/^−∞( %)?$/);
    expect(write(Number.NaN)).toBe('–');
  }
});
