import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCellById } from '@/components/lessons/cells';
import { trainParameters } from '@/components/lessons/training-with-dp-sgd/train/parameters';
import { readLink } from '@/lib/notebook/link';
import { documentSchema } from '@/lib/notebook/own/document';
import { NotebookFileError } from '@/lib/notebook/own/errors';
import { writeNotebook } from '@/lib/notebook/own/json-file';
import { readNotebookFile } from '@/lib/notebook/own/read-file';
import { compareRuns, originInWords, tableOfRuns, withSettings } from '@/lib/notebook/own/run-table';
import { RunRecordError } from '@/lib/notebook/read-run-record';
import { makeRunRecord, writeRunRecord } from '@/lib/notebook/run-record';
import { code, notebook, text } from './support';

const record = makeRunRecord({
  ...{ version: '1', lesson: 'training-with-dp-sgd', cell: 'train', title: 'Anything', state: 'done' },
  ...{ experiment: 'train-mnist', params: { noiseMultiplier: 1.4, steps: 200 }, failure: null },
  provenance: {
    ...{ origin: 'live', backend: 'webgpu', adapter: 'x', softwareGpu: false, noise: 'cryptographic' },
    ...{ seed: null, accountant: 'PLD', epsilon: 2, delta: 1e-5, dataset: 'MNIST' },
    ...{ finishedAt: '2026-11-25T10:00:00.000Z', seconds: 4, version: '1' },
  },
  updates: [{ step: 1, norms: new Float32Array([1, Number.NaN]) }],
  result: { refusal: null, epsilon: 2, parameters: 10, last: { privateAccuracy: 0.97 } },
  link: '#v=1&eps=2&steps=400',
});
const saved = writeRunRecord(record);
const open = (file: string) => readNotebookFile('run.json', file, findCellById);
const changed = (change: object) => JSON.stringify({ ...JSON.parse(saved), ...change });

