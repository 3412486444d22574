/** A history that vanished while no page looked is at least missed. */
import { describe, expect, it } from 'vitest';
import type { LedgerSnapshot } from '@/lib/ledger';
import { readWitness, type Witness, witness } from '@/lib/ledger/witness';

const [monday, friday] = ['2026-01-05T10:00:00.000Z', '2026-01-09T10:00:00.000Z'];
const ledger = (since: string, charges: number, durable = true, forgotten = 0): LedgerSnapshot =>
  ({
    since,
    accounts: [],
    events: Array(charges).fill({}),
    tombstones: forgotten > 0 ? [{ events: Array(forgotten).fill('event') }] : [],
    status: { durable, cause: null, restored: false },
    interrupted: new Set(),
  }) as unknown as LedgerSnapshot;
const follow = (...seen: LedgerSnapshot[]) =>
  seen.reduce<Witness | null>((note, each) => readWitness(JSON.stringify(witness(note, each))), null);

describe('the note beside the ledger', () => {
  it('is not made before there is anything to miss', () => {
    expect(follow(ledger(monday, 0))).toBeNull();
    expect(follow(ledger(monday, 2))).toEqual({ since: monday, charges: 2, lost: null });
  });

  it('notices a ledger that was cleared, even if a new charge came first, and keeps saying so', () => {
    const lost = { since: monday, charges: 5 };
    expect(follow(ledger(monday, 5), ledger(friday, 0))?.lost).toEqual(lost);
    expect(follow(ledger(monday, 5), ledger(friday, 1))?.lost).toEqual(lost);
    expect(follow(ledger(monday, 5), ledger(friday, 0), ledger(friday, 1), ledger(friday, 3))?.lost).toEqual(
      lost,
    );
  });

  it('is content when the charges come back', () => {
    expect(follow(ledger(monday, 5), ledger(friday, 0), ledger(friday, 5))?.lost).toBeNull();
    // Written back by a page that was open: nothing was lost.
    expect(follow(ledger(monday, 5), ledger(friday, 5), ledger(friday, 6))?.lost).toBeNull();
  });

  it('counts forgotten charges as known, and a ledger in memory as no evidence', () => {
    expect(follow(ledger(monday, 5), ledger(monday, 1, true, 4))?.lost).toBeNull();
    expect(follow(ledger(monday, 5), ledger(friday, 0, false))).toEqual({
      since: monday,
      charges: 5,
      lost: null,
    });
  });

  it('notices a second loss', () => {
    const twice = follow(ledger(monday, 5), ledger(friday, 7), ledger('2026-01-12T10:00:00.000Z', 0));
    expect(twice?.lost).toEqual({ since: monday, charges: 7 });
  });

  it('reads no nonsense', () => {
    for (const text of [null, '', '{', '7', '{"since":"yesterday","charges":-1,"lost":null}'])
      expect(readWitness(text)).toBeNull();
  });
});
