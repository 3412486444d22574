/** Totals through the ledger equal the reference, by the same path for one run and for many. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Account,
  accountId,
  epsilonOf,
  type LedgerEvent,
  naiveEpsilon,
  totalsOf,
  whatIf,
} from '@/lib/ledger';
import { chargedMechanisms } from '@/lib/ledger/charge';
import { mechanismInWords } from '@/lib/ledger/mechanism';
import { eventFromPlan } from '@/lib/ledger/plan';
import { settle } from '@/lib/ledger/rules';
import { eventSchema } from '@/lib/ledger/schema';
import { SHARED } from '@/tests/harness/shared-files';
import { event as anyEvent } from './support/arbitrary';
import { digits, trainingPlan } from './support/examples';

interface Heterogeneous {
  runs: { q: number; sigma: number; steps: number }[];
  delta: number;
  eps_tight: number;
  eps_rdp_exact: number;
  eps_rdp: number;
}

const at = '2026-06-01T12:00:00.000Z';
const id = accountId(digits.dataset.hash, digits.unit, digits.relation);
const accountAt = (delta: number): Account => ({ ...digits, delta, id, createdAt: at, budgets: [] });

function eventOf({ q, sigma, steps }: Heterogeneous['runs'][number]): LedgerEvent {
  const step = { kind: 'poisson-gaussian', sampleRate: q, noiseMultiplier: sigma, steps: 1 } as const;
  return eventFromPlan(
    trainingPlan(id, steps, { phases: [{ perStep: [step], steps }] }),
    accountAt(1e-5),
    at,
    'test',
  );
}

const file = ['tests/fixtures/reference', join(SHARED, 'reference')]
  .map((folder) => join(folder, 'accounting.json'))
  .find((path) => existsSync(path));
const reference: Heterogeneous[] =
  file === undefined
    ? []
    : (JSON.parse(readFileSync(file, 'utf8')) as { heterogeneous: Heterogeneous[] }).heterogeneous;

describe.skipIf(file === undefined)(
  'the total of several runs (reference accounting.json, skipped where absent)',
  () => {
    it.each(reference.map((entry, index) => [index, entry] as const))('of list %i', (_index, entry) => {
      const totals = totalsOf(accountAt(entry.delta), entry.runs.map(eventOf));
      expect(totals.rdp!).toBeGreaterThanOrEqual(entry.eps_rdp_exact * (1 - 1e-6));
      expect(totals.rdp!).toBeLessThanOrEqual(entry.eps_rdp * (1 + 1e-6));
      expect(totals.pld!).toBeGreaterThanOrEqual(entry.eps_tight - 5e-4);
      expect(totals.pld!).toBeLessThanOrEqual(entry.eps_tight + Math.max(1e-3 * entry.eps_tight, 5e-4));
      expect(totals.naive!).toBeGreaterThanOrEqual(totals.pld!);
    });

    it('is the same for a run that was interrupted and resumed by replay, or split into single steps', () => {
      const [entry] = reference;
      const [whole] = entry!.runs.map(eventOf);
      const half = Math.floor(whole!.phases[0]!.steps / 2);
      const attempt = (index: number, from: number, startedTo: number) => ({
        id: `attempt-${String(index).repeat(32)}`,
        at: `2026-06-01T12:00:0${index}.000Z`,
        from,
        startedTo,
        repeats: 'identical' as const,
      });
      const planned = whole!.phases[0]!.steps;
      const resumed = { ...whole!, attempts: [attempt(0, 0, half), attempt(1, half - 10, planned)] };
      const ended = { ...resumed, closing: settle(resumed, planned, 'finished', at) };
      expect(totalsOf(accountAt(1e-5), [ended]).rdp).toBe(totalsOf(accountAt(1e-5), [whole!]).rdp);
    });
  },
);

describe('totals', () => {
  const run = (change: Partial<LedgerEvent> = {}): LedgerEvent => ({
    ...eventOf({ q: 0.01, sigma: 1, steps: 100 }),
    ...change,
  });

  it('leave runs that protect nobody out of ε, and name them', () => {
    const seeded = run({ noise: 'seeded', seed: 3 });
    const none = run({ noise: 'none' });
    const totals = totalsOf(accountAt(1e-5), [run(), seeded, none]);
    expect(totals).toMatchObject({ covered: 1, unprotected: 2 });
    expect(totals.rdp).toBe(totalsOf(accountAt(1e-5), [run()]).rdp);
  });

  it('write a run without noise down as σ = 0, and let nothing else say so', () => {
    const step = { kind: 'poisson-gaussian', sampleRate: 0.01, noiseMultiplier: 0, steps: 1 } as const;
    const plan = (noise: 'none' | 'secure') =>
      trainingPlan(id, 5, { phases: [{ perStep: [step], steps: 5 }], noise });
    const plain = eventFromPlan(plan('none'), accountAt(1e-5), at, 'test');
    expect(eventSchema.safeParse(plain).success).toBe(true);
    expect(mechanismInWords(plain.phases[0]!.perStep[0]!)).toContain('no noise at all');
    expect(totalsOf(accountAt(1e-5), [plain])).toMatchObject({ covered: 0, unprotected: 1, pld: 0 });
    expect(() => eventFromPlan(plan('secure'), accountAt(1e-5), at, 'test')).toThrow(/adds no noise/);
    expect(eventSchema.safeParse({ ...plain, noise: 'secure' }).success).toBe(false);
  });

  it('count no other account', () => {
    expect(totalsOf(accountAt(1e-5), [run({ account: 'another' })])).toMatchObject({
      covered: 0,
      rdp: 0,
      pld: 0,
    });
  });

  it('are 0 for nothing, and for runs that never ran', () => {
    const never = run();
    const closed = { ...never, closing: settle(never, 0, 'interrupted', at) };
    expect(totalsOf(accountAt(1e-5), [closed])).toMatchObject({
      covered: 0,
      unprotected: 0,
      rdp: 0,
      naive: 0,
    });
  });

  it.each([
    ['rdp', 40],
    ['pld', 4],
  ] as const)('by %s grow with every charge, in any order', (accountant, numRuns) => {
    fc.assert(
      fc.property(fc.array(anyEvent([id]), { minLength: 1, maxLength: 3 }), (events) => {
        let before = 0;
        for (let count = 1; count <= events.length; count++) {
          const epsilon = epsilonOf(events.slice(0, count), 1e-5, accountant)!;
          expect(epsilon).toBeGreaterThanOrEqual(before * (1 - 1e-3));
          before = epsilon;
        }
        const backwards = epsilonOf([...events].reverse(), 1e-5, accountant)!;
        expect(Math.abs(backwards - before)).toBeLessThanOrEqual(1e-9 * (1 + before));
      }),
      { numRuns },
    );
  });

  it('say what one more run would do', () => {
    const account = accountAt(1e-5);
    const answer = whatIf(account, [run()], chargedMechanisms(run()), 'rdp');
    expect(answer.before).toBe(totalsOf(account, [run()]).rdp);
    expect(answer.after).toBe(totalsOf(account, [run(), run({ id: 'event-other' })]).rdp);
    expect(answer.after! - answer.before!).toBeLessThan(answer.before!);
  });

  it('add up naively at an equal share of δ', () => {
    const twice = naiveEpsilon([run(), run()], 1e-5)!;
    expect(twice).toBe(2 * totalsOf(accountAt(5e-6), [run()]).pld!);
  });
});
