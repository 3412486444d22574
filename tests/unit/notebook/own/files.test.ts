import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { findCellById } from '@/components/lessons/cells';
import { asStranger, documentSchema, LIMITS, type NotebookDocument } from '@/lib/notebook/own/document';
import { NotebookFileError } from '@/lib/notebook/own/errors';
import { forkOf } from '@/lib/notebook/own/fork';
import { type DescribeCell, readNotebookIpynb, writeNotebookIpynb } from '@/lib/notebook/own/ipynb-file';
import { readNotebook, writeNotebook } from '@/lib/notebook/own/json-file';
import { readNotebookLink, writeNotebookLink } from '@/lib/notebook/own/link';
import { readNotebookFile } from '@/lib/notebook/own/read-file';
import { packText } from '@/lib/notebook/pack';
import { SeededRandom } from '@/lib/random';
import { code, documentArbitrary, notebook, site, text } from './support';

const describeCell: DescribeCell = ({ cell, settings }) => ({
  title: `The cell [${cell}]`,
  summary: 'Does something.',
  address: `https://example.org/lab/?cell=${cell}${settings}`,
});

const mixed = notebook(
  text('a', '# Heading\n\nWords with $\\varepsilon$.'),
  site('b', 'train', '#v=1&eps=2&steps=400'),
  code('c', 'console.log(1);\n'),
  site('d', 'ask'),
);

/** What nbformat 4.5 requires, and nothing that it forbids. https://github.com/jupyter/nbformat, v4/nbformat.v4.5.schema.json */
const source = z.union([z.string(), z.array(z.string())]);
const jupyterId = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/);
const output = z.discriminatedUnion('output_type', [
  z.strictObject({ output_type: z.literal('stream'), name: z.enum(['stdout', 'stderr']), text: source }),
  z.strictObject({
    output_type: z.literal('display_data'),
    metadata: z.looseObject({}),
    data: z.record(z.string(), source),
  }),
]);
const nbformat = z
  .strictObject({
    nbformat: z.literal(4),
    nbformat_minor: z.int().min(5),
    metadata: z
      .object({
        kernelspec: z.looseObject({ name: z.string(), display_name: z.string() }),
        language_info: z.looseObject({ name: z.string() }),
      })
      .loose(),
    cells: z.array(
      z.discriminatedUnion('cell_type', [
        z.strictObject({
          id: jupyterId,
          cell_type: z.literal('markdown'),
          metadata: z.looseObject({}),
          source,
        }),
        z.strictObject({
          id: jupyterId,
          cell_type: z.literal('code'),
          metadata: z.looseObject({}),
          source,
          outputs: z.array(output),
          execution_count: z.int().min(0).nullable(),
        }),
      ]),
    ),
  })
  .refine(({ cells }) => new Set(cells.map(({ id }) => id)).size === cells.length);

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(NotebookFileError);
    const { code: found, message, remedy } = error as NotebookFileError;
    expect(message.length).toBeGreaterThan(10);
    expect(remedy.length).toBeGreaterThan(10);
    return found;
  }
  throw new Error('nothing was refused');
};

