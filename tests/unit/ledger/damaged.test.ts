/** A stored value that is no record hides nothing: it is set aside, counted as unknown, and taken back once it can be read. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Ledger, openLedger, toDamagedFile, totalsOf, unknownCharges } from '@/lib/ledger';
import { IndexedDbStorage } from '@/lib/ledger/indexeddb-storage';
import { localLocks, webLocks } from '@/lib/ledger/locks';
import { digits, trainingPlan } from './support/examples';

const NAME = 'epsilon-ledger';
const database = () => openDB(NAME);

async function put(store: string, value: unknown, key?: IDBValidKey): Promise<void> {
  const db = await database();
  await db.put(store, value, key);
  db.close();
}
async function all(store: string): Promise<unknown[]> {
  const db = await database();
  const values = await db.getAll(store);
  db.close();
  return values;
}

const open = () => openLedger({ storage: new IndexedDbStorage(), locks: localLocks() });

/** A ledger with one run of ten steps, all of it charged. @returns what was spent */
async function spend(): Promise<number> {
  const ledger = await open();
  const account = await ledger.account(digits);
  const decision = await ledger.charge(trainingPlan(account.id, 10));
  expect(decision.ok).toBe(true);
  const spent = spentIn(ledger);
  ledger.close();
  return spent;
}
function spentIn(ledger: Ledger): number {
  const { accounts, events } = ledger.snapshot();
  return totalsOf(accounts[0]!, events).pld!;
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const GARBAGE: Record<string, unknown> = {
  'no record at all': { id: 'broken', garbage: true },
  'cut short': { id: `event-${'1'.repeat(32)}`, account: 'sha256:0/example/add-or-remove-one', phases: [] },
  'a number for an id': { id: 7 },
  'of a later version': { id: `event-${'2'.repeat(32)}`, schema: 9, phases: 'later' },
};

describe.each(Object.entries(GARBAGE))('an event that is %s', (_what, value) => {
  test('hides nothing that was spent, and is there to be seen after every reload', async () => {
    const spent = await spend();
    expect(spent).toBeGreaterThan(0);
    await put('events', value);
    for (let visit = 0; visit < 3; visit++) {
      const ledger = await open();
      const snapshot = ledger.snapshot();
      expect(snapshot.status).toMatchObject({ durable: true });
      expect(spentIn(ledger)).toBe(spent);
      expect(snapshot.damaged).toMatchObject([{ store: 'events', value }]);
      expect(unknownCharges(snapshot, null)).toBe(1);
      expect(unknownCharges(snapshot, snapshot.accounts[0]!.id)).toBe(1);
      expect(JSON.parse(toDamagedFile(snapshot.damaged)).records[0].value).toEqual(value);
      ledger.close();
    }
    expect((await all('events')).length).toBe(1);
  });

  test('does not stop the next run from being charged', async () => {
    const spent = await spend();
    await put('events', value);
    expect(await spend()).toBeGreaterThan(spent);
  });
});

test('an event of another data set that is known leaves the total of this one alone', async () => {
  await spend();
  const ledger = await open();
  const other = await ledger.account({ ...digits, unit: 'patient' });
  ledger.close();
  await put('events', { id: 'broken', account: other.id });
  const again = await open();
  const snapshot = again.snapshot();
  const mine = snapshot.accounts.find(({ id }) => id !== other.id)!;
  expect([unknownCharges(snapshot, mine.id), unknownCharges(snapshot, other.id)]).toEqual([0, 1]);
});

test('a data set whose record is damaged: its runs are unknown, and count again when it is opened anew', async () => {
  const spent = await spend();
  const [account] = (await all('accounts')) as { id: string }[];
  await put('accounts', { id: account!.id, dataset: 'torn' });
  const ledger = await open();
  const before = ledger.snapshot();
  expect(before.accounts).toEqual([]);
  expect(before.damaged).toMatchObject([{ store: 'accounts' }]);
  expect(unknownCharges(before, null)).toBe(1);
  await ledger.account(digits);
  expect(spentIn(ledger)).toBe(spent);
  expect(unknownCharges(ledger.snapshot(), null)).toBe(0);
});

test.each([[undefined], [{ ledgerId: 4 }]])(
  'a ledger whose header is %o gets a new one and keeps its charges',
  async (header) => {
    const spent = await spend();
    const db = await database();
    if (header === undefined) await db.delete('meta', 'ledger');
    else await db.put('meta', header, 'ledger');
    db.close();
    const ledger = await open();
    expect(ledger.snapshot().status).toMatchObject({ durable: true });
    expect(spentIn(ledger)).toBe(spent);
    expect(ledger.snapshot().since).toBe(ledger.snapshot().events[0]!.at);
    expect(await spend()).toBeGreaterThan(spent);
  },
);

test('a damaged grave brings nothing back and stops nothing', async () => {
  const spent = await spend();
  await put('tombstones', { id: 'broken', events: 'all' });
  const ledger = await open();
  expect(spentIn(ledger)).toBe(spent);
  await ledger.forget(ledger.snapshot().accounts[0]!.id);
  expect(ledger.snapshot().events).toEqual([]);
  expect(ledger.snapshot().damaged).toMatchObject([{ store: 'tombstones' }]);
});

test('what was set aside and can be read counts again', async () => {
  const spent = await spend();
  const [event] = (await all('events')) as { id: string }[];
  const db = await database();
  await db.delete('events', event!.id);
  await db.put('meta', { store: 'events', value: event, foundAt: '2026-01-01T00:00:00.000Z' }, 'aside-1');
  db.close();
  const ledger = await open();
  expect(spentIn(ledger)).toBe(spent);
  expect(ledger.snapshot().damaged).toEqual([]);
});

test.each<[string, unknown]>([
  ['a text', 'torn'],
  ['nothing', null],
  ['a number', 7],
  ['half of it', { store: 'events' }],
  ['of a store that there is not', { store: 'meta', value: {}, foundAt: '2026-01-01T00:00:00.000Z' }],
  ['without its time', { store: 'events', value: { id: 'broken' } }],
])(
  'what was set aside may be damaged itself (%s): it counts as unknown, and hides nothing',
  async (_what, aside) => {
    const spent = await spend();
    await put('meta', aside, 'aside-1');
    for (let visit = 0; visit < 2; visit++) {
      const ledger = await open();
      expect(ledger.snapshot().status).toMatchObject({ durable: true });
      expect(spentIn(ledger)).toBe(spent);
      expect(unknownCharges(ledger.snapshot(), null)).toBe(1);
      expect(JSON.parse(toDamagedFile(ledger.snapshot().damaged)).records).toHaveLength(1);
      ledger.close();
    }
  },
);

test('whatever a database can hold is written into the file of what was set aside', async () => {
  await spend();
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  let deep: unknown = 'bottom';
  for (let level = 0; level < 5000; level++) deep = [deep];
  const value = {
    id: 'broken',
    ...{ circle, deep, none: Number.NaN, endless: -Infinity, big: 7n, nothing: undefined },
    ...{ when: new Date(0), never: new Date(Number.NaN), map: new Map([['a', 1]]), set: new Set([2]) },
    ...{ bytes: new Uint8Array([1, 2]), error: new Error('torn') },
  };
  const [record] = JSON.parse(toDamagedFile([{ store: 'events', value, foundAt: '' }])).records;
  expect(record.value).toMatchObject({
    ...{ circle: { self: '(a circle)' }, none: 'NaN', endless: '-Infinity', big: '7', nothing: 'undefined' },
    ...{
      when: '1970-01-01T00:00:00.000Z',
      never: 'Invalid Date',
      map: { map: [['a', 1]] },
      set: { set: [2] },
    },
    ...{ bytes: { bytes: [1, 2] }, error: { error: 'Error: torn' } },
  });
  expect(JSON.stringify(record.value.deep)).toContain('deeper than is written');
  const { deep: _deep, error: _error, ...storable } = value;
  await put('events', storable);
  const ledger = await open();
  expect(ledger.snapshot().damaged).toHaveLength(1);
  expect(() => toDamagedFile(ledger.snapshot().damaged)).not.toThrow();
});

test('a record that is damaged under an open page is written back by it', async () => {
  const ledger = await open();
  const account = await ledger.account(digits);
  await ledger.charge(trainingPlan(account.id, 10));
  const spent = spentIn(ledger);
  const [event] = ledger.snapshot().events;
  await put('events', { id: event!.id, torn: true });
  await ledger.refresh();
  expect(spentIn(ledger)).toBe(spent);
  ledger.close();
  const later = await open();
  expect(spentIn(later)).toBe(spent);
  expect(later.snapshot().damaged).toMatchObject([{ value: { torn: true } }]);
  expect(unknownCharges(later.snapshot(), null)).toBe(0);
});

describe('locks that the browser refuses', () => {
  const refused = () => Promise.reject(new DOMException('The request was denied.', 'SecurityError'));
  beforeEach(() => {
    vi.stubGlobal('navigator', { locks: { request: refused, query: refused } });
  });
  afterEach(() => void vi.unstubAllGlobals());

  test('become locks within the page', async () => {
    const locks = webLocks();
    const order: string[] = [];
    const work = (name: string) => async () => {
      order.push(`${name} begins`);
      await new Promise((done) => setTimeout(done, 5));
      order.push(`${name} ends`);
      return name;
    };
    expect(await Promise.all([locks.exclusive('a', work('one')), locks.exclusive('a', work('two'))])).toEqual(
      ['one', 'two'],
    );
    expect(order).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
    expect(await locks.held()).toBeNull();
    (await locks.hold('run'))();
    await expect(locks.exclusive('a', () => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
  });

  test('stop no ledger from counting', async () => {
    const ledger = await openLedger({ storage: new IndexedDbStorage() });
    const account = await ledger.account(digits);
    expect((await ledger.charge(trainingPlan(account.id, 10))).ok).toBe(true);
    expect(spentIn(ledger)).toBeGreaterThan(0);
  });
});
