/** Notebooks to test with, of every kind and at random. */
import fc from 'fast-check';
import { labelOfCharge } from '@/components/label/label-of-charge';
import type { ChargedRelease } from '@/lib/ledger';
import type { NotebookDocument, OwnCell } from '@/lib/notebook/own/document';
import type { Results } from '@/lib/notebook/own/results';
import type { RunRow } from '@/lib/notebook/own/run-table';

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

const charged: ChargedRelease = {
  title: 'Train in private',
  account: {
    dataset: { title: 'MNIST | digits', hash: `sha256:${'a'.repeat(64)}`, size: 60_000 },
    ...{ unit: 'example', relation: 'add-or-remove-one', delta: 1e-5 },
  },
  events: [{ kind: 'poisson-gaussian', sampleRate: 0.034, noiseMultiplier: 1.3, steps: 400 }],
  ...{ epsilon: 2, runs: 1, date: '2026-11-25T10:00:00.000Z', settings: {} },
};

export const trainLabel = labelOfCharge(charged);

/** A private run of the cell `train`, as the table of runs has it. */
export const trainRow = (place: string, change: Partial<RunRow> = {}): RunRow => ({
  ...{ id: 'run-1', place, cell: 'train', title: 'Train in private', follows: false, held: false },
  settings: [{ label: 'Steps', value: '400' }],
  every: [
    { key: 'eps', label: 'Privacy ε', value: '2', number: 2 },
    { key: 'steps', label: 'Steps', value: '400', number: 400 },
  ],
  charged,
  metrics: { 'test accuracy, private': 0.9712 },
  ...{ epsilon: 2, delta: 1e-5, noise: 'cryptographic', refused: false, backend: 'wasm', seconds: 4 },
  finishedAt: '2026-11-25T10:00:00.000Z',
  ...change,
});

/** One pixel. */
export const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** @param place of a cell that trained @param code of one that printed, tabled and plotted */
export function foundIn(place: string, code: string): Results {
  const labels = [
    {
      label: trainLabel,
      fields: [
        ['Unit', 'example'],
        ['Not covered', trainLabel.notCovered],
      ] as const,
    },
  ];
  const run = trainRow(place);
  const table = { title: '<b>T</b>', columns: ['x', '<i>'], rows: [[1, '<img src=x onerror=alert(1)>']] };
  const picture = { title: 'Accuracy', summary: 'It rises.', png: PIXEL };
  return {
    madeAt: '2026-11-30T20:15:00.000Z',
    cells: {
      [place]: {
        ...{ run, headline: '97 of 100 are right', moved: false, pictures: [picture], leftOut: 0, labels },
      },
    },
    code: {
      [code]: {
        ...{ at: '2026-11-30T20:15:00.000Z', gone: 0, moved: false },
        outputs: [
          { kind: 'text', level: 'log', text: '42' },
          { kind: 'text', level: 'error', text: 'no <script>' },
          { kind: 'table', table },
          { kind: 'chart', table, picture },
        ],
      },
    },
    runs: [run, trainRow('gone', { id: 'run-2', noise: 'seeded', epsilon: null, charged: undefined })],
    labels: { 'run-1': labels },
  };
}