describe('a notebook as JSON', () => {
  test('comes back as it was, its code marked as not yet read', () => {
    fc.assert(
      fc.property(documentArbitrary, (document) => {
        expect(readNotebook(writeNotebook(document, '1.0'))).toEqual(asStranger(document));
      }),
    );
  });

  const changed = (change: (file: Record<string, unknown>) => void) => {
    const file = JSON.parse(writeNotebook(mixed, '1.0'));
    change(file);
    return JSON.stringify(file);
  };
  const inside = (
    change: (document: { cells: Record<string, unknown>[] } & Record<string, unknown>) => void,
  ) => changed((file) => change(file.notebook as never));

  test.each([
    ['notebook-unreadable', 'not json'],
    ['notebook-unreadable', writeNotebook(mixed, '1.0').slice(0, 200)],
    ['notebook-foreign', '[]'],
    ['notebook-foreign', 'null'],
    ['notebook-foreign', '{"format":"epsilon-playground/run","schema":1}'],
    ['notebook-newer', changed((file) => (file.schema = 2))],
    ['notebook-damaged', changed((file) => (file.schema = 0.5))],
    ['notebook-damaged', changed((file) => delete file.notebook)],
    ['notebook-damaged', inside((document) => document.cells.push(document.cells[0]!))],
    ['notebook-damaged', inside((document) => (document.cells[1]!.cell = '../../etc'))],
    ['notebook-damaged', inside((document) => (document.cells[1]!.settings = 'eps=2'))],
    ['notebook-damaged', inside((document) => (document.cells[0]!.kind = 'html'))],
    ['notebook-large', ' '.repeat(20_000_001)],
  ])('%s', (expected, file) => {
    expect(codeOf(() => readNotebook(file))).toBe(expected);
  });

  test('says where it is damaged', () => {
    const file = inside((document) => (document.cells[2]!.code = 7));
    expect(() => readNotebook(file)).toThrow(/cells, number 3, code/);
  });

  test('of Jupyter’s is read up to a thousand cells, and a longer one is called long, not damaged', () => {
    const jupyter = (cells: number) =>
      JSON.stringify({
        ...{ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec: { name: 'python3' } } },
        cells: Array.from({ length: cells }, (_, at) => ({
          ...{ cell_type: at % 2 ? 'code' : 'markdown', metadata: {}, source: [`cell ${at}\n`] },
          ...(at % 2 ? { outputs: [], execution_count: null } : {}),
        })),
      });
    for (const cells of [300, 1000])
      expect(readNotebookIpynb(jupyter(cells), 'x').document.cells).toHaveLength(cells);
    for (const cells of [1001, 2500]) {
      const read = () => readNotebookIpynb(jupyter(cells), 'x');
      expect(codeOf(read)).toBe('notebook-large');
      expect(read).toThrow(/at most 1000 cells/);
    }
  });

  test('that is too large in any way is refused', () => {
    const many = notebook(...Array.from({ length: LIMITS.cells + 1 }, (_, at) => text(`t${at}`)));
    expect(() => readNotebook(writeNotebook(many, '1'))).toThrow(/at most 1000 cells/);
    const long = notebook(text('a', 'x'.repeat(LIMITS.textCharacters + 1)));
    expect(codeOf(() => readNotebook(writeNotebook(long, '1')))).toBe('notebook-large');
    const heavy = notebook(
      ...Array.from({ length: 3 }, (_, at) => text(`t${at}`, 'x'.repeat(LIMITS.textCharacters))),
    );
    expect(() => readNotebook(writeNotebook(heavy, '1'))).toThrow(/1,000,000 characters/);
  });

  test('names that mean something to JavaScript are only names', () => {
    const file = inside((document) => {
      document.cells[0] = JSON.parse('{"id":"a","kind":"text","text":"x","__proto__":{"polluted":true}}');
    });
    const read = readNotebook(file);
    expect(read.cells[0]).toEqual({ id: 'a', kind: 'text', text: 'x' });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('a notebook for Jupyter', () => {
  test('is what nbformat 4.5 asks for, whatever is in it', () => {
    fc.assert(
      fc.property(documentArbitrary, (document) => {
        nbformat.parse(JSON.parse(writeNotebookIpynb(document, describeCell)));
      }),
    );
  });

  test('comes back as it was, under an id of its own', () => {
    fc.assert(
      fc.property(documentArbitrary, (document) => {
        const { document: read, notes } = readNotebookIpynb(writeNotebookIpynb(document, describeCell), 'x');
        expect({ ...read, id: document.id }).toEqual(asStranger(document));
        expect(notes).toEqual([]);
      }),
    );
  });

  test('says to a reader elsewhere what a cell of the site is', () => {
    const file = JSON.parse(writeNotebookIpynb(mixed, describeCell));
    expect(file.cells[1].source.join('')).toBe(
      '**The cell \\[train\\]**: Does something.\n\n[Open this experiment, with these settings](<https://example.org/lab/?cell=train#v=1&eps=2&steps=400>). It has found nothing yet: run it there.',
    );
  });

  test('that was edited elsewhere brings the edits', () => {
    const file = JSON.parse(writeNotebookIpynb(mixed, describeCell));
    file.cells[0].source = ['# Another\n', 'heading'];
    file.cells[2].source = 'console.log(2);';
    file.cells[2].outputs = [{ output_type: 'stream', name: 'stdout', text: ['2\n'] }];
    const { document } = readNotebookIpynb(JSON.stringify(file), 'x');
    expect(document.cells[0]).toMatchObject({ text: '# Another\nheading' });
    expect(document.cells[2]).toMatchObject({ code: 'console.log(2);', stranger: true });
  });

  test('of somebody else comes with what can be used: text, JavaScript, other code as text', () => {
    const cells = [
      { cell_type: 'markdown', metadata: {}, source: ['# Hello\n', 'there'] },
      { cell_type: 'code', metadata: {}, source: 'a = 1\nprint("```")', outputs: [], execution_count: 3 },
      { cell_type: 'raw', metadata: {}, source: 'raw' },
    ];
    const python = { nbformat: 4, nbformat_minor: 4, metadata: { language_info: { name: 'python' } }, cells };
    const read = readNotebookFile('My analysis.ipynb', JSON.stringify(python), findCellById);
    expect(read.document.title).toBe('My analysis');
    expect(read.document.cells).toMatchObject([
      { kind: 'text', text: '# Hello\nthere' },
      { kind: 'text', text: '````python\na = 1\nprint("```")\n````' },
      { kind: 'text', text: 'raw' },
    ]);
    expect(read.notes.join()).toMatch(/1 code cell is in python/);
    const javascript = { ...python, metadata: { kernelspec: { language: 'javascript', name: 'deno' } } };
    expect(
      readNotebookFile('x.ipynb', JSON.stringify(javascript), findCellById).document.cells[1],
    ).toMatchObject({
      kind: 'code',
      stranger: true,
    });
  });

  test('leads from its texts to the site, wherever it is read, and back to the page itself at home', () => {
    const site = 'https://example.org/playground/';
    const linked = notebook(text('a', 'See [noise](../lessons/noise-on-pixels/#x) and [why](https://a.b/).'));
    const file = writeNotebookIpynb(linked, describeCell, site);
    expect(JSON.parse(file).cells[0].source.join('')).toBe(
      'See [noise](https://example.org/playground/lessons/noise-on-pixels/#x) and [why](https://a.b/).',
    );
    expect(readNotebookIpynb(file, 'x').document.cells).toEqual(linked.cells);
  });

  test('that lies about what its cells are gets no further than its words', () => {
    const file = JSON.parse(writeNotebookIpynb(mixed, describeCell));
    file.cells[1].metadata.epsilon_playground = { kind: 'cell', cell: '../x', settings: 'javascript:1' };
    file.cells[2].metadata.epsilon_playground = { kind: 'text' };
    const { document } = readNotebookIpynb(JSON.stringify(file), 'x');
    expect(document.cells.map(({ kind }) => kind)).toEqual(['text', 'text', 'code', 'cell']);
  });
});

describe('whatever file it is', () => {
  const json = writeNotebook(mixed, '1.0');
  const ipynb = writeNotebookIpynb(mixed, describeCell);
  const read = (name: string, file: string): NotebookDocument | null => {
    try {
      return readNotebookFile(name, file, findCellById).document;
    } catch (error) {
      // Anything else than a reason is a fault of ours.
      expect(error).toBeInstanceOf(NotebookFileError);
      return null;
    }
  };
  const sound = (document: NotebookDocument | null) => {
    if (!document) return;
    expect(documentSchema.safeParse(document).success).toBe(true);
    for (const cell of document.cells)
      if (cell.kind === 'code' && cell.code.trim() !== '') expect(cell.stranger).toBe(true);
  };

  test('its kind is found by its content if its name does not say', () => {
    expect(read('notebook.txt', ipynb)?.cells).toHaveLength(4);
    expect(read('notebook.txt', json)?.title).toBe('Mine');
  });

  test('cut or changed anywhere, it is a sound notebook or refused in words', () => {
    for (const [name, file] of [
      ['a.json', json],
      ['a.ipynb', ipynb],
    ] as const)
      fc.assert(
        fc.property(fc.nat(file.length), fc.nat(30), fc.string({ maxLength: 4 }), (at, cut, put) => {
          sound(read(name, file.slice(0, at) + put + file.slice(at + cut)));
        }),
        { numRuns: 1500 },
      );
  });

  test('with any value in any place, it is a sound notebook or refused in words', () => {
    const places = (value: unknown, path: (string | number)[] = []): (string | number)[][] => [
      path,
      ...(typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, inner]) =>
            places(inner, [...path, Array.isArray(value) ? Number(key) : key]),
          )
        : []),
    ];
    for (const [name, file] of [
      ['a.json', json],
      ['a.ipynb', ipynb],
    ] as const) {
      const all = places(JSON.parse(file)).filter((path) => path.length > 0);
      fc.assert(
        fc.property(fc.constantFrom(...all), fc.jsonValue(), (path, value) => {
          const changed = JSON.parse(file);
          const last = path.at(-1)!;
          const holder = path.slice(0, -1).reduce((now, key) => now[key], changed);
          holder[last] = value;
          sound(read(name, JSON.stringify(changed)));
        }),
        { numRuns: 1500 },
      );
    }
  });
});

