/**
 * Files made to break what reads notebooks: exported ones, Jupyter's and saved runs, with values swapped for others, parts cut out,
 * doubled or moved, texts cut short, and letters changed. Each is read as the lab reads a chosen file; the answer must be a sound notebook
 * that can be kept, exported and shared, with its code marked as a stranger's, or a refusal in words.
 */
import { findCellById } from '@/components/lessons/cells';
import { documentSchema, type NotebookDocument } from '@/lib/notebook/own/document';
import { NotebookFileError } from '@/lib/notebook/own/errors';
import { readNotebookIpynb, writeNotebookIpynb } from '@/lib/notebook/own/ipynb-file';
import { readNotebook, writeNotebook } from '@/lib/notebook/own/json-file';
import { readNotebookLink, writeNotebookLink } from '@/lib/notebook/own/link';
import type { FindCell } from '@/lib/notebook/own/open-run';
import { readNotebookFile } from '@/lib/notebook/own/read-file';
import { runRowsSchema } from '@/lib/notebook/own/run-rows-in-file';
import { RunRecordError } from '@/lib/notebook/read-run-record';
import { makeRunRecord, writeRunRecord } from '@/lib/notebook/run-record';
import { type RandomSource, SeededRandom } from '@/lib/random';
import { code, foundIn, notebook, site, text } from './support';

export interface Original {
  name: string;
  text: string;
}

export interface FuzzReport {
  files: number;
  /** Refusals by code, and `sound`. */
  outcomes: Record<string, number>;
  slowestSeconds: number;
  /** What went wrong; must be empty. */
  faults: string[];
}

const describeCell = () => ({
  title: 'A cell',
  summary: 'Does something.',
  address: 'https://site.test/lab/',
});
const findCell: FindCell = findCellById;

const MINE = notebook(
  text('a', '# Heading\n\nWords with $\\varepsilon$ and [a link](../lessons/attacks/).'),
  site('b', 'train', '#v=1&eps=2&steps=400'),
  code('c', 'console.log(1);\n'),
  site('d', 'ask'),
  code('e', '// “ ” \u2028 \ud83d\ude00\n'.repeat(20)),
);

const FOUND = foundIn('b', 'c');

const PYTHON = JSON.stringify({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { language_info: { name: 'python' }, kernelspec: { name: 'python3', display_name: 'Python 3' } },
  cells: [
    { id: 'one', cell_type: 'markdown', metadata: {}, source: ['# A\n', 'b'] },
    { id: 'two', cell_type: 'code', metadata: {}, source: 'print("```")', outputs: [], execution_count: 1 },
    {
      ...{ id: 'three', cell_type: 'code', metadata: {}, outputs: [], execution_count: null },
      source: ['%%javascript\n', 'alert(1)'],
    },
    { id: 'four', cell_type: 'raw', metadata: {}, source: 'raw' },
  ],
});

const RUN = writeRunRecord(
  makeRunRecord(
    {
      ...{ version: '1.0', lesson: 'training-with-dp-sgd', cell: 'train', title: 'Train' },
      ...{ experiment: 'train-mnist', params: { steps: 20 }, state: 'done', failure: null },
      provenance: {
        ...{ origin: 'live', backend: 'wasm', adapter: '', softwareGpu: false, noise: 'cryptographic' },
        ...{ seed: null, accountant: 'PLD', epsilon: 2, delta: 1e-5, dataset: 'MNIST' },
        ...{ finishedAt: '2026-11-23T09:30:00.000Z', seconds: 4.2, version: '1.0' },
      },
      updates: [{ step: 1, norms: new Float32Array([0.1, Number.NaN]) }],
      ...{ result: { accuracy: 0.971 }, link: '#v=1&eps=2' },
    },
    new Date('2026-11-23T09:30:00Z'),
  ),
);

/** Sound files of each kind. */
export const ORIGINALS: readonly Original[] = [
  { name: 'mine.json', text: writeNotebook(MINE, '1.0', { now: new Date(0) }) },
  { name: 'mine.ipynb', text: writeNotebookIpynb(MINE, describeCell, 'https://site.test/') },
  { name: 'found.json', text: writeNotebook(MINE, '1.0', { now: new Date(0), found: FOUND }) },
  { name: 'found.ipynb', text: writeNotebookIpynb(MINE, describeCell, 'https://site.test/', FOUND) },
  { name: 'theirs.ipynb', text: PYTHON },
  { name: 'run.json', text: RUN },
];

export const NASTY: readonly unknown[] = [
  ...[
    null,
    true,
    -0,
    -1,
    1.5,
    1e308,
    2 ** 53,
    '',
    '__proto__',
    '\u0000',
    '\ud800',
    '<img src=x onerror=alert(1)>',
  ],
  ...['javascript:alert(1)', '#', '#v=1&eps=NaN', 'text', 'code', 'cell', 'x'.repeat(500_000), [], [[]], {}],
  { kind: 'code', id: 'a', code: 'evil()' },
  { kind: 'code', id: 'z', code: 'evil()', stranger: false },
  { kind: 'cell', id: 'y', cell: 'constructor', settings: '' },
  Array.from({ length: 1500 }, (_, i) => ({ kind: 'text', id: `n${i}`, text: '' })),
  JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
];

const pick = <T>(items: readonly T[], random: RandomSource): T => items[random.integer(items.length)]!;

type Holder = Record<string, unknown> | unknown[];
const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null;

