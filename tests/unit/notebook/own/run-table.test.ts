import { describe, expect, test } from 'vitest';
import { CELLS, findCellById } from '@/components/lessons/cells';
import {
  compareRuns,
  MOST_ROWS,
  metricsOfRows,
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
  findings: findCellById('train')!.findings,
  result: {
    refusal: null,
    epsilon: 2,
    parameters: 10,
    last: { step: 200, privateAccuracy: 0.97, lot: null },
  },
  provenance,
};
const row = (id: string, change: Partial<RunRow> = {}): RunRow => ({ ...rowOf(id, run), ...change });

describe('a row', () => {
  test('has the numbers that the run ended with, in words, and what it cost', () => {
    const made = rowOf('r', run);
    expect(made.metrics).toEqual({ 'test accuracy, private': 0.97, 'ε of the run': 2, weights: 10 });
    expect(made).toMatchObject({ epsilon: 2, delta: 1e-5, noise: 'cryptographic', refused: false });
  });

  test('of a result that an older site has written keeps what can be read', () => {
    const odd = rowOf('r', { ...run, result: { parameters: 10, last: 7 } });
    expect(odd.metrics).toEqual({ weights: 10 });
    expect(rowOf('r', { ...run, result: null }).metrics).toEqual({});
  });

  test('has words of a person’s for every cell of the site', () => {
    for (const { id, findings } of CELLS) {
      const names = findings.map(([words]) => words);
      expect(names, id).not.toEqual([]);
      expect(new Set(names).size, id).toBe(names.length);
    }
  });

  test('costs nothing where the noise protects nobody, or the budget refused', () => {
    expect(rowOf('r', { ...run, provenance: { ...provenance, noise: 'seeded' } }).epsilon).toBeNull();
    const refused = rowOf('r', { ...run, result: { refusal: { reason: 'spent' }, answer: 3 } });
    expect(refused).toMatchObject({ refused: true, epsilon: null, metrics: {} });
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
    expect(metricsOfRows(rows)).toEqual(['test accuracy, private', 'ε of the run', 'weights', 'loss']);
    const table = tableOfRuns(rows);
    expect(table.columns.slice(-2)).toEqual(['weights', 'loss']);
    expect(table.rows.every((cells) => cells.length === table.columns.length)).toBe(true);
    expect(table.rows[1]?.slice(-2)).toEqual([null, 0.5]);
    expect(settingsInWords([])).toBe('defaults');
  });

  test('runs side by side say what differs', () => {
    const every = (epsilon: number, lot: number) => [
      { key: 'eps', label: 'Privacy ε', value: String(epsilon), number: epsilon },
      { key: 'lot', label: 'Lot', value: `${lot} digits`, number: lot },
      { key: 'clip', label: 'Clip', value: '1', number: 1 },
    ];
    const lines = compareRuns([
      row('a', { every: every(2, 2048) }),
      row('b', {
        every: every(1, 1024),
        settings: [],
        epsilon: 1,
        metrics: { 'test accuracy, private': 0.97 },
      }),
    ]);
    const line = (name: string) => lines.find((one) => one.name === name);
    expect(line('Privacy ε')).toMatchObject({ values: ['2', '1'], differs: true });
    expect(line('Lot')).toMatchObject({ values: ['2048 digits', '1024 digits'], differs: true });
    // Nobody moved it, and it is the same in both: it tells nothing.
    expect(line('Clip')).toBeUndefined();
    expect(line('ε charged')).toMatchObject({ differs: true });
    expect(line('test accuracy, private')).toMatchObject({ differs: false });
    expect(line('weights')).toMatchObject({ values: ['10', '–'], differs: true });
    expect(line('Noise')).toMatchObject({ differs: false });
  });

  test('of an older version say that a default was not noted, not which it was', () => {
    const lines = compareRuns([row('a'), row('b', { settings: [] })]);
    expect(lines.find(({ name }) => name === 'Privacy ε')?.values).toEqual(['2', 'its default, not noted']);
  });
});
