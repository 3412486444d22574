import { describe, expect, test } from 'vitest';
import { brokenEnd } from '@/components/lab/broken-end';
import { CELLS, findCellById } from '@/components/lessons/cells';
import { lastRuns } from '@/lib/notebook/own/results';
import { runsInMarkdown } from '@/lib/notebook/own/results-in-markdown';
import { pointsAgainst } from '@/lib/notebook/own/run-plot';
import { rowsInFile } from '@/lib/notebook/own/run-rows-in-file';
import {
  brokenRow,
  compareRuns,
  endInWords,
  MOST_ROWS,
  metricsOfRows,
  type RunRow,
  rowOf,
  settingsInWords,
  sorted,
  tableOfRuns,
  withRun,
} from '@/lib/notebook/own/run-table';
import { IDLE } from '@/lib/runtime';
import type { Provenance } from '@/lib/runtime/experiment';
import { trainRow } from './support';

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

describe('a run that broke off after it was charged', () => {
  const { charged } = trainRow('p');
  const end = { charged: charged!, backend: 'wasm', seconds: 3, finishedAt: '2026-11-25T10:00:03.000Z' };
  const broken = brokenRow('b', run, { ...end, how: 'stopped', step: 120, total: 200 });

  test('has a row that says how far it came and what it cost, and found nothing', () => {
    expect(broken).toMatchObject({ epsilon: 2, delta: 1e-5, noise: 'cryptographic', metrics: {} });
    expect(endInWords(broken)).toBe('stopped at step 120 of 200');
    expect(endInWords({ refused: false, brokenOff: { how: 'failed', step: null, total: null } })).toBe(
      'failed before its first step',
    );
    expect(endInWords(row('a'))).toBeNull();
  });

  test('is told apart in a file and in the comparison, comes back from a file, and is no last result', () => {
    const table = tableOfRuns([row('a'), broken]);
    expect(table.rows.map((one) => one[table.columns.indexOf('end')])).toEqual([
      'finished',
      'stopped at step 120 of 200',
    ]);
    expect(tableOfRuns([row('a')]).columns).not.toContain('end');
    expect(compareRuns([row('a'), broken]).find(({ name }) => name === 'End')).toMatchObject({
      differs: true,
    });
    expect(runsInMarkdown([row('a'), broken])).toContain('stopped at step 120 of 200');
    const { rows } = rowsInFile(JSON.parse(JSON.stringify([broken])), new Map(), () => undefined);
    expect(rows[0]).toMatchObject({ brokenOff: broken.brokenOff, epsilon: 2 });
    expect(lastRuns([row('a'), { ...broken, finishedAt: '2027' }]).get('p')?.id).toBe('a');
    expect(pointsAgainst([row('a'), broken], 'Privacy ε', 'seconds').map(({ runs }) => runs)).toEqual([1]);
  });

  test('is read from what the page knows of it: nothing of a free run, no steps of a download', () => {
    const known = {
      ...IDLE,
      state: 'stopped',
      startedAt: 1000,
      endedAt: 4000,
      phase: 'run',
      step: 120,
    } as const;
    expect(brokenEnd(known, 0)).toBeNull();
    expect(brokenEnd({ ...known, charged: charged!, total: 200 }, 0)).toMatchObject({
      ...{ how: 'stopped', step: 120, total: 200, seconds: 3, finishedAt: '1970-01-01T00:00:04.000Z' },
    });
    const late = { ...provenance, charged: { ...charged!, epsilon: 1.5 } };
    expect(brokenEnd({ ...known, charged: charged!, provenance: late }, 0)!.charged.epsilon).toBe(1.5);
    expect(brokenEnd({ ...known, charged: charged!, phase: 'download' }, 0)!.step).toBeNull();
    expect(brokenEnd({ ...known, charged: charged!, state: 'done' }, 0)).toBeNull();
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