/** Every object and list within. */
export function holders(value: unknown): Holder[] {
  const found: Holder[] = [];
  const waiting = [value];
  for (let one = waiting.pop(); one !== undefined && found.length < 2000; one = waiting.pop()) {
    if (!isHolder(one)) continue;
    found.push(one);
    waiting.push(...Object.values(one).filter(isHolder));
  }
  return found;
}

/** Swaps, drops, doubles or moves values within the JSON. */
function changeTree(source: string, random: RandomSource): string {
  const root = { file: JSON.parse(source) as unknown };
  for (let times = 1 + random.integer(3); times > 0; times--) {
    const all = holders(root);
    const holder = pick(all, random) as Record<string, unknown>;
    const keys = Object.keys(holder);
    if (keys.length === 0) continue;
    const key = pick(keys, random);
    switch (random.integer(5)) {
      case 0:
        if (Array.isArray(holder)) holder.splice(Number(key), 1);
        else delete holder[key];
        break;
      case 1:
        if (Array.isArray(holder)) holder.push(structuredClone(holder[Number(key)]));
        else holder[`${key}2`] = structuredClone(holder[key]);
        break;
      case 2:
        // From another place: a copy, for a thing that holds itself cannot be written.
        holder[key] = structuredClone(pick(all, random));
        break;
      default:
        holder[key] = structuredClone(pick(NASTY, random));
    }
  }
  return JSON.stringify(root.file) ?? '';
}

/** Cuts, doubles and changes letters of the text. */
function changeText(source: string, random: RandomSource): string {
  let changed = source;
  for (let times = 1 + random.integer(4); times > 0; times--) {
    const at = random.integer(changed.length + 1);
    const end = Math.min(changed.length, at + 1 + random.integer(40));
    const part = changed.slice(at, end);
    switch (random.integer(5)) {
      case 0:
        changed = changed.slice(0, at) + changed.slice(end);
        break;
      case 1:
        changed = changed.slice(0, end) + part + changed.slice(end);
        break;
      case 2:
        changed = changed.slice(0, at);
        break;
      case 3:
        changed = changed.slice(0, at) + pick(['{', '[', '"', '\\u', ',', '}'], random) + changed.slice(end);
        break;
      default:
        changed = changed.slice(0, at) + '['.repeat(random.integer(20_000)) + changed.slice(at);
    }
  }
  return changed;
}

export function makeFile(originals: readonly Original[], random: RandomSource): Original {
  const original = pick(originals, random);
  const changed = random.bernoulli(0.6)
    ? changeTree(original.text, random)
    : changeText(original.text, random);
  const name = random.bernoulli(0.1) ? pick(originals, random).name : original.name;
  return { name, text: changed };
}

/** What must hold of whatever was read. @returns what does not, or null */
function unsound(document: NotebookDocument): string | null {
  if (!documentSchema.safeParse(document).success) return 'a notebook against its own schema';
  const unmarked = (one: NotebookDocument) =>
    one.cells.some((cell) => cell.kind === 'code' && cell.code.trim() !== '' && cell.stranger !== true);
  if (unmarked(document)) return 'code that is not marked as a stranger’s';
  const cellsOf = (one: NotebookDocument) =>
    JSON.stringify(one.cells.map((cell) => ({ ...cell, id: '', stranger: true })));
  const again = readNotebook(writeNotebook(document, '1.0', { now: new Date(0) }));
  if (cellsOf(again) !== cellsOf(document)) return 'its export comes back otherwise';
  readNotebookIpynb(writeNotebookIpynb(document, describeCell), 'A title');
  const link = writeNotebookLink(document);
  if (link !== null && cellsOf(readNotebookLink(link.slice('#nb='.length))) !== cellsOf(document))
    return 'its link comes back otherwise';
  return null;
}

function read(file: Original): { outcome: string; fault: string | null } {
  try {
    const { document, notes, rows } = readNotebookFile(file.name, file.text, findCell);
    if (!runRowsSchema.safeParse(rows).success || rows.some(({ opened }) => !opened))
      return { outcome: 'fault', fault: 'rows that are not sound, or pass for run here' };
    const longNote = notes.find((note) => note.length > 300);
    return { outcome: 'sound', fault: longNote ?? unsound(document) };
  } catch (error) {
    if (!(error instanceof NotebookFileError) && !(error instanceof RunRecordError))
      return { outcome: 'fault', fault: String(error) };
    const { code: outcome, message, remedy } = error;
    return {
      outcome,
      fault: message.length < 10 || message.length > 600 || remedy === '' ? `words: ${message}` : null,
    };
  }
}

/** @param seed of the whole row of files: the same files for the same seed */
export function fuzz(files: number, seed: number, progress?: (done: number) => void): FuzzReport {
  const random = new SeededRandom(seed);
  const report: FuzzReport = { files: 0, outcomes: {}, slowestSeconds: 0, faults: [] };
  for (; report.files < files; report.files++) {
    const file = makeFile(ORIGINALS, random);
    const began = performance.now();
    const { outcome, fault } = read(file);
    report.slowestSeconds = Math.max(report.slowestSeconds, (performance.now() - began) / 1000);
    report.outcomes[outcome] = (report.outcomes[outcome] ?? 0) + 1;
    const polluted = 'polluted' in {};
    if (fault !== null || polluted)
      report.faults.push(
        `file ${report.files} (${file.name}): ${polluted ? 'a prototype was changed' : fault?.slice(0, 200)}`,
      );
    progress?.(report.files + 1);
  }
  return report;
}
