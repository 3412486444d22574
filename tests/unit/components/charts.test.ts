import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { labelRoom } from '@/components/charts/axes';
import { barTable } from '@/components/charts/bar-figure';
import {
  domain,
  linearTicks,
  logTicks,
  shortNumber,
  tableNumber,
  ticksOf,
} from '@/components/charts/numbers';
import { brokenLines, layOut } from '@/components/charts/png-layout';
import { mergeRows, POINT_LIMIT, type Row, thinRows } from '@/components/charts/rows';
import type { LineSeries } from '@/components/charts/series';
import { lineTable, toCsv } from '@/components/charts/table';

const series = (label: string, points: LineSeries['points']): LineSeries => ({
  id: label,
  label,
  role: 'private',
  points,
});

describe('merging series into rows', () => {
  it('puts points of one x into one row, in order of x, and leaves gaps empty', () => {
    const rows = mergeRows([
      series('a', [
        { x: 3, y: 30 },
        { x: 1, y: 10 },
      ]),
      series('b', [{ x: 3, y: 33 }]),
    ]);
    expect(rows.map(({ x, y }) => [x, ...y])).toEqual([
      [1, 10, null],
      [3, 30, 33],
    ]);
  });

  it('leaves out what a logarithmic axis cannot show, and what is no number', () => {
    const points = [
      { x: 0, y: 1 },
      { x: 1, y: 0 },
      { x: 2, y: Number.NaN },
      { x: 3, y: 5 },
    ];
    const rows = mergeRows([series('a', points)], { x: true, y: true });
    expect(rows.map(({ x, y }) => [x, ...y])).toEqual([
      [1, null],
      [2, null],
      [3, 5],
    ]);
  });
});

describe('thinning', () => {
  const rowsOf = (values: readonly (readonly number[])[]): Row[] =>
    values.map((y, x) => ({ x, y: [...y], band: y.map(() => null) }));

  it('never draws more than the limit, keeps the ends, the order, and each extreme', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 3000 }),
        fc.integer({ min: 0, max: 1000 }),
        (width, count, seed) => {
          // Values that jump about, without a generator of its own for each.
          const value = (r: number, i: number) =>
            Math.sin(12.9898 * (r + 1) + 78.233 * (i + 1) + seed) * 43758.5453;
          const rows = rowsOf(
            Array.from({ length: count }, (_, r) => Array.from({ length: width }, (_, i) => value(r, i) % 1)),
          );
          const thin = thinRows(rows);
          expect(thin.length).toBeLessThanOrEqual(POINT_LIMIT);
          expect(thin.every((row, i) => i === 0 || row.x > thin[i - 1]!.x)).toBe(true);
          if (count === 0) return;
          expect(thin[0]).toBe(rows[0]);
          expect(thin.at(-1)).toBe(rows.at(-1));
          for (let i = 0; i < width; i++) {
            const all = rows.map((row) => row.y[i]!);
            const kept = thin.map((row) => row.y[i]!);
            expect(Math.max(...kept)).toBe(Math.max(...all));
            expect(Math.min(...kept)).toBe(Math.min(...all));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps a single spike of one step among thousands', () => {
    const rows = rowsOf(Array.from({ length: 5000 }, (_, r) => [r === 3777 ? 9 : 0]));
    expect(thinRows(rows).some((row) => row.x === 3777)).toBe(true);
  });
});

describe('ticks', () => {
  it('are round, without the crumbs of binary', () => {
    expect(linearTicks(0, 1)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(linearTicks(0, 0.6, 6)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]);
  });

  it('of an axis that counts are whole numbers', () => {
    expect(ticksOf({ whole: true }, [0, 1], 5)).toEqual([0, 1]);
    expect(ticksOf({ whole: true }, [0, 10], 4)).toEqual([0, 5, 10]);
    expect(ticksOf({}, [0, 10], 4)).toEqual([0, 2.5, 5, 7.5, 10]);
  });

  it('of a logarithmic axis are powers of ten, with 1-2-5 over a short range', () => {
    expect(logTicks(0.001, 10)).toEqual([0.001, 0.01, 0.1, 1, 10]);
    expect(logTicks(0.1, 8)).toEqual([0.1, 0.2, 0.5, 1, 2, 5]);
  });

  it('lie inside their domain, and are few', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        (low, span) => {
          const ticks = linearTicks(low, low + span);
          expect(ticks.length).toBeLessThanOrEqual(7);
          for (const tick of ticks) {
            expect(tick).toBeGreaterThanOrEqual(low - span * 1e-6);
            expect(tick).toBeLessThanOrEqual(low + span * (1 + 1e-6));
          }
        },
      ),
    );
  });

  it('read without trailing zeros, and with powers of ten where zeros would be many', () => {
    expect([0, 0.5, 1e-5, 2e7, -3, Number.POSITIVE_INFINITY].map(shortNumber)).toEqual([
      '0',
      '0.5',
      '1e−5',
      '2e7',
      '−3',
      '∞',
    ]);
  });
});

describe('a number as it is read', () => {
  it('stands in threes on a tick, with its minus', () => {
    expect([2048, -20_000, 60_000, 123_456, 999].map(shortNumber)).toEqual([
      '2,048',
      '−20,000',
      '60,000',
      '123,500',
      '999',
    ]);
  });

  it('is whole or has four digits in a table, and every digit in a CSV', () => {
    expect([8 / 9, 60_000, 123_456, -0.06512345, 1e-5].map(tableNumber)).toEqual([
      '0.8889',
      '60,000',
      '123,456',
      '−0.06512',
      '1e−5',
    ]);
    expect(toCsv({ columns: ['x'], rows: [[8 / 9], [60_000]] })).toBe('x\r\n0.8888888888888888\r\n60000\r\n');
  });

  it('finds room beside the axis, sign and all', () => {
    expect(labelRoom(['0', '−20,000'])).toBeGreaterThan(7 * 7);
    expect(labelRoom(['0', '−20,000'])).toBeGreaterThan(labelRoom(['0', '20,000']));
  });
});

