import { describe, expect, it } from 'vitest';
import { chargedSteps, runState } from '@/lib/ledger/charge';
import { eventFromPlan } from '@/lib/ledger/plan';
import { settle } from '@/lib/ledger/rules';
import type { LedgerEvent, StopReason } from '@/lib/ledger/schema';
import { accountId } from '@/lib/ledger/schema';
import { digits, trainingPlan } from './support/examples';

const at = '2026-06-01T12:00:00.000Z';
const id = accountId(digits.dataset.hash, digits.unit, digits.relation);
const account = { ...digits, id, createdAt: at, budgets: [] };

function started(to: number, change: Parameters<typeof trainingPlan>[2] = {}): LedgerEvent {
  const event = eventFromPlan(trainingPlan(id, 100, change), account, at, 'test');
  const attempt = { id: `attempt-${'0'.repeat(32)}`, at, from: 0, startedTo: to, repeats: 'fresh' as const };
  return { ...event, attempts: to > 0 ? [attempt] : [] };
}

function closed(event: LedgerEvent, reached: number, reason: StopReason) {
  const ended = { ...event, closing: settle(event, reached, reason, at) };
  return { rule: ended.closing.rule, charged: chargedSteps(ended), state: runState(ended) };
}

describe('unrun steps', () => {
  it('are none when all ran', () => {
    expect(closed(started(100), 100, 'finished')).toEqual({
      rule: 'completed',
      charged: 100,
      state: 'finished',
    });
  });

  it('stay charged when progress was in view', () => {
    const expected = { rule: 'progress-shown', charged: 100, state: 'stopped' };
    for (const reason of ['user', 'superseded'] as const)
      expect(closed(started(50), 40, reason)).toEqual(expected);
  });

  it('stay charged when a second attempt, begun at the first step, did not come to run any', () => {
    const event = started(30);
    const again = { ...event.attempts[0]!, id: `attempt-${'1'.repeat(32)}`, startedTo: 0 };
    const twice = { ...event, attempts: [...event.attempts, again] };
    // What the first showed is known: only what it never announced may come back, and that only by a rule that looks at no data.
    expect(settle(twice, 0, 'user', at).rule).toBe('progress-shown');
    expect(closed(twice, 0, 'user').charged).toBeGreaterThanOrEqual(100);
  });

  it('come back when nothing was in view', () => {
    const expected = { rule: 'nothing-shown', charged: 40, state: 'refunded' };
    for (const reason of ['user', 'superseded'] as const)
      expect(closed(started(50, { shows: 'nothing' }), 40, reason)).toEqual(expected);
  });

  it('come back at a limit that was fixed before the run, and only then', () => {
    expect(closed(started(50, { limit: '60 seconds' }), 40, 'limit')).toEqual({
      rule: 'limit-fixed-in-advance',
      charged: 40,
      state: 'refunded',
    });
    expect(closed(started(50), 40, 'limit').charged).toBe(100);
    // The learner pressed Stop before the limit was reached: that is not the limit's doing.
    expect(closed(started(50, { limit: '60 seconds' }), 40, 'user').charged).toBe(100);
  });

  it('stay charged when the cause may depend on the data, even if nothing was shown', () => {
    for (const reason of ['error', 'device-lost', 'interrupted'] as const)
      expect(closed(started(50, { shows: 'nothing' }), 40, reason)).toEqual({
        rule: 'cause-unknown',
        charged: 100,
        state: 'stopped',
      });
  });

  it('all come back when no step ran', () => {
    for (const reason of ['user', 'error', 'interrupted', 'device-lost'] as const) {
      expect(closed(started(0), 0, reason)).toEqual({ rule: 'nothing-ran', charged: 0, state: 'refunded' });
      expect(closed(started(8), 0, reason).charged).toBe(0);
    }
  });

  it('stay charged when an earlier attempt ran steps, though this one ran none', () => {
    const event = started(60);
    const again = { ...event.attempts[0]!, id: `attempt-${'1'.repeat(32)}`, from: 40, startedTo: 40 };
    const resumed = { ...event, attempts: [...event.attempts, again] };
    // 60 from the first attempt, and the rest of the plan from step 40.
    expect(closed(resumed, 40, 'user').charged).toBe(120);
    expect(closed({ ...resumed, shows: 'nothing' }, 40, 'user').charged).toBe(60);
  });
});

describe('a resumed run', () => {
  const event = started(60);
  const resume = (from: number, startedTo: number, repeats: 'fresh' | 'identical'): LedgerEvent => ({
    ...event,
    attempts: [
      ...event.attempts,
      { ...event.attempts[0]!, id: `attempt-${'1'.repeat(32)}`, from, startedTo, repeats },
    ],
  });

  it('pays twice for steps drawn anew', () => {
    expect(chargedSteps(resume(45, 45, 'fresh'))).toBe(60 + 55);
  });

  it('pays once for steps replayed with the same noise', () => {
    expect(chargedSteps(resume(45, 45, 'identical'))).toBe(100);
  });

  it('pays nothing extra from where it stood', () => {
    expect(chargedSteps(resume(60, 60, 'fresh'))).toBe(100);
  });

  it('does not lose steps of the first attempt when an identical replay stops short of them', () => {
    const resumed = { ...resume(45, 50, 'identical'), limit: 'one minute' };
    const ended = { ...resumed, closing: settle(resumed, 50, 'limit', at) };
    expect(chargedSteps(ended)).toBe(60);
  });
});
