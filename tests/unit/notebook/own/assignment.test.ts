/** Assignments in links, work that comes back, and what its checksum tells. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAssignmentLink, writeAssignmentLink } from '@/lib/notebook/own/assignment';
import { canonicalJson, checksumOf } from '@/lib/notebook/own/canonical';
import type { NotebookDocument } from '@/lib/notebook/own/document';
import { NotebookFileError } from '@/lib/notebook/own/errors';
import { begin, obey } from '@/lib/notebook/own/history';
import { packedHash } from '@/lib/notebook/own/link';
import {
  makeWork,
  readWork,
  readWorkLink,
  saysWork,
  writeWork,
  writeWorkLink,
} from '@/lib/notebook/own/work';
import { holders, NASTY } from './fuzz-files';

const ASKED: NotebookDocument = {
  id: 'mine',
  title: 'Homework',
  cells: [
    { id: 'a', kind: 'text', text: 'Move ε until half of the digits are lost.' },
    { id: 'b', kind: 'cell', cell: 'train', settings: '#v=1&eps=2&steps=100', fixed: ['steps'] },
    { id: 'c', kind: 'code', code: 'console.log(1);' },
    { id: 'd', kind: 'text', text: '', answer: true },
  ],
};
const link = writeAssignmentLink(ASKED)!;
const packed = link.slice('#as='.length);
const assignment = readAssignmentLink(packed);

const change = (document: NotebookDocument, id: string, to: object): NotebookDocument => ({
  ...document,
  cells: document.cells.map((cell) => (cell.id === id ? ({ ...cell, ...to } as typeof cell) : cell)),
});
const DONE = change(
  change(change(assignment, 'b', { settings: '#v=1&eps=0.5&steps=100' }), 'c', { code: 'console.log(2);' }),
  'd',
  { text: 'At ε = 0.5.' },
);
const PNG = 'data:image/png;base64,iVBORw0KGgo=';
const body = (work = DONE) => ({
  ...{ version: '1', learner: 'Ada', assignment, work, runs: [] },
  ...{ outputs: { c: '2' }, pictures: [{ place: 'b', title: 'Train', png: PNG }] },
});

describe('an assignment', () => {
  test('comes out of its link as it was set, under a name that is the same for everybody', () => {
    expect(assignment.title).toBe('Homework');
    expect(assignment.cells[1]).toEqual(ASKED.cells[1]);
    expect(assignment.cells[2]).toMatchObject({ stranger: true });
    expect(readAssignmentLink(packed).id).toBe(assignment.id);
    expect(readAssignmentLink(writeAssignmentLink({ ...ASKED, id: 'another' })!.slice(4)).id).toBe(
      assignment.id,
    );
    const other = writeAssignmentLink(change(ASKED, 'b', { fixed: [] }))!;
    expect(readAssignmentLink(other.slice(4)).id).not.toBe(assignment.id);
  });

  test('brings nobody’s answers along', () => {
    const given = { 'q-1': { question: 'Why?', at: 0, answer: 'So.', right: true } };
    expect(writeAssignmentLink({ ...ASKED, answers: given })).toBe(link);
    // Nor a link that another program wrote.
    const written = packedHash('as', { ...ASKED, answers: given })!;
    expect(readAssignmentLink(written.slice('#as='.length)).answers).toBeUndefined();
  });

  test.each(['', '1.', '1.abc', 'x'])('that is none says so: “%s”', (text) =>
    expect(() => readAssignmentLink(text)).toThrow(/holds no assignment/),
  );

  test('keeps the first answer to a question, and no undo takes it back', () => {
    const answer = (at: number) => ({
      type: 'answer' as const,
      question: 'q-1',
      given: { question: 'Why?', at, answer: `${at}`, right: at === 1 },
    });
    const after = [answer(0), answer(1)].reduce((history, one) => obey(history, one, 0), begin(assignment));
    expect(after.document.answers).toEqual({ 'q-1': answer(0).given });
    expect(after.past).toEqual([]);
  });
});

describe('work', () => {
  const text = writeWork(makeWork(body(), new Date(0)));

  test('comes back as it was handed in', () => {
    expect(saysWork(text)).toBe(true);
    const { work, intact, against } = readWork(text);
    expect([intact, against]).toEqual([true, []]);
    expect(work).toMatchObject({ learner: 'Ada', outputs: { c: '2' }, pictures: [{ png: PNG }] });
    expect(work.work.cells[3]).toMatchObject({ text: 'At ε = 0.5.' });
    expect(work.work.cells[2]).toMatchObject({ code: 'console.log(2);', stranger: true });
  });

  test('keeps what each run was charged for, so that its ε has a label where it is opened', () => {
    const charged = {
      title: 'A run',
      account: {
        dataset: { hash: `sha256:${'ab'.repeat(32)}`, title: 'Digits', size: 60_000 },
        ...{ unit: 'example', relation: 'add-or-remove-one' as const, delta: 1e-5 },
      },
      events: [{ kind: 'gaussian' as const, noiseMultiplier: 2, count: 1 }],
      ...{ epsilon: 1.9, runs: 1, date: '2026-11-30T10:00:00.000Z', settings: {} },
    };
    const row = {
      ...{ id: 'r', place: 'b', cell: 'train', title: 'Train', follows: false, held: false, settings: [] },
      ...{ metrics: {}, epsilon: 1.9, delta: 1e-5, charged, noise: 'cryptographic' as const, refused: false },
      ...{ backend: 'wasm', seconds: 4, finishedAt: '2026-11-30T10:00:00.000Z' },
    };
    const opened = readWork(writeWork(makeWork({ ...body(), runs: [row] })));
    expect(opened.intact).toBe(true);
    expect(opened.work.runs[0]!.charged).toEqual(charged);
  });

  test('may be laid out anew, but not changed', () => {
    expect(readWork(JSON.stringify(JSON.parse(text))).intact).toBe(true);
    for (const [from, to] of [
      ['"Ada"', '"Bob"'],
      ['At ε = 0.5.', 'At ε = 0.6.'],
      ['eps=0.5', 'eps=0.6'],
      ['console.log(2);', 'console.log(3);'],
      ['"schema": 1,', '"schema": 1, "mark": "A",'],
      ['"1970-01-01', '"1970-01-02'],
    ] as const) {
      expect(text).toContain(from);
      expect(readWork(text.replace(from, to)).intact, from).toBe(false);
    }
  });

  test('against what was fixed is named, also with a checksum of its own', () => {
    const told = (work: NotebookDocument) => readWork(writeWork(makeWork(body(work)))).against;
    expect(told(change(DONE, 'b', { settings: '#v=1&eps=0.5&steps=900' }))).toEqual([
      'Cell 2: the setting “steps” was fixed, and was moved.',
    ]);
    expect(told(change(DONE, 'a', { text: 'Do nothing.' }))).toEqual([
      'Cell 1: the text of the assignment was changed.',
    ]);
    expect(told(change(DONE, 'b', { cell: 'mechanism' }))).toEqual(['Cell 2 is another experiment.']);
    expect(told({ ...DONE, cells: DONE.cells.slice(1) })).toEqual(['Cell 1 is missing.']);
    expect(told({ ...DONE, cells: [...DONE.cells, { id: 'z', kind: 'text', text: '' }] })).toEqual([
      '1 more cells than the assignment has.',
    ]);
  });

  test('fits a link without its pictures', () => {
    const { work, intact } = readWorkLink(writeWorkLink(body())!.slice('#work='.length));
    expect([intact, work.pictures, work.outputs, work.learner]).toEqual([true, [], {}, 'Ada']);
  });

  test('holds pictures and nothing that would run', () => {
    for (const png of [
      'data:text/html;base64,PGI+',
      'https://elsewhere/x.png',
      'data:image/png;base64,"><script>',
    ])
      expect(() => makeWork({ ...body(), pictures: [{ place: 'b', title: '', png }] })).toThrow();
  });

  test.each(['', '{', '{}', text.slice(0, -20), text.replace('"Ada"', '7')])(
    'that is none says so',
    (damaged) => expect(() => readWork(damaged)).toThrow(/holds no work|is damaged at/),
  );
});

describe('what a stranger put in every place', () => {
  /** Every value of it in turn replaced by each of what is nasty. */
  function* spoiled(value: unknown): Generator<unknown> {
    const count = holders(value).reduce<number>((sum, one) => sum + Object.keys(one).length, 0);
    for (let at = 0; at < count; at++)
      for (const nasty of NASTY) {
        const copy = structuredClone(value);
        let left = at;
        const holder = holders(copy).find((one) => {
          const { length } = Object.keys(one);
          if (left < length) return true;
          left -= length;
          return false;
        }) as Record<string, unknown>;
        holder[Object.keys(holder)[left]!] = nasty;
        yield copy;
      }
  }
  /** Sound, or refused in words; nothing else. */
  function outcome(read: () => unknown): 'sound' | 'refused' {
    try {
      read();
      return 'sound';
    } catch (error) {
      if (!(error instanceof NotebookFileError)) throw error;
      expect(error.message.length).toBeGreaterThan(10);
      return 'refused';
    }
  }

  test('of work is sound or refused in words, never believed with its old checksum', () => {
    const seen = { sound: 0, refused: 0 };
    const made = makeWork(body());
    for (const one of spoiled(made)) {
      const text = JSON.stringify(one);
      if (text.length > 100_000 && seen.refused > 50) continue;
      const what = outcome(() => {
        const { work, intact, against } = readWork(text);
        if (text !== JSON.stringify(made)) expect(intact, text.slice(0, 300)).toBe(false);
        expect(against.every((words) => words.length > 10)).toBe(true);
        for (const cell of work.work.cells)
          if (cell.kind === 'code' && cell.code.trim() !== '') expect(cell.stranger).toBe(true);
      });
      seen[what]++;
    }
    expect(seen.sound).toBeGreaterThan(20);
    expect(seen.refused).toBeGreaterThan(200);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('of an assignment is sound or refused in words, and its code waits to be read', () => {
    for (const one of spoiled({ ...ASKED, id: 'assignment' })) {
      const hash = packedHash('as', one);
      if (hash === null) continue;
      outcome(() => {
        for (const cell of readAssignmentLink(hash.slice('#as='.length)).cells)
          if (cell.kind === 'code' && cell.code.trim() !== '') expect(cell.stranger).toBe(true);
      });
    }
  });

  test.each([
    ['nested a hundred thousand times over', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['a number beyond all numbers', '1e999'],
  ])('%s breaks nothing, and is not what was handed in', (_, more) => {
    const text = writeWork(makeWork(body())).replace(/^\{/, `{"more":${more},`);
    expect(readWork(text).intact).toBe(false);
  });
});

describe('canonical JSON', () => {
  test('is the example of RFC 8785', () => {
    // Section 3.2.2, with its literals and numbers.
    const value = {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  test('does not depend on the order of keys, and reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = canonicalJson(value);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(json))).toBe(json);
      }),
    );
    expect(checksumOf({ a: 1, b: [2] })).toBe(checksumOf({ b: [2], a: 1, c: undefined }));
    expect(checksumOf({ a: 1 })).not.toBe(checksumOf({ a: 2 }));
    expect(() => canonicalJson({ a: Number.NaN })).toThrow(TypeError);
  });

  test('has the hash of FIPS 180-4 for it', () => {
    // SHA-256 of `"abc"`, quotes and all, as sha256sum prints it.
    expect(checksumOf('abc')).toBe('6cc43f858fbb763301637b5af970e2a46b46f461f27e5a0f41e009c59b827b25');
  });
});
