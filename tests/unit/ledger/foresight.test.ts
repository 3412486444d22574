/** Whether a budget was fixed before the first result, told by the record alone. */
import { describe, expect, it } from 'vitest';
import { type Account, budgetForesight, type LedgerEvent, resultsSeenBy, runRecord } from '@/lib/ledger';
import { eventFromPlan } from '@/lib/ledger/plan';
import { settle } from '@/lib/ledger/rules';
import { accountId } from '@/lib/ledger/schema';
import { digits, trainingPlan } from './support/examples';

const time = (minute: number) => `2026-06-01T12:${String(minute).padStart(2, '0')}:00.000Z`;
const id = accountId(digits.dataset.hash, digits.unit, digits.relation);

function account(
  ...budgets: [minute: number, epsilon: number | null, filter: 'rdp' | 'adaptive'][]
): Account {
  return {
    ...digits,
    id,
    createdAt: time(0),
    budgets: budgets.map(([minute, epsilon, filter], index) => ({
      id: `budget-${String(index).padStart(32, '0')}`,
      ...{ at: time(minute), epsilon, filter, reason: '' },
    })),
  };
}

/** A run of ten steps that began at `from`, and ended at `to` if that is given. */
function run(change: Partial<LedgerEvent>, from: number | null, to?: number): LedgerEvent {
  const draft = { ...eventFromPlan(trainingPlan(id, 10), account(), time(from ?? 1), 'test'), ...change };
  const attempt = { id: `attempt-${'0'.repeat(32)}`, from: 0, startedTo: 10, repeats: 'fresh' as const };
  const begun = from === null ? draft : { ...draft, attempts: [{ ...attempt, at: time(from) }] };
  return to === undefined
    ? begun
    : { ...begun, closing: settle(begun, from === null ? 0 : 10, 'finished', time(to)) };
}

describe('results that had been seen', () => {
  const shows = { shows: 'progress' as const };
  const hides = { shows: 'nothing' as const };

  it('are those of runs that had shown something', () => {
    const seen = (event: LedgerEvent, minute: number) => resultsSeenBy(account(), [event], time(minute));
    // One that shows its progress, from its first stretch on.
    expect([4, 5, 9].map((minute) => seen(run(shows, 5, 9), minute))).toEqual([0, 1, 1]);
    expect(seen(run(shows, 5), 6)).toBe(1);
    // One that shows nothing until it is over, from its end on.
    expect([5, 8, 9].map((minute) => seen(run(hides, 5, 9), minute))).toEqual([0, 0, 1]);
    expect(seen(run(hides, 5), 59)).toBe(0);
    // One that never ran.
    expect(seen(run(shows, null), 59)).toBe(0);
    expect(seen(run(shows, null, 9), 59)).toBe(0);
    // Without protecting noise somebody saw all the more; another account is none of this one's.
    expect(seen(run({ ...shows, noise: 'none' }, 5), 6)).toBe(1);
    expect(seen(run({ ...shows, account: 'another' }, 5), 6)).toBe(0);
  });

  it('are counted at the change that made the budget what it is', () => {
    const events = [run(shows, 5, 6)];
    const at = (...budgets: Parameters<typeof account>) => budgetForesight(account(...budgets), events);
    expect(at()).toBeNull();
    expect(at([1, 2, 'adaptive'])).toMatchObject({ resultsSeen: 0 });
    expect(at([7, 2, 'adaptive'])).toMatchObject({ resultsSeen: 1 });
    // Raised, lowered, or measured otherwise: each is a new budget. Said again, it is the old one.
    expect(at([1, 2, 'adaptive'], [7, 3, 'adaptive'])).toMatchObject({ resultsSeen: 1 });
    expect(at([1, 2, 'adaptive'], [7, 1, 'adaptive'])).toMatchObject({ resultsSeen: 1 });
    expect(at([1, 2, 'rdp'], [7, 2, 'adaptive'])).toMatchObject({ resultsSeen: 1 });
    expect(at([1, 2, 'adaptive'], [7, 2, 'adaptive'])).toMatchObject({ resultsSeen: 0 });
    // Lifted and set again, it was off meanwhile.
    expect(at([1, 2, 'adaptive'], [7, null, 'adaptive'], [8, 2, 'adaptive'])).toMatchObject({
      resultsSeen: 1,
    });
    expect(at([1, 2, 'adaptive'], [7, null, 'adaptive'])).toBeNull();
  });

  it('stand in the record of a run', () => {
    const event = run(shows, 5, 6);
    expect(runRecord(event, account([7, 2, 'adaptive']), [event], time(9)).budget).toEqual({
      ...{ epsilon: 2, filter: 'adaptive', setAt: time(7), resultsSeen: 1 },
    });
    expect(runRecord(event, account(), [event], time(9)).budget).toBeNull();
  });
});
