import { describe, expect, test } from 'vitest';
import {
  compareRuns,
  inWords,
  MOST_ROWS,
  metricsOfRows,
  metricsOfRun,
  type RunRow,
  rowOf,
  settingsInWords,
  sorted,
  tableOfRuns,
  withRun,
} from '@/lib/notebook/own/run-table';
import type { Provenance } from '@/lib/runtime/experiment';

const provenance: Provenance = {
  ...{ origin: 'live', backend: 'wasm', adapter: null, softwareGpu: false, noise: 'cryptographic' },
  ...{ seed: null, accountant: 'RDP', epsilon: 2, delta: 1e-5, dataset: 'MNIST' },
  ...{ finishedAt: '2026-11-25T10:00:00.000Z', seconds: 4, version: '1' },
};
const run = {
  ...{ place: 'p', cell: 'train', title: 'Train', follows: false },
  settings: [{ label: 'Privacy ε', value: '2' }],
  result: { refusal: null, epsilon: 2, parameters: 10 },
  lastUpdate: { step: 200, privateAccuracy: 0.97, lot: { size: 3 }, digits: [1, 2] },
  provenance,
};
const row = (id: string, change: Partial<RunRow> = {}): RunRow => ({ ...rowOf(id, run), ...change });

describe('a row', () => {
  test('has the numbers that the run ended with, in words, and what it cost', () => {
    const made = rowOf('r', run);
    expect(made.metrics).toEqual({ parameters: 10, 'private accuracy': 0.97 });
    expect(made).toMatchObject({ epsilon: 2, delta: 1e-5, noise: 'cryptographic', refused: false });
  });

  test('costs nothing where the noise protects nobody, or the budget refused', () => {
    expect(rowOf('r', { ...run, provenance: { ...provenance, noise: 'seeded' } }).epsilon).toBeNull();
    const refused = rowOf('r', { ...run, result: { refusal: { reason: 'spent' }, answer: 3 } });
    expect(refused).toMatchObject({ refused: true, epsilon: null, metrics: {} });
  });

  test('looks two levels deep, and passes lists, pictures and nonsense by', () => {
    expect(
      metricsOfRun(
        {
          plain: { accuracy: 0.9, inner: { deep: 1 } },
          list: [1],
          picture: new Uint8Array(9),
          bad: Number.NaN,
        },
        null,
      ),
    ).toEqual({ 'plain accuracy': 0.9 });
    expect(metricsOfRun('text', 7)).toEqual({});
    expect(inWords('targetEpsilon')).toBe('target ε');
  });
});

describe('the table', () => {
  test('has a row a run, but one row for a cell that follows its sliders, until it is held', () => {
    let rows = withRun([], row('a'));
    rows = withRun(rows, row('b'));
    rows = withRun(rows, row('c', { follows: true, seconds: 1 }));
    rows = withRun(rows, row('d', { follows: true, seconds: 2 }));
    expect(rows.map(({ id, seconds }) => [id, seconds])).toEqual([
      ['a', 4],
      ['b', 4],
      ['c', 2],
    ]);
    rows = rows.map((one) => (one.id === 'c' ? { ...one, held: true } : one));
    rows = withRun(rows, row('e', { follows: true }));
    rows = withRun(rows, row('f', { follows: true, place: 'another' }));
    expect(rows.map(({ id }) => id).join('')).toBe('abcef');
  });

  test('lets the oldest go when there are too many', () => {
    let rows: RunRow[] = [];
    for (let at = 0; at < MOST_ROWS + 3; at++) rows = withRun(rows, row(`r${at}`));
    expect(rows).toHaveLength(MOST_ROWS);
    expect(rows[0]?.id).toBe('r3');
  });

  test('is sorted by number or by word, what is missing last both ways, equals left in order', () => {
    const rows = [
      row('a', { epsilon: 10 }),
      row('b', { epsilon: null }),
      row('c', { epsilon: 2 }),
      row('d', { epsilon: 10 }),
    ];
    const ids = (by: Parameters<typeof sorted>[1]) =>
      sorted(rows, by)
        .map(({ id }) => id)
        .join('');
    expect(ids({ by: 'epsilon', down: false })).toBe('cadb');
    expect(ids({ by: 'epsilon', down: true })).toBe('adcb');
    expect(ids({ by: 'order', down: true })).toBe('dcba');
    const metric = [
      row('x', { metrics: { loss: 3 } }),
      row('y', { metrics: {} }),
      row('z', { metrics: { loss: 1 } }),
    ];
    expect(
      sorted(metric, { by: 'metric:loss', down: false })
        .map(({ id }) => id)
        .join(''),
    ).toBe('zxy');
  });

  test('is written with a column for every metric of any run', () => {
    const rows = [row('a'), row('b', { metrics: { loss: 0.5 }, settings: [], epsilon: null })];
    expect(metricsOfRows(rows)).toEqual(['parameters', 'private accuracy', 'loss']);
    const table = tableOfRuns(rows);
    expect(table.columns.slice(-3)).toEqual(['parameters', 'private accuracy', 'loss']);
    expect(table.rows.every((cells) => cells.length === table.columns.length)).toBe(true);
    expect(table.rows[1]?.slice(-3)).toEqual([null, null, 0.5]);
    expect(settingsInWords([])).toBe('defaults');
  });

  test('runs side by side say what differs', () => {
    const lines = compareRuns([
      row('a'),
      row('b', { settings: [], epsilon: 1, metrics: { 'private accuracy': 0.97 } }),
    ]);
    const line = (name: string) => lines.find((one) => one.name === name);
    expect(line('Privacy ε')).toMatchObject({ values: ['2', 'default'], differs: true });
    expect(line('ε charged')).toMatchObject({ differs: true });
    expect(line('private accuracy')).toMatchObject({ differs: false });
    expect(line('parameters')).toMatchObject({ values: ['10', '–'], differs: true });
    expect(line('Noise')).toMatchObject({ differs: false });
  });
});
