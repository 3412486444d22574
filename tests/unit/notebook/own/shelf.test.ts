import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Autosave, SAVE_AFTER_MS, type SaveState } from '@/lib/notebook/own/autosave';
import type { NotebookDocument } from '@/lib/notebook/own/document';
import { openIndexedDbShelf } from '@/lib/notebook/own/indexeddb-shelf';
import type { RunRow } from '@/lib/notebook/own/run-table';
import { MemoryShelf, type Shelf } from '@/lib/notebook/own/shelf';
import {
  MOST_CODE_CHARACTERS,
  MOST_NOTEBOOKS_SHOWN,
  MOST_SHOWN_CHARACTERS,
  outputsThatFit,
  type ShownByPlace,
  withShown,
} from '@/lib/notebook/own/shown';
import { notebook, text } from './support';

const titled = (title: string): NotebookDocument => ({ ...notebook(text('a', title)), title });
const SHOWN = {
  asOf: '2026-12-01T00:00:00.000Z',
  headline: '97 %',
  charts: [{ title: 'A', summary: 'a', png: 'AA' }],
};
let names = 0;

describe.each([
  ['in IndexedDB', () => openIndexedDbShelf(`test-${++names}`)],
  ['in memory', async () => new MemoryShelf('a test')],
])('a shelf %s', (_, open: () => Promise<Shelf>) => {
  test('keeps, lists, and gives back', async () => {
    const shelf = await open();
    expect(await shelf.load('mine')).toBeNull();
    expect(await shelf.save(titled('One'), null)).toMatchObject({ ok: true, revision: 1 });
    expect(await shelf.save(titled('Two'), 1)).toMatchObject({ ok: true, revision: 2 });
    expect(await shelf.load('mine')).toMatchObject({ revision: 2, document: titled('Two') });
    await new Promise((resolve) => setTimeout(resolve, 5));
    await shelf.save({ ...titled('Other'), id: 'other' }, null);
    expect((await shelf.list()).map(({ title, cells }) => [title, cells])).toEqual([
      ['Other', 1],
      ['Two', 1],
    ]);
    expect(await shelf.remove('mine')).toMatchObject({ document: titled('Two') });
    expect(await shelf.load('mine')).toBeNull();
    expect(await shelf.remove('mine')).toBeNull();
  });

  test('never lets one tab write over another', async () => {
    const shelf = await open();
    await shelf.save(titled('One'), null);
    await shelf.save(titled('theirs'), 1);
    const mine = await shelf.save(titled('mine'), 1);
    expect(mine).toMatchObject({ ok: false, kept: { revision: 2, document: titled('theirs') } });
    expect(await shelf.save(titled('new'), null)).toMatchObject({ ok: false });
    expect((await shelf.load('mine'))?.document.title).toBe('theirs');
  });

  test('writes again what was deleted under somebody’s hands', async () => {
    const shelf = await open();
    await shelf.save(titled('One'), null);
    await shelf.remove('mine');
    expect(await shelf.save(titled('still here'), 1)).toMatchObject({ ok: true, revision: 2 });
  });

  test('keeps what the cells of each notebook showed', async () => {
    const shelf = await open();
    expect(await shelf.shown('mine')).toEqual({});
    expect(await shelf.changeShown('mine', (stored) => ({ ...stored, a: SHOWN }))).toEqual({ a: SHOWN });
    expect(await shelf.shown('mine')).toEqual({ a: SHOWN });
    expect(await shelf.shown('other')).toEqual({});
  });

  test('keeps the runs of each notebook', async () => {
    const shelf = await open();
    const rows = [{ id: 'r1', title: 'Train' }] as unknown as RunRow[];
    await shelf.saveRuns('mine', rows);
    expect(await shelf.runs('mine')).toEqual(rows);
    expect(await shelf.runs('other')).toEqual([]);
    await shelf.saveRuns('mine', []);
    expect(await shelf.runs('mine')).toEqual([]);
  });
});

