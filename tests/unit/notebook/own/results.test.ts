/** What a file holds of what was found: read by who never saw the page, and by us again. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { writeNotebookIpynb } from '@/lib/notebook/own/ipynb-file';
import { writeNotebook } from '@/lib/notebook/own/json-file';
import { readNotebookFile } from '@/lib/notebook/own/read-file';
import { lastRuns } from '@/lib/notebook/own/results';
import { asWords, htmlTable, priceInWords } from '@/lib/notebook/own/results-in-markdown';
import { code, foundIn, notebook, PIXEL, site, text, trainRow } from './support';

/** The site knows one cell. */
const findCell = (id: string) =>
  id === 'train' ? { title: 'The site’s own title', findings: [] } : undefined;

const mine = notebook(text('a', '# Mine'), site('b', 'train', '#v=1&eps=2'), code('c', 'console.log(42);'));
const describeCell = () => ({
  title: 'Train in private',
  summary: 'Trains.',
  address: 'https://site.test/lab/',
});
const found = foundIn('b', 'c');
const ipynb = writeNotebookIpynb(mine, describeCell, 'https://site.test/', found);
const cells = JSON.parse(ipynb).cells as {
  id: string;
  cell_type: string;
  source: string[];
  outputs?: {
    output_type: string;
    name?: string;
    text?: string[];
    data?: Record<string, string | string[]>;
  }[];
}[];
const ended = (value: string | string[] | undefined) => [value ?? ''].flat().join('');

test('a cell’s result stands below it: when, what, with which settings, at what price, as pictures and with its label', () => {
  expect(cells.map(({ id }) => id)).toEqual(['about-this-file', 'a', 'b', 'b-result', 'c', 'table-of-runs']);
  const outputs = cells[3]!.outputs!;
  const words = ended(outputs[0]!.data!['text/markdown']);
  for (const part of [
    'as of 2026-11-25 10:00 UTC',
    '97 of 100 are right',
    '| test accuracy, private | 0.9712 |',
    '| setting: Privacy ε | 2 |',
    '| ε charged | ε = 2 at δ = 1e-5 |',
    '| noise | cryptographic |',
  ])
    expect(words).toContain(part);
  expect(outputs[1]!.data).toEqual({ 'image/png': PIXEL, 'text/plain': ['Accuracy. It rises.'] });
  const label = ended(outputs[2]!.data!['text/markdown']);
  expect(label).toContain('| Unit | example |');
  expect(label).toContain('Settings chosen after seeing earlier results on the same data.');
});

test('what code put out stands below the code: text as a stream, tables and charts as data, no markup of its own', () => {
  const outputs = cells[4]!.outputs!;
  expect(outputs.map(({ output_type, name }) => name ?? output_type)).toEqual([
    ...['display_data', 'stdout', 'stderr', 'display_data', 'display_data', 'display_data'],
  ]);
  expect(ended(outputs[0]!.data!['text/markdown'])).toContain('as of 2026-11-30 20:15 UTC');
  expect(ended(outputs[1]!.text)).toBe('42\n');
  const html = ended(outputs[3]!.data!['text/html']);
  expect(html).not.toMatch(/<(img|b|i|script)/);
  expect(html).toContain('&#60;img');
  expect(outputs[4]!.data!['image/png']).toBe(PIXEL);
});

test('a reader who never saw the site is told first what the file is, and how its figures are read', () => {
  const first = ended(cells[0]!.source);
  for (const part of [
    '# Mine',
    '[Epsilon Playground](<https://site.test/>)',
    '2026-11-30 20:15 UTC',
    'ε is in nats',
    'reproducible, not private',
  ])
    expect(first).toContain(part);
  const alone = JSON.parse(writeNotebookIpynb(mine, describeCell)).cells;
  expect(alone.map(({ id }: { id: string }) => id)).toEqual(['a', 'b', 'c']);
});

test('code that was changed since, and outputs that were not kept, are said', () => {
  const more = { ...found, code: { c: { ...found.code.c!, moved: true, gone: 2 } } };
  const file = writeNotebookIpynb(mine, describeCell, '', more);
  expect(file).toContain('The code has been changed since');
  expect(file).toContain('2 older outputs were not kept');
});

