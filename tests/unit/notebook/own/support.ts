/** Notebooks to test with, of every kind and at random. */
import fc from 'fast-check';
import type { NotebookDocument, OwnCell } from '@/lib/notebook/own/document';

export const text = (id: string, words = ''): OwnCell => ({ id, kind: 'text', text: words });
export const code = (id: string, source = ''): OwnCell => ({ id, kind: 'code', code: source });
export const site = (id: string, cell = 'train', settings = ''): OwnCell => ({
  id,
  kind: 'cell',
  cell,
  settings,
});

export const notebook = (...cells: OwnCell[]): NotebookDocument => ({ id: 'mine', title: 'Mine', cells });

const idArbitrary = fc.stringMatching(/^[a-zA-Z0-9_-]{1,12}$/);
/** Anything that people and other programs write, half characters left out: JSON and UTF-8 have none. */
const words = fc.string({ unit: 'grapheme', maxLength: 40 });

const cellArbitrary: fc.Arbitrary<OwnCell> = fc.oneof(
  fc.record({ id: idArbitrary, kind: fc.constant('text' as const), text: words }),
  fc.record(
    { id: idArbitrary, kind: fc.constant('code' as const), code: words, title: words },
    { requiredKeys: ['id', 'kind', 'code'] },
  ),
  fc.record({
    id: idArbitrary,
    kind: fc.constant('cell' as const),
    cell: fc.stringMatching(/^[a-z0-9-]{1,20}$/),
    settings: fc.oneof(
      fc.constant(''),
      words.map((rest) => `#${rest}`),
    ),
  }),
);

export const documentArbitrary: fc.Arbitrary<NotebookDocument> = fc.record({
  id: idArbitrary,
  title: words,
  cells: fc.uniqueArray(cellArbitrary, { selector: ({ id }) => id, maxLength: 8 }),
});