test('another tab hears of a change, and of a deletion', async () => {
  const [here, there] = [await openIndexedDbShelf('two-tabs'), await openIndexedDbShelf('two-tabs')];
  const heard = new Promise((resolve) => there.listen((id, revision) => resolve([id, revision])));
  await here.save(titled('One'), null);
  expect(await heard).toEqual(['mine', 1]);
  const gone = new Promise((resolve) => there.listen((id, revision) => resolve([id, revision])));
  await here.remove('mine');
  expect(await gone).toEqual(['mine', null]);
});

test('runs whose notebook is gone are swept away when the lab is opened next', async () => {
  const shelf = await openIndexedDbShelf('sweep');
  const rows = [{ id: 'r1' }] as unknown as RunRow[];
  await shelf.save(titled('One'), null);
  await shelf.saveRuns('mine', rows);
  await shelf.saveRuns('gone', rows);
  const later = await openIndexedDbShelf('sweep');
  expect(await later.runs('mine')).toEqual(rows);
  expect(await later.runs('gone')).toEqual([]);
});

test('a database of an older version keeps its notebooks and runs', async () => {
  const name = `test-${++names}`;
  const old = await openDB(name, 1, {
    upgrade(database) {
      database.createObjectStore('notebooks');
      database.createObjectStore('runs');
    },
  });
  await old.put('notebooks', { document: titled('One'), revision: 3, savedAt: 'then' }, 'mine');
  old.close();
  const shelf = await openIndexedDbShelf(name);
  expect(await shelf.load('mine')).toMatchObject({ revision: 3 });
  expect(await shelf.shown('mine')).toEqual({});
});

describe('what cells showed', () => {
  const of = (asOf: string, characters = 10) => ({
    ...{ asOf, headline: '' },
    charts: [{ title: 'A', summary: 'a', png: 'A'.repeat(characters) }],
  });
  const places = new Set(['a', 'b', 'c']);

  const ofCode = (asOf: string, characters = 10) => ({
    ...{ asOf, code: '', gone: 0 },
    outputs: [{ kind: 'text' as const, level: 'log' as const, text: 'A'.repeat(characters) }],
  });

  test('is that of the newest run of each cell that is still there', () => {
    const kept = withShown({ a: of('1'), gone: of('9') }, 'a', of('2'), places);
    expect(kept).toEqual({ a: of('2') });
  });

  test('is not that of an older run, which another tab looked at later', () => {
    expect(withShown({ a: of('2') }, 'a', of('1'), places)).toEqual({ a: of('2') });
  });

  test('is bounded: the oldest lose what takes room, and say so', () => {
    const large = MOST_SHOWN_CHARACTERS / 2;
    const kept = withShown({ a: of('1', large), b: of('2', large) }, 'c', of('3'), places);
    expect(kept).toEqual({
      a: { asOf: '1', headline: '', charts: [], notKept: 'room' },
      b: of('2', large),
      c: of('3'),
    });
    const alone = withShown({}, 'a', of('1', MOST_SHOWN_CHARACTERS + 1), places);
    expect(alone).toMatchObject({ a: { charts: [], notKept: 'room' } });
    // What has lost its pictures already goes on being said so, and costs nothing.
    expect(withShown(alone, 'b', of('2'), places).a).toEqual(alone.a);
  });

  test('of code is bounded too: its outputs go, and are counted', () => {
    const drawing = { ...of('2', MOST_SHOWN_CHARACTERS - 100), drawing: of('2', 50).charts[0]! };
    const kept = withShown({ a: ofCode('1', 200) }, 'b', drawing, places);
    expect(kept.a).toEqual({ asOf: '1', code: '', outputs: [], gone: 1 });
    expect(kept.b).toEqual(drawing);
  });

  test('of one code cell, the newest outputs are kept, in their order', () => {
    const line = (text: string) => ({ kind: 'text' as const, level: 'log' as const, text });
    expect(outputsThatFit([line('a'), line('b')], 3)).toEqual({ outputs: [line('a'), line('b')], gone: 3 });
    const long = line('x'.repeat(MOST_CODE_CHARACTERS - 100));
    expect(outputsThatFit([line('a'), long, line('b')], 0).gone).toBe(1);
    expect(outputsThatFit([line('x'.repeat(MOST_CODE_CHARACTERS))], 0)).toEqual({ outputs: [], gone: 1 });
  });

  test('of notebooks that nobody has changed for long, only words stay', async () => {
    const name = `test-${++names}`;
    const shelf = await openIndexedDbShelf(name);
    vi.useFakeTimers({ toFake: ['Date'] });
    for (let n = 0; n <= MOST_NOTEBOOKS_SHOWN; n++) {
      vi.setSystemTime(1e12 + n * 1000);
      await shelf.save({ ...titled('One'), id: `n${n}` }, null);
      await shelf.changeShown(`n${n}`, (): ShownByPlace => ({ a: SHOWN, c: ofCode('1') }));
    }
    vi.useRealTimers();
    const later = await openIndexedDbShelf(name);
    expect(await later.shown('n0')).toEqual({
      a: { asOf: SHOWN.asOf, headline: SHOWN.headline, charts: [], notKept: 'room' },
      c: { asOf: '1', code: '', outputs: [], gone: 1 },
    });
    expect(await later.shown('n1')).toEqual({ a: SHOWN, c: ofCode('1') });
  });
});