test('why a picture is missing is said', () => {
  const without = { ...found.cells.b!, pictures: [] };
  const of = (change: object) =>
    writeNotebookIpynb(mine, describeCell, '', { ...found, cells: { b: { ...without, ...change } } });
  expect(of({})).toContain('There is no picture of it.');
  expect(of({ notKept: 'own' })).toContain('never stored');
  expect(of({ leftOut: 1 })).not.toContain('There is no picture');
});

test('the runs are a table at the end, one for each experiment', () => {
  const last = ended(cells[5]!.source);
  expect(last).toContain('## Runs');
  expect(last).toContain('| 1 | 400 | 0.9712 | 2 | cryptographic |');
  expect(last).toContain('seeded: not private');
});

test.each([
  ['mine.ipynb', ipynb],
  ['mine.json', writeNotebook(mine, '1.0', { found })],
])(
  '%s comes back as the notebook it was, with its runs, which say that they did not run here',
  (name, file) => {
    const { document, rows, notes } = readNotebookFile(name, file, findCell);
    expect(document.cells).toMatchObject([
      { kind: 'text', text: '# Mine' },
      { kind: 'cell', cell: 'train', settings: '#v=1&eps=2' },
      { kind: 'code', code: 'console.log(42);', stranger: true },
    ]);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({
      place: document.cells[1]!.id,
      opened: 'read',
      title: 'The site’s own title',
      metrics: { 'test accuracy, private': 0.9712 },
    });
    // What its ε means can be read here, too.
    expect(rows[0]!.charged).toEqual(trainRow('mine').charged);
    expect(notes.join()).toContain('opened from a file');
  },
);

test('a file that lies about its runs, or has too many, is a notebook without them', () => {
  for (const runs of [
    [{ ...found.runs[0], seconds: '<img>' }],
    Array.from({ length: 301 }, () => found.runs[0]),
    [{ ...found.runs[0], metrics: Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`m${i}`, i])) }],
    'none',
  ]) {
    const file = JSON.parse(ipynb);
    file.metadata.epsilon_playground.runs = runs;
    const { document, rows, notes } = readNotebookFile('x.ipynb', JSON.stringify(file), findCell);
    expect([document.cells.length, rows.length]).toEqual([3, 0]);
    expect(notes.join()).toContain('damaged');
  }
});

test('words of a result are only words: no markup, no formula, no second line', () => {
  expect(asWords('a|b <script>\n[x](y) $z$')).toBe('a\\|b \\<script\\> \\[x\\](y) \\$z\\$');
  expect(htmlTable({ title: '"><script>', columns: [], rows: [] })).not.toContain('<script>');
});

test('a seeded run is never said to be private, and a refused one not to have run', () => {
  expect(priceInWords(trainRow('b', { noise: 'seeded', epsilon: null }))).toContain('not private');
  expect(priceInWords(trainRow('b', { refused: true, epsilon: null }))).toContain('refused');
});

test('the last run of a cell is the newest', () => {
  const older = trainRow('b', { id: 'older', finishedAt: '2026-11-24T10:00:00.000Z' });
  expect(lastRuns([trainRow('b'), older]).get('b')?.id).toBe('run-1');
});

test('no name of a cell is taken twice', () => {
  const clash = notebook(site('b'), text('b-result'), text('table-of-runs'), text('about-this-file'));
  const ids = JSON.parse(writeNotebookIpynb(clash, describeCell, '', found)).cells.map(
    ({ id }: { id: string }) => id,
  );
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toHaveLength(7);
});

const python = (program: string, input = '') =>
  spawnSync('python3', ['-c', program], { input, encoding: 'utf8' });

test.skipIf(python('import nbformat').status !== 0)(
  'Jupyter’s own schema accepts it (needs nbformat)',
  () => {
    const { status, stderr } = python(
      'import sys, nbformat; nbformat.validate(nbformat.reads(sys.stdin.read(), as_version=4))',
      ipynb,
    );
    expect(stderr).toBe('');
    expect(status).toBe(0);
  },
);