describe('what a saved picture says of itself', () => {
  const measure = (words: string) => 6 * words.length;

  it('is broken into lines that fit, and loses no word', () => {
    const text = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(text, (words) => {
        const lines = brokenLines(words.join(' '), 90, measure);
        expect(lines.join(' ')).toBe(words.join(' '));
        for (const line of lines) expect(measure(line)).toBeLessThanOrEqual(90);
      }),
    );
  });

  it('breaks even a word that is wider than a line', () => {
    expect(brokenLines('see abcdefghij now', 30, measure)).toEqual(['see', 'abcde', 'fghij', 'now']);
  });

  it('stands within the picture, line below line, and nothing lies on the drawing', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,60}$/), { maxLength: 12 }).map((all) => all.join(' '));
    const parts = fc.record({
      ...{ title: words, caption: words, xTitle: words, yTitle: words },
      source: fc.array(words, { maxLength: 3 }),
      legend: fc.array(fc.record({ label: words, latest: fc.constantFrom(undefined, '97.2 %') }), {
        maxLength: 4,
      }),
    });
    fc.assert(
      fc.property(parts, fc.integer({ min: 120, max: 900 }), (said, width) => {
        const wide = (text: string, { size }: { size: number }) => 0.6 * size * text.length;
        const { texts, samples, drawing, ...whole } = layOut(said, { width, height: 200 }, wide);
        expect(samples).toHaveLength(said.legend.length);
        for (const { words: text, x, y, style } of texts) {
          expect(x).toBeGreaterThanOrEqual(20 - 1e-9);
          expect(x + wide(text, style)).toBeLessThanOrEqual(whole.width - 20 + 1e-9);
          expect(y + style.size <= drawing.y || y >= drawing.y + 200).toBe(true);
          expect(y + style.size).toBeLessThanOrEqual(whole.height);
        }
        const all = texts.map((text) => text.words.replaceAll(' ', '')).join('');
        const { title, caption, legend, yTitle, xTitle, source } = said;
        const asked = [
          ...[title, caption],
          ...legend.map(({ label, latest }) => `${label}${latest ?? ''}`),
          ...[yTitle, xTitle, ...source],
        ];
        expect(all).toBe(asked.join('').replaceAll(' ', ''));
      }),
    );
  });
});

describe('the domain', () => {
  it('holds all values, and the ends that are asked for', () => {
    expect(domain([0.13, 0.97], { min: 0, max: 1 })).toEqual([0, 1]);
    const [low, high] = domain([3.3, 96.1], {});
    expect(low).toBeLessThanOrEqual(3.3);
    expect(high).toBeGreaterThanOrEqual(96.1);
  });

  it('has room even for one value, and for none', () => {
    for (const values of [[5], [0], [-2], []]) {
      const [low, high] = domain(values, {});
      expect(high).toBeGreaterThan(low);
    }
    const [low, high] = domain([], { scale: 'log' });
    expect(low).toBeGreaterThan(0);
    expect(high).toBeGreaterThan(low);
  });
});

describe('table and CSV', () => {
  const x = { label: 'step' };
  const y = { label: 'loss', unit: 'nats' };

  it('hold every digit, more points than are drawn, and the spread', () => {
    const points = Array.from({ length: 1000 }, (_, i) => ({ x: i, y: 1 / (i + 3), low: 0, high: 1 }));
    const table = lineTable([series('private', points)], x, y);
    expect(table.columns).toEqual(['step', 'private (nats)', 'private, low (nats)', 'private, high (nats)']);
    expect(table.rows).toHaveLength(1000);
    expect(table.rows[0]).toEqual([0, 1 / 3, 0, 1]);
    expect(toCsv(table).split('\r\n')[1]).toBe('0,0.3333333333333333,0,1');
  });

  it('quote what CSV would misread, and defuse what a spreadsheet would run', () => {
    const csv = toCsv({
      columns: ['a,b', 'say "hi"'],
      rows: [
        ['=1+1', null],
        [-2.5, '@x'],
      ],
    });
    expect(csv).toBe(`"a,b","say ""hi"""\r\n'=1+1,\r\n-2.5,'@x\r\n`);
  });
});

test('the table of bars has the whiskers of those that have some', () => {
  const table = barTable(
    ['cat', 'dog'],
    [
      { id: 'a', label: 'private', role: 'private', values: [{ value: 3, low: 2, high: 4 }, null] },
      { id: 'b', label: 'true', role: 'plain', values: [{ value: 5 }, { value: 7 }] },
    ],
    'animal',
    { label: 'seen', unit: 'times' },
  );
  expect(table.columns).toEqual([
    'animal',
    'private (times)',
    'private, low (times)',
    'private, high (times)',
    'true (times)',
  ]);
  expect(table.rows).toEqual([
    ['cat', 3, 2, 4, 5],
    ['dog', null, null, null, 7],
  ]);
});

test('an axis is written by a format that takes a number of digits too, and gets none from a place in a list', async () => {
  const { readFileSync, readdirSync } = await import('node:fs');
  // `ticks.map(shortPercent)` would ask for 0 digits of the first tick.
  for (const file of readdirSync('components/charts'))
    expect(readFileSync(`components/charts/${file}`, 'utf8'), file).not.toMatch(
      /\.map\((?:\w*[fF]ormat|shortNumber|percent|short\w*)\)/,
    );
});