describe('saving by itself', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  async function begin() {
    const shelf = new MemoryShelf(null);
    await shelf.save(titled('One'), null);
    const states: SaveState[] = [];
    const copies: NotebookDocument[] = [];
    const saves = vi.spyOn(shelf, 'save');
    const autosave = new Autosave(shelf, 'mine', 1, {
      state: (state) => states.push(state),
      parted: (copy) => copies.push(copy),
    });
    return { shelf, autosave, states, copies, saves };
  }

  test('waits for a pause, then saves the last state once', async () => {
    const { shelf, autosave, states, saves } = await begin();
    for (const words of ['a', 'ab', 'abc']) {
      autosave.changed(titled(words));
      await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS - 1);
    }
    expect(saves).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(saves).toHaveBeenCalledTimes(1);
    expect(await shelf.load('mine')).toMatchObject({ revision: 2, document: titled('abc') });
    expect(states.at(-1)?.kind).toBe('saved');
    expect(autosave.idle).toBe(true);
  });

  test('saves at once when the page is left', async () => {
    const { shelf, autosave } = await begin();
    autosave.changed(titled('leaving'));
    await autosave.flush();
    expect((await shelf.load('mine'))?.document.title).toBe('leaving');
  });

  test('changes that come while it saves are saved after', async () => {
    const { shelf, autosave, states } = await begin();
    autosave.changed(titled('first'));
    const first = autosave.flush();
    // By now the first is on its way.
    await Promise.resolve();
    autosave.changed(titled('second'));
    await first;
    expect(states.at(-1)?.kind).toBe('waiting');
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    expect(await shelf.load('mine')).toMatchObject({ revision: 3, document: titled('second') });
  });

  test('against another tab: both versions are kept, and this one goes on under its own name', async () => {
    const { shelf, autosave, copies } = await begin();
    await shelf.save(titled('theirs'), 1);
    autosave.changed(titled('ours'));
    await autosave.flush();
    expect(copies).toHaveLength(1);
    const [copy] = copies;
    expect(copy!.title).toBe('ours (this tab’s version)');
    expect((await shelf.load('mine'))?.document.title).toBe('theirs');
    autosave.changed(titled('ours, later'));
    await autosave.flush();
    expect((await shelf.load(copy!.id))?.document.title).toBe('ours, later');
    expect((await shelf.load('mine'))?.document.title).toBe('theirs');
  });

  test('a storage that fails is said to, and tried again with the next change', async () => {
    const { shelf, autosave, states, saves } = await begin();
    saves.mockRejectedValueOnce(new Error('the disk is full'));
    autosave.changed(titled('once'));
    await autosave.flush();
    expect(states.at(-1)).toEqual({ kind: 'failed', why: 'the disk is full' });
    expect(autosave.idle).toBe(false);
    autosave.changed(titled('twice'));
    await autosave.flush();
    expect((await shelf.load('mine'))?.document.title).toBe('twice');
  });
});
