import { beforeEach, expect, test, vi } from 'vitest';
import { Autosave } from '@/lib/notebook/own/autosave';
import type { NotebookDocument } from '@/lib/notebook/own/document';
import { saveDraft } from '@/lib/notebook/own/draft';
import { MemoryShelf } from '@/lib/notebook/own/shelf';
import { notebook, text } from './support';

const titled = (title: string): NotebookDocument => ({ ...notebook(text('a', title)), title });
const stored = new Map<string, string>();

beforeEach(() => {
  stored.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  });
});

/** A page that is left with something unsaved; its database may not answer any more. */
async function leave(shelf: MemoryShelf, title: string, inTime = false) {
  const autosave = new Autosave(shelf, 'mine', 1, { state() {}, parted() {} });
  if (!inTime) vi.spyOn(shelf, 'save').mockReturnValueOnce(new Promise(() => {}));
  autosave.changed(titled(title));
  autosave.leave();
  if (inTime) await autosave.flush();
}

async function begin() {
  const shelf = new MemoryShelf(null);
  await shelf.save(titled('One'), null);
  return shelf;
}

test('what a page had not saved when it was left is there when the notebook is opened', async () => {
  const shelf = await begin();
  await leave(shelf, 'the last word');
  // Let the save begin that never ends.
  await Promise.resolve();
  expect((await shelf.load('mine'))?.document.title).toBe('One');
  await saveDraft(shelf, 'mine');
  expect((await shelf.load('mine'))?.document.title).toBe('the last word');
  expect(stored.size).toBe(0);
  await saveDraft(shelf, 'mine');
  expect(await shelf.load('mine')).toMatchObject({ revision: 2 });
});

test('what was saved in time after all is kept once', async () => {
  const shelf = await begin();
  await leave(shelf, 'in time', true);
  expect(stored.size).toBe(0);
  await saveDraft(shelf, 'mine');
  expect(await shelf.list()).toHaveLength(1);
});

test('where another tab has written meanwhile, both are kept', async () => {
  const shelf = await begin();
  await leave(shelf, 'mine');
  await Promise.resolve();
  await shelf.save(titled('theirs'), 1);
  await saveDraft(shelf, 'mine');
  const titles = (await shelf.list()).map(({ title }) => title);
  expect(titles).toContain('theirs');
  expect(titles).toContain('mine (not saved when its page closed)');
  expect((await shelf.load('mine'))?.document.title).toBe('theirs');
});

test('what is damaged there is thrown away', async () => {
  const shelf = await begin();
  for (const damaged of [
    '',
    '{',
    '{"document":{"id":"mine"}}',
    JSON.stringify({ document: titled('x'), basis: 1 }).replace('mine', 'other'),
  ]) {
    stored.set('epsilon-playground:draft:mine', damaged);
    await saveDraft(shelf, 'mine');
    expect(stored.size).toBe(0);
    expect((await shelf.load('mine'))?.document.title).toBe('One');
  }
});
