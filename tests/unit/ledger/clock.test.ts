/** A clock that is set back, by a second or by years, loses nothing that was spent and nothing that was decided. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { type Ledger, openLedger, totalsOf } from '@/lib/ledger';
import { StorageFailure } from '@/lib/ledger/errors';
import { IndexedDbStorage } from '@/lib/ledger/indexeddb-storage';
import { localLocks } from '@/lib/ledger/locks';
import { digits, trainingPlan } from './support/examples';

const START = Date.parse('2026-11-30T12:00:00.000Z');
let time = START;
const now = () => new Date(time);
const open = (storage = new IndexedDbStorage({ now })) => openLedger({ storage, locks: localLocks(), now });

function spentIn(ledger: Ledger): number {
  const { accounts, events } = ledger.snapshot();
  return totalsOf(accounts[0]!, events).pld!;
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  time = START;
});

const SECOND = 1000;
const YEARS = 20 * 365 * 86_400 * SECOND;

test.each([
  ['a second', SECOND],
  ['twenty years', YEARS],
])('by %s before every step: what is spent only grows, and the last budget holds', async (_, back) => {
  let spent = 0;
  for (let visit = 1; visit <= 3; visit++) {
    const ledger = await open();
    const account = await ledger.account(digits);
    time -= back;
    await ledger.setBudget(account.id, 10 * visit, 'rdp', `visit ${visit}`);
    time -= back;
    const decision = await ledger.reserve(trainingPlan(account.id, 10));
    if (!decision.ok) throw new Error('refused');
    time -= back;
    await decision.run.segment(4);
    const event = decision.run.event;
    time -= back;
    await ledger.note(event.id, 'first');
    time -= back;
    await ledger.note(event.id, 'second');
    time -= back;
    ledger.close();

    const later = await open();
    const { accounts, events, damaged, status } = later.snapshot();
    expect(damaged).toEqual([]);
    expect(status.durable).toBe(true);
    expect(accounts[0]!.budgets.at(-1)).toMatchObject({ epsilon: 10 * visit, reason: `visit ${visit}` });
    expect(events).toHaveLength(visit);
    expect(events.find(({ id }) => id === event.id)?.note?.text).toBe('second');
    expect(spentIn(later)).toBeGreaterThan(spent);
    spent = spentIn(later);
    later.close();
  }
});

test('a data set that was forgotten and opened anew stays open, though the clock says that was before', async () => {
  const ledger = await open();
  const account = await ledger.account(digits);
  await ledger.charge(trainingPlan(account.id, 10));
  await ledger.forget(account.id);
  time -= YEARS;
  await ledger.account(digits);
  await ledger.charge(trainingPlan(account.id, 5));
  const spent = spentIn(ledger);
  expect(spent).toBeGreaterThan(0);
  ledger.close();
  expect(spentIn(await open())).toBe(spent);
});

test('a resumed run goes on from its last attempt', async () => {
  const ledger = await open();
  const account = await ledger.account(digits);
  const first = await ledger.reserve(trainingPlan(account.id, 10));
  if (!first.ok) throw new Error('refused');
  await first.run.segment(6);
  ledger.close();
  time -= YEARS;
  const later = await open();
  const before = spentIn(later);
  const again = await later.resume(first.run.event.id, 4, 'fresh');
  if (!again.ok) throw new Error('refused');
  await again.run.segment(10);
  const [event] = later.snapshot().events;
  expect(event!.attempts.map(({ from, startedTo }) => [from, startedTo])).toEqual([
    [0, 6],
    [4, 10],
  ]);
  // Two steps were drawn twice.
  expect(spentIn(later)).toBeGreaterThan(before);
});

test('a storage that was away is asked again, and not only when the clock has caught up', async () => {
  const storage = new IndexedDbStorage({ now });
  const { read } = storage;
  storage.read = () => Promise.reject(new StorageFailure('unavailable', 'for a while'));
  const ledger = await open(storage);
  expect(ledger.snapshot().status.durable).toBe(false);
  storage.read = read;
  time -= YEARS;
  await ledger.refresh();
  expect(ledger.snapshot().status.durable).toBe(true);
});