describe('a saved run, opened', () => {
  test('is a notebook of its cell with its settings, and a row that says where it is from', () => {
    const { document, rows, notes } = open(saved);
    const [cell] = document.cells;
    expect(document.title).toBe(findCellById('train')!.title);
    expect(document.cells).toMatchObject([{ kind: 'cell', cell: 'train', settings: record.link }]);
    expect(rows).toMatchObject([
      {
        ...{ place: cell!.id, cell: 'train', title: document.title, opened: 'unread', follows: false },
        ...{ epsilon: 2, delta: 1e-5, noise: 'cryptographic', backend: 'webgpu', seconds: 4 },
        metrics: { 'test accuracy, private': 0.97, 'ε of the run': 2, weights: 10 },
      },
    ]);
    expect(notes.join()).toContain('opened from a file');
  });

  test('whose values are out of range has them brought back where a link would, with its note', () => {
    const { document } = open(changed({ link: '#v=1&eps=1e999&steps=NaN&lr=__proto__' }));
    const [cell] = document.cells;
    const { values, notes } = readLink(
      cell!.kind === 'cell' ? cell!.settings : '',
      trainParameters.declarations,
    );
    expect(values.epsilon).toBe(trainParameters.declarations.epsilon.max);
    expect(values.steps).toBe(trainParameters.defaults.steps);
    expect(notes.length).toBeGreaterThan(1);
  });

  test('that did not finish comes with its settings and without a row', () => {
    for (const change of [{ state: 'stopped' }, { provenance: null }]) {
      const { document, rows, notes } = open(changed(change));
      expect(document.cells).toMatchObject([{ settings: record.link }]);
      expect(rows).toEqual([]);
      expect(notes.join()).toContain('did not finish');
    }
  });

  test('that the budget refused, or that was seeded, charges nothing here either', () => {
    expect(open(changed({ result: { refusal: { reason: 'spent' } } })).rows[0]).toMatchObject({
      ...{ refused: true, epsilon: null, metrics: {} },
    });
    const seeded = { ...JSON.parse(saved).provenance, noise: 'seeded', seed: 1 };
    expect(open(changed({ provenance: seeded })).rows[0]!.epsilon).toBeNull();
  });

  test('is a run whatever its file is called, and a notebook that speaks of one is none', () => {
    expect(readNotebookFile('a.ipynb', saved, findCellById).rows).toHaveLength(1);
    const words = '{"format": "epsilon-playground/run"}';
    const speaks = writeNotebook(notebook(text('a', words), code('b', words)), '1');
    expect(readNotebookFile('a.json', speaks, findCellById)).toMatchObject({ rows: [], notes: [] });
  });

  test.each([
    ['record-unreadable', saved.slice(0, -40)],
    ['record-newer', changed({ schema: 2 })],
    ['record-unknown-cell', changed({ cell: 'of-tomorrow' })],
    ['record-unknown-cell', changed({ cell: '__proto__' })],
    ['record-damaged', changed({ link: 'javascript:alert(1)' })],
    ['record-damaged', changed({ link: `#v=1&x=${'a'.repeat(30_000)}` })],
    ['record-damaged', changed({ provenance: { ...record.provenance, seconds: '4' } })],
    [
      'record-damaged',
      changed({ provenance: { ...record.provenance, epsilon: { $: 'number', value: 'NaN' } } }),
    ],
    ['record-damaged', changed({ provenance: { ...record.provenance, backend: '=HYPERLINK("x")' } })],
    ['record-damaged', changed({ provenance: { ...record.provenance, finishedAt: 'yesterday' } })],
    ['record-unreadable', `${'{"format":"epsilon-playground/run","a":'.padEnd(200_000, '[')}`],
  ])('and damaged or hostile is refused in words: %s', (code, file) => {
    expect(() => open(file)).toThrow(
      expect.objectContaining({ name: 'RunRecordError', code, remedy: expect.stringMatching(/\w{3}/) }),
    );
  });

  const sound = (file: string) => {
    try {
      const { document, rows } = open(file);
      expect(documentSchema.safeParse(document).success).toBe(true);
      for (const { metrics, seconds, epsilon, title } of rows) {
        expect(Object.values(metrics).every(Number.isFinite)).toBe(true);
        expect(seconds).toBeGreaterThanOrEqual(0);
        expect(epsilon ?? 0).toBeGreaterThanOrEqual(0);
        expect(title).toBe(findCellById(rows[0]!.cell)!.title);
      }
    } catch (error) {
      // Anything else than a reason is a fault of ours.
      expect(error instanceof RunRecordError || error instanceof NotebookFileError, String(error)).toBe(true);
    }
  };

  test('cut or changed anywhere, it is sound or refused in words', () => {
    fc.assert(
      fc.property(fc.nat(saved.length), fc.nat(40), fc.string({ maxLength: 4 }), (at, cut, put) =>
        sound(saved.slice(0, at) + put + saved.slice(at + cut)),
      ),
      { numRuns: 1000 },
    );
  });

  test('with any value in any place, it is sound or refused in words', () => {
    const places: PropertyKey[][] = [];
    (function walk(value: unknown, path: PropertyKey[]) {
      places.push(path);
      if (typeof value === 'object' && value !== null)
        for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
    })(JSON.parse(saved), []);
    const hostile = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom<unknown>(
        ...['NaN', '1e999', -1, 1e308, { $: 'number', value: 'NaN' }, { $: 'number', value: 'Infinity' }],
        ...[{ $: 'Float64Array', values: ['x', null] }, JSON.parse('{"__proto__":{"refusal":1}}')],
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), hostile, (path, value) => {
        const file = JSON.parse(saved);
        const last = path.at(-1);
        if (last === undefined) return sound(JSON.stringify(value));
        let inner = file;
        for (const key of path.slice(0, -1)) inner = inner[key];
        inner[last] = value;
        sound(JSON.stringify(file));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the row of an opened run', () => {
  const { rows } = open(saved);
  const here = { ...rows[0]!, id: 'here' };
  delete here.opened;

  test('has its settings once its cell has put them into words, and keeps them', () => {
    const words = [{ label: 'Privacy ε', value: '2' }];
    expect(withSettings(rows, () => undefined)).toEqual(rows);
    const read = withSettings(rows, (place) => (place === rows[0]!.place ? { settings: words } : undefined));
    expect(read).toMatchObject([{ opened: 'read', settings: words }]);
    expect(withSettings(read, () => ({ settings: [] }))).toEqual(read);
    expect(withSettings([here], () => ({ settings: words }))).toEqual([here]);
  });

  test('says where it is from beside others, and in the file of the table', () => {
    expect(originInWords(here)).toBe('run here');
    const table = tableOfRuns([here, ...rows]);
    const at = table.columns.indexOf('origin');
    expect(table.rows.map((row) => row[at])).toEqual(['run here', 'opened from a file']);
    expect(table.rows.every((row) => row.length === table.columns.length)).toBe(true);
    expect(tableOfRuns([here]).columns).not.toContain('origin');
    expect(compareRuns([here, ...rows]).find(({ name }) => name === 'Origin')).toMatchObject({
      differs: true,
    });
  });
});