describe('a notebook in a link', () => {
  test('comes as a copy, its code not yet read', () => {
    const hash = writeNotebookLink(mixed)!;
    expect(hash).toMatch(/^#nb=1\.[\w-]+$/);
    const read = readNotebookLink(hash.slice('#nb='.length));
    expect(read.id).not.toBe(mixed.id);
    const bare = (document: NotebookDocument) => document.cells.map(({ id: _, ...cell }) => cell);
    expect(bare(read)).toEqual(bare(asStranger(mixed)));
  });

  test('damaged or hostile, is refused in words', () => {
    expect(codeOf(() => readNotebookLink('1.AAAA'))).toBe('notebook-unreadable');
    expect(codeOf(() => readNotebookLink(''))).toBe('notebook-unreadable');
    expect(codeOf(() => readNotebookLink(packText('{"id":"x"}')))).toBe('notebook-damaged');
    // Unfolds into 10 MB.
    expect(codeOf(() => readNotebookLink(packText(`"${' '.repeat(1e7)}"`)))).toBe('notebook-unreadable');
  });

  test('too long for one, is not written', () => {
    // Nothing in it repeats, so it cannot be packed.
    const random = new SeededRandom(1);
    const noise = (length: number) =>
      String.fromCharCode(...Array.from({ length }, () => 33 + random.integer(94)));
    expect(writeNotebookLink(notebook(text('a', noise(40_000)), text('b', noise(40_000))))).toBeNull();
    expect(writeNotebookLink(notebook(text('a', noise(40_000))))!.length).toBeLessThanOrEqual(64_000);
  });
});

describe('a copy of a lesson', () => {
  const lesson: NotebookDocument = {
    ...notebook(site('a', 'train'), code('b', 'original'), text('c', 'Words')),
    from: 'some-lesson',
  };

  test('has the settings of its page, and new names', () => {
    const copy = forkOf(lesson, '#v=1&eps=2&steps=10');
    expect(copy.id).not.toBe(lesson.id);
    expect(copy.from).toBe('some-lesson');
    expect(copy.cells[0]).toMatchObject({ settings: '#v=1&eps=2&steps=10' });
    expect(new Set([...copy.cells, ...lesson.cells].map(({ id }) => id)).size).toBe(6);
    expect(forkOf(lesson, '').cells[0]).toMatchObject({ settings: '' });
    expect(forkOf(lesson, '#sources').cells[0]).toMatchObject({ settings: '' });
  });

  test('takes over edited code, as not yet read; the lesson’s own is no stranger’s', () => {
    const copy = forkOf(lesson, `#v=1&eps=2&code=${packText('edited')}`);
    expect(copy.cells[1]).toMatchObject({ code: 'edited', stranger: true });
    expect(copy.cells[0]).toMatchObject({ settings: '#v=1&eps=2' });
    expect(forkOf(lesson, '#v=1&eps=2').cells[1]).not.toHaveProperty('stranger');
    expect(forkOf(lesson, '#v=1&code=1.damaged').cells[1]).toMatchObject({ code: 'original' });
  });
});

describe('notebooks of other people', () => {
  const jupyter = (cells: object[], metadata: object = {}) =>
    JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells });
  const codeCell = (source: string) => ({
    cell_type: 'code',
    metadata: {},
    source,
    outputs: [],
    execution_count: null,
  });

  test('of 300 cells, and with a cell of 100,000 characters, are opened', () => {
    const cells = Array.from({ length: 300 }, (_, i) =>
      codeCell(i === 7 ? 'x'.repeat(100_000) : `print(${i})`),
    );
    const { document } = readNotebookIpynb(jupyter(cells), 'long');
    expect(document.cells).toHaveLength(300);
    expect(readNotebook(writeNotebook(document, '1')).cells).toHaveLength(300);
  });

  test('that are too large are called large, not damaged', () => {
    const cells = Array.from({ length: LIMITS.cells + 1 }, () => codeCell('1'));
    const long = Array.from({ length: 5 }, () => codeCell('x'.repeat(300_000)));
    for (const each of [cells, long])
      expect(() => readNotebookIpynb(jupyter(each), 'large')).toThrow(
        expect.objectContaining({ code: 'notebook-large', remedy: expect.stringMatching(/^Split it/) }),
      );
  });

  test('of Colab say Python by their kernel alone, and bring their JavaScript as code', () => {
    const metadata = { kernelspec: { name: 'python3', display_name: 'Python 3' } };
    const { document, notes } = readNotebookIpynb(
      jupyter([codeCell('print(1)'), codeCell('%%javascript\nalert(1)')], metadata),
      'colab',
    );
    expect(document.cells.map(({ kind }) => kind)).toEqual(['text', 'code']);
    expect(document.cells[1]).toMatchObject({ code: 'alert(1)', stranger: true });
    expect(notes.join()).toContain('1 code cell is in python');
  });
});
