/** What cells found before the page was reloaded: shown as such, and taken along in files; but for drawings of what a reader brought. */
import { createElement, type ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, expect, test, vi } from 'vitest';
import { earlierCode, earlierRun } from '@/components/lab/earlier';
import { picturesToKeep } from '@/components/lab/pictures';
import { resultsOf } from '@/components/lab/results-of-page';
import { setOwnPicture } from '@/components/vision/own-picture';
import type { SourcePicture } from '@/components/vision/picture';
import type { ShownByPlace, ShownCell, ShownCode } from '@/lib/notebook/own/shown';
import { code, notebook, PIXEL, site, trainRow } from '../notebook/own/support';

afterEach(() => vi.unstubAllGlobals());

const run = trainRow('b');
const picture = (title: string) => ({ title, summary: `${title}, drawn.`, png: PIXEL });
const cell: ShownCell = {
  ...{ asOf: run.finishedAt, headline: '97 of 100 are right' },
  ...{ drawing: picture('Train in private'), charts: [picture('Accuracy')] },
};
const printed: ShownCode = {
  ...{ asOf: '2026-11-25T11:00:00.000Z', code: 'console.log(42)', gone: 2 },
  outputs: [
    { kind: 'text', level: 'log', text: '42' },
    { kind: 'table', table: { title: 'A table', columns: ['x'], rows: [[1]] } },
    { kind: 'chart', table: { title: 'A chart', columns: ['x'], rows: [[1]] }, picture: picture('A chart') },
  ],
};
const shown: ShownByPlace = { b: cell, c: printed };
const html = (node: ReactNode) => renderToString(createElement('div', null, node)).replaceAll('<!-- -->', '');

test('a run from before a reload: when, what, with which settings, at what price, and its pictures with words', () => {
  const said = html(earlierRun(shown, 'b', [run]));
  for (const part of [
    '2026-11-25T10:00:00.000Z',
    'before the page was reloaded',
    '97 of 100 are right',
    'Steps 400',
    'ε = 2 at δ = 1e-5',
    'cryptographic',
    'prints-open',
    '2 pictures',
    'alt="Accuracy. Accuracy, drawn."',
  ])
    expect(said).toContain(part);
});

test('it gives way to a later run, and to a table that no longer has it', () => {
  const later = trainRow('b', { id: 'later', finishedAt: '2026-11-26T10:00:00.000Z' });
  expect(earlierRun(shown, 'b', [run, later])).toBeNull();
  expect(earlierRun(shown, 'b', [])).toBeNull();
  expect(earlierRun({}, 'constructor', [trainRow('constructor')])).toBeNull();
});

test('what is missing is said, with why', () => {
  const { drawing: _, ...rest } = cell;
  expect(html(earlierRun({ b: { ...rest, notKept: 'own' } }, 'b', [run]))).toContain('never stored');
  expect(html(earlierRun({ b: { ...rest, charts: [], notKept: 'room' } }, 'b', [run]))).toContain('no room');
});

test('outputs of code from before a reload, also of code that was changed since', () => {
  const said = html(earlierCode(shown, 'c', printed.code));
  for (const part of ['before the page was reloaded', '42', 'A table', 'A chart', '2 older outputs were'])
    expect(said).toContain(part);
  expect(said).not.toContain('changed since');
  expect(html(earlierCode(shown, 'c', 'console.log(43)'))).toContain('changed since');
  expect(earlierCode({ c: { ...printed, outputs: [], gone: 0 } }, 'c', '')).toBeNull();
});

test('a file made after a reload has all of it', async () => {
  const mine = notebook(site('b'), code('c', 'console.log(43)'));
  const found = await resultsOf(mine, [run], new Map(), false, shown);
  expect(found.cells.b).toMatchObject({
    headline: '97 of 100 are right',
    pictures: [{ title: 'Train in private' }, { title: 'Accuracy' }],
  });
  expect(found.code.c).toEqual({
    ...{ at: printed.asOf, outputs: printed.outputs, gone: 2 },
    moved: true,
  });
});

test('what code puts out now goes before what is kept, also if it is nothing', async () => {
  vi.stubGlobal('document', { getElementById: () => null });
  const mine = notebook(code('c', 'later'));
  const put = { at: '2026-11-27T10:00:00.000Z', code: 'later', outputs: [], gone: 0 };
  const found = await resultsOf(mine, [], new Map([['c', put]]), false, shown);
  expect(found.code).toEqual({});
});

test('a drawing is kept, until a reader has brought a picture to the page', async () => {
  const canvas = { width: 2, height: 2, getAttribute: () => 'A drawing.' };
  const frame = {
    querySelectorAll: (what: string) => (what === 'canvas' ? [canvas] : []),
  } as unknown as Element;
  const copy = { getContext: () => null, toDataURL: () => `data:image/png;base64,${PIXEL}` };
  vi.stubGlobal('document', { createElement: () => copy });
  expect(await picturesToKeep(frame, 'A cell')).toEqual({
    charts: [],
    drawing: { title: 'A cell', summary: 'A drawing.', png: PIXEL },
  });
  copy.toDataURL = () => `data:image/png;base64,${'A'.repeat(2_000_000)}`;
  expect(await picturesToKeep(frame, 'A cell')).toEqual({ charts: [], notKept: 'room' });
  setOwnPicture({} as SourcePicture);
  setOwnPicture(null);
  expect(await picturesToKeep(frame, 'A cell')).toEqual({ charts: [], notKept: 'own' });
});
