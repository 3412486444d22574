/** One notebook in two tabs: whatever either does, in whatever order, what was written and what was run is there at the end, and it is said. */
import 'fake-indexeddb/auto';
import { describe, expect, test } from 'vitest';
import { Autosave, type SaveState } from '@/lib/notebook/own/autosave';
import type { NotebookDocument } from '@/lib/notebook/own/document';
import { openIndexedDbShelf } from '@/lib/notebook/own/indexeddb-shelf';
import { KeptRuns } from '@/lib/notebook/own/kept-runs';
import { type RunRow, withRun } from '@/lib/notebook/own/run-table';
import { MemoryShelf, type Shelf } from '@/lib/notebook/own/shelf';
import { type Shown, withShown } from '@/lib/notebook/own/shown';
import { SeededRandom } from '@/lib/random';
import { notebook, text } from './support';

let names = 0;
const titled = (title: string): NotebookDocument => ({ ...notebook(text('a', title)), title });

const SHELVES: [string, () => Promise<[Shelf, Shelf]>][] = [
  [
    'in IndexedDB, a connection each',
    async () => {
      const name = `tabs-${++names}`;
      return [await openIndexedDbShelf(name), await openIndexedDbShelf(name)];
    },
  ],
  [
    'in memory',
    async () => {
      const shelf = new MemoryShelf(null);
      return [shelf, shelf];
    },
  ],
];

describe.each(SHELVES)('%s', (_, open) => {
  test('writing: nothing is lost, and a tab that was second says that it goes on as a copy', async () => {
    for (let seed = 1; seed <= 25; seed++) {
      const random = new SeededRandom(seed);
      const shelves = await open();
      await shelves[0].save(titled('begun'), null);
      const tabs = shelves.map((shelf) => {
        const states: SaveState[] = [];
        const parted: string[] = [];
        const autosave = new Autosave(shelf, 'mine', 1, {
          state: (state) => states.push(state),
          parted: ({ id }) => parted.push(id),
        });
        return { shelf, autosave, states, parted, last: null as string | null };
      });
      const saving: Promise<void>[] = [];
      for (let step = 0; step < 30; step++) {
        const tab = tabs[random.integer(2)]!;
        const way = random.integer(10);
        if (way < 6) {
          tab.last = `seed ${seed}, step ${step}`;
          tab.autosave.changed(titled(tab.last));
        } else if (way < 9) saving.push(tab.autosave.flush());
        else await Promise.all(saving);
      }
      await Promise.all(saving);
      for (const { autosave } of tabs) await autosave.flush();

      const stored = await Promise.all((await shelves[0].list()).map(({ id }) => shelves[0].load(id)));
      const texts = stored.map((kept) => JSON.stringify(kept?.document.cells));
      for (const { last, autosave, states } of tabs) {
        expect(autosave.idle).toBe(true);
        if (last === null) continue;
        expect(
          texts.some((one) => one.includes(last)),
          last,
        ).toBe(true);
        expect(states.at(-1)?.kind).toBe('saved');
      }
      // Both wrote, so one of them was second: it was told, and nobody was twice.
      const told = tabs.flatMap(({ parted }) => parted);
      if (tabs.every(({ last }) => last !== null)) expect(told).toHaveLength(1);
      expect(stored).toHaveLength(1 + told.length);
      for (const { shelf } of tabs) for (const { id } of await shelf.list()) await shelf.remove(id);
    }
  }, 20_000);

  const row = (id: string): RunRow => ({ id, place: id, follows: false, held: false }) as unknown as RunRow;
  const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).sort();
  async function twoTabs() {
    const shelves = await open();
    const tabs = shelves.map(
      (shelf) =>
        new KeptRuns(
          shelf,
          () => 'mine',
          () => undefined,
        ),
    );
    for (const tab of tabs) await tab.open((rows) => rows);
    return { shelf: shelves[0], here: tabs[0]!, there: tabs[1]! };
  }
  const add = (id: string) => (rows: readonly RunRow[]) => withRun(rows, row(id));
  const remove = (id: string) => (rows: readonly RunRow[]) => rows.filter((one) => one.id !== id);

  test('running: the rows of both are kept, and each sees them with its next', async () => {
    const { shelf, here, there } = await twoTabs();
    await Promise.all([here.change(add('a')), there.change(add('b')), here.change(add('c'))]);
    expect(ids(await shelf.runs('mine'))).toEqual(['a', 'b', 'c']);
    await there.change(add('d'));
    expect(ids(there.rows)).toEqual(['a', 'b', 'c', 'd']);
    await here.change(remove('b'));
    expect(ids(here.rows)).toEqual(['a', 'c', 'd']);
    expect(ids(await shelf.runs('mine'))).toEqual(['a', 'c', 'd']);
  });

  test('a copy of the notebook begins with the rows on the screen', async () => {
    const [shelf] = await open();
    let id = 'mine';
    const tab = new KeptRuns(
      shelf,
      () => id,
      () => undefined,
    );
    await tab.open((rows) => rows);
    await tab.change(add('a'));
    id = 'copy';
    await tab.change(add('b'));
    expect(ids(await shelf.runs('copy'))).toEqual(['a', 'b']);
    expect(ids(await shelf.runs('mine'))).toEqual(['a']);
  });

  test('showing: what the cells of both showed is kept', async () => {
    const [here, there] = await open();
    const places = new Set(['a', 'b']);
    const one = (asOf: string): Shown => ({ asOf, headline: asOf, charts: [] });
    const keep = (shelf: Shelf, place: string, asOf: string) =>
      shelf.changeShown('mine', (stored) => withShown(stored ?? {}, place, one(asOf), places));
    await Promise.all([keep(here, 'a', '1'), keep(there, 'b', '2'), keep(here, 'b', '1')]);
    expect(await there.shown('mine')).toEqual({ a: one('1'), b: one('2') });
  });

  test('a table that was emptied stays empty for whoever still shows it', async () => {
    const { shelf, here, there } = await twoTabs();
    await here.change(add('a'));
    await there.change((rows) => rows);
    await here.change(remove('a'));
    await there.change((rows) => rows);
    expect(there.rows).toEqual([]);
    expect(await shelf.runs('mine')).toEqual([]);
  });
});

test('a shelf that fails keeps nothing from the screen', async () => {
  const shelf = new MemoryShelf(null);
  shelf.runs = () => Promise.reject(new Error('gone'));
  shelf.changeRuns = () => Promise.reject(new Error('full'));
  const seen: number[] = [];
  const tab = new KeptRuns(
    shelf,
    () => 'mine',
    (rows) => seen.push(rows.length),
  );
  await tab.change((rows) => [...rows, { id: 'early' } as RunRow]);
  await tab.open((rows) => rows);
  await tab.change((rows) => [...rows, { id: 'late' } as RunRow]);
  expect(tab.rows.map(({ id }) => id)).toEqual(['early', 'late']);
  expect(seen.at(-1)).toBe(2);
});
