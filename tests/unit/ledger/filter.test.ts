/** The filter admits what fits and refuses what does not, and each way on that it offers would be admitted. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  admit,
  FILTER_ORDERS,
  type FilterKind,
  filterEpsilon,
  type LedgerEvent,
  type Phase,
  runningEpsilon,
} from '@/lib/ledger';
import { chargedMechanisms } from '@/lib/ledger/charge';
import { eventFromPlan } from '@/lib/ledger/plan';
import { settle } from '@/lib/ledger/rules';
import { type Account, accountId } from '@/lib/ledger/schema';
import {
  composeEvents,
  composeRdp,
  gaussianEpsilon,
  type PrivacyEvent,
  rdpCurve,
  rdpToEpsilon,
} from '@/lib/privacy';
import { digits, trainingPlan } from './support/examples';
import { World } from './support/world';

const at = '2026-06-01T12:00:00.000Z';
const id = accountId(digits.dataset.hash, digits.unit, digits.relation);

function account(epsilon: number | null, filter: FilterKind): Account {
  const change = { id: `budget-${'0'.repeat(32)}`, at, epsilon, filter, reason: '' };
  return { ...digits, id, createdAt: at, budgets: [change] };
}

const gaussian = (sampleRate: number, noiseMultiplier: number): PrivacyEvent => ({
  kind: 'poisson-gaussian',
  sampleRate,
  noiseMultiplier,
  steps: 1,
});

function event(phases: Phase[]): LedgerEvent {
  return eventFromPlan(trainingPlan(id, 1, { phases }), account(null, 'rdp'), at, 'test');
}

const kinds = fc.constantFrom<FilterKind>('rdp', 'adaptive');
const phases = fc.array(
  fc.record({
    perStep: fc.array(
      fc.oneof(
        fc.record({
          kind: fc.constant('poisson-gaussian' as const),
          sampleRate: fc.constantFrom(0.004, 0.02, 1),
          noiseMultiplier: fc.constantFrom(0.7, 1, 3),
          steps: fc.constant(1),
        }),
        fc.record({
          kind: fc.constant('laplace' as const),
          scale: fc.constantFrom(1, 20),
          sensitivity: fc.constant(1),
          count: fc.constant(1),
        }),
      ),
      { minLength: 1, maxLength: 2 },
    ),
    steps: fc.integer({ min: 1, max: 500 }),
  }),
  { minLength: 1, maxLength: 2 },
);

describe('what the filter offers', () => {
  it('fits, and the next larger thing does not', () => {
    fc.assert(
      fc.property(phases, phases, kinds, fc.constantFrom(0.3, 1, 3), (before, plan, filter, epsilon) => {
        const spent = event(before);
        const asked = event(plan);
        const limited = account(epsilon, filter);
        fc.pre(admit(limited, [], spent) === null);
        const refusal = admit(limited, [spent], asked);
        if (refusal === null) return;
        expect(refusal.wouldBe).toBeGreaterThan(epsilon);
        expect(refusal.spent).toBeLessThanOrEqual(epsilon * (1 + 1e-12));

        const { fewerSteps, moreNoise, raiseTo } = refusal;
        if (fewerSteps !== null) {
          expect(fewerSteps.epsilon).toBeLessThanOrEqual(epsilon * (1 + 1e-12));
          expect(admit(limited, [spent], event(firstSteps(plan, fewerSteps.steps)))).toBeNull();
        }
        const oneMore = (fewerSteps?.steps ?? 0) + 1;
        expect(admit(limited, [spent], event(firstSteps(plan, oneMore)))).not.toBeNull();

        if (moreNoise !== null) {
          expect(moreNoise.epsilon).toBeLessThanOrEqual(epsilon * (1 + 1e-12));
          expect(admit(limited, [spent], event(moreNoise.phases))).toBeNull();
          expect(moreNoise.epsilon).toBeGreaterThan(epsilon * 0.99);
        }
        expect(admit(account(raiseTo, filter), [spent], asked)).toBeNull();
        expect(raiseTo!).toBeLessThan(refusal.wouldBe * 1.011);
      }),
      { numRuns: 15 },
    );
  });

  it('is nothing where even one step is too much', () => {
    const limited = account(0.5, 'rdp');
    const refusal = admit(limited, [], event([{ perStep: [gaussian(1, 0.5)], steps: 3 }]));
    expect(refusal!.fewerSteps).toBeNull();
    expect(refusal!.moreNoise!.factor).toBeGreaterThan(1);
  });
});

function firstSteps(plan: readonly Phase[], steps: number): Phase[] {
  let left = steps;
  return plan.flatMap((phase) => {
    const taken = Math.min(left, phase.steps);
    left -= taken;
    return taken > 0 ? [{ ...phase, steps: taken }] : [];
  });
}

const pureEvents = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('pure' as const),
      epsilon: fc.double({ min: 1e-4, max: 3, noNaN: true }),
      count: fc.integer({ min: 1, max: 40 }),
    }),
    fc.record({
      kind: fc.constant('laplace' as const),
      scale: fc.double({ min: 0.3, max: 200, noNaN: true }),
      sensitivity: fc.constantFrom(1, 2),
      count: fc.integer({ min: 1, max: 40 }),
    }),
  ),
  { minLength: 1, maxLength: 6 },
);

/** Σ ε of pure events, added here and in another order. */
const addedUp = (events: readonly PrivacyEvent[]) =>
  events.reduceRight(
    (sum, event) =>
      sum +
      (event.kind === 'laplace' ? (event.count * event.sensitivity) / event.scale : 0) +
      (event.kind === 'pure' ? event.count * event.epsilon : 0),
    0,
  );

const answers = (epsilons: readonly number[]): LedgerEvent[] =>
  epsilons.map((epsilon, index) => ({
    ...event([{ perStep: [{ kind: 'pure', epsilon, count: 1 }], steps: 1 }]),
    id: `event-${String(index).padStart(32, '0')}`,
  }));

describe.each(['rdp', 'pld', 'adaptive'] as const)('pure answers, by %s', (filter) => {
  it('never count more than Σ ε', () => {
    fc.assert(
      fc.property(pureEvents, fc.constantFrom(1e-4, 1e-6, 1e-10), (list, delta) => {
        expect(filterEpsilon(list, delta, filter)).toBeLessThanOrEqual(addedUp(list) * (1 + 1e-13));
      }),
      { numRuns: filter === 'pld' ? 25 : 300 },
    );
  });

  it('never count more than Σ ε plus what the rest costs', () => {
    fc.assert(
      fc.property(pureEvents, fc.constantFrom(0.5, 3, 1e7), (list, noiseMultiplier) => {
        const rest: PrivacyEvent[] = [gaussian(0.01, noiseMultiplier)];
        const all = filterEpsilon([...list, ...rest], 1e-5, filter);
        const apart = addedUp(list) + filterEpsilon(rest, 1e-5, filter);
        // The orders of the strict filter end at 128, and so does what they can tell of noise that hides everything.
        const slack = filter === 'adaptive' && noiseMultiplier === 1e7 ? 0.2 : 1e-12;
        expect(all).toBeLessThanOrEqual(apart + slack);
      }),
      { numRuns: filter === 'pld' ? 8 : 60 },
    );
  });

  it('fit a budget that they add up to, whatever the digits of their ε', () => {
    const shares = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(shares, fc.constantFrom(10, 100, 1000), (numbers, digits) => {
        const epsilons = numbers.map((number) => number / digits);
        // The decimal sum, as somebody would type it.
        const budget = account(numbers.reduce((a, b) => a + b, 0) / digits, filter);
        const before = answers(epsilons);
        expect(admit(budget, before.slice(1), before[0]!)).toBeNull();
      }),
      { numRuns: filter === 'pld' ? 15 : 100 },
    );
    for (const count of [1, 2, 3, 4, 5, 7, 10, 20, 49, 100]) {
      const all = answers(Array.from({ length: count }, () => 1 / count));
      expect(admit(account(1, filter), all.slice(1), all[0]!)).toBeNull();
    }
  });

  it('are refused beyond it', () => {
    const [first, second] = answers([1, 0.01]);
    expect(admit(account(1, filter), [first!], second!)).not.toBeNull();
    // By PLD an answer at ε is an ε smaller by about δ at that δ; the other two know no such discount.
    const [little] = answers([filter === 'pld' ? 1 + 1e-4 : 1 + 1e-9]);
    expect(admit(account(1, filter), [], little!)).not.toBeNull();
  });
});

it('a histogram is counted once, by every filter', () => {
  const each = { kind: 'pure' as const, epsilon: 0.25, count: 1 };
  const histogram = { kind: 'parallel' as const, groups: Array.from({ length: 30 }, () => each), count: 4 };
  for (const filter of ['rdp', 'pld', 'adaptive'] as const) {
    const four = filterEpsilon([{ ...each, count: 4 }], 1e-5, filter);
    expect(filterEpsilon([histogram], 1e-5, filter)).toBe(four);
    const asked = event([{ perStep: [histogram], steps: 1 }]);
    expect(admit(account(1, filter), [], asked)).toBeNull();
    expect(admit(account(0.99, filter), [], asked)!.moreNoise!.factor).toBeGreaterThan(1);
  }
});

it('a histogram of reports is no local report: who is replaced may change two groups', () => {
  const local: Account = { ...account(1, 'adaptive'), relation: 'replace-one' };
  const each = { kind: 'pure' as const, epsilon: 0.25, count: 1 };
  const plan = trainingPlan(id, 1, {
    phases: [{ perStep: [{ kind: 'parallel', groups: [each, each], count: 1 }], steps: 1 }],
  });
  expect(() => eventFromPlan(plan, local, at, 'test')).toThrow(/replaced by another/);
});

describe('the adaptive filter', () => {
  it('is never below the truth, and not far above RDP', () => {
    fc.assert(
      fc.property(phases, (plan) => {
        const mechanisms = chargedMechanisms(event(plan));
        const adaptive = filterEpsilon(mechanisms, 1e-5, 'adaptive');
        expect(adaptive).toBeGreaterThanOrEqual(composeEvents(mechanisms, 1e-5, 'pld').lowerEpsilon!);
        const { epsilon } = composeRdp(mechanisms, 1e-5);
        if (epsilon > 0.2 && epsilon < 12) expect(adaptive).toBeLessThan(2.1 * epsilon);
      }),
      { numRuns: 40 },
    );
  });

  it('is never below RDP for training runs: being allowed to look has its price there', () => {
    fc.assert(
      fc.property(fc.constantFrom(0.004, 0.02), fc.constantFrom(0.7, 1, 3), fc.nat(500), (q, sigma, more) => {
        const mechanisms = chargedMechanisms(event([{ perStep: [gaussian(q, sigma)], steps: 1 + more }]));
        const adaptive = filterEpsilon(mechanisms, 1e-5, 'adaptive');
        expect(adaptive).toBeGreaterThanOrEqual(composeRdp(mechanisms, 1e-5).epsilon);
      }),
      { numRuns: 30 },
    );
  });

  it('costs Gaussian releases alone next to nothing, however many', () => {
    for (const [noiseMultiplier, count] of [
      [3.73, 1],
      [20, 80],
      [1, 3],
      [0.4, 1],
    ] as const) {
      const list: PrivacyEvent[] = [{ kind: 'gaussian', noiseMultiplier, count }];
      const exact = gaussianEpsilon({ noiseMultiplier, count, delta: 1e-5 });
      const strict = filterEpsilon(list, 1e-5, 'adaptive');
      // Its share of δ is nine tenths.
      expect(strict).toBeCloseTo(gaussianEpsilon({ noiseMultiplier, count, delta: 0.9e-5 }), 9);
      expect(strict).toBeGreaterThan(exact);
      expect(strict).toBeLessThan(1.01 * exact);
      expect(
        filterEpsilon([{ ...gaussian(1, noiseMultiplier), steps: count } as PrivacyEvent], 1e-5, 'adaptive'),
      ).toBe(strict);
    }
  });

  it('shares δ between all members: the shares never add up to more than δ', () => {
    const release: PrivacyEvent = { kind: 'gaussian', noiseMultiplier: 3, count: 1 };
    const training = gaussian(0.01, 1);
    // With a training run behind it, the Gaussian one is counted by orders that hold a tenth of δ together.
    const shares = FILTER_ORDERS.map(
      (order) =>
        rdpToEpsilon([order], rdpCurve([release, training], [order]), 1e-6 / FILTER_ORDERS.length).epsilon,
    );
    expect(filterEpsilon([release, training], 1e-5, 'adaptive')).toBeCloseTo(Math.min(...shares), 12);
    // Whoever begins with a training run has given G no share, also for Gaussian releases that come later.
    const alone = filterEpsilon([release], 1e-5, 'adaptive', training);
    expect(alone).toBeCloseTo(composeRdp([release], 1e-5 / FILTER_ORDERS.length, FILTER_ORDERS).epsilon, 12);
  });

  it('holds to the shares of the first run, also once that has been taken back', () => {
    const release = { kind: 'gaussian' as const, noiseMultiplier: 3.73, count: 1 };
    const first = { ...event([{ perStep: [gaussian(0.01, 1)], steps: 1 }]), at: '2026-06-01T11:00:00.000Z' };
    const never = { ...first, closing: settle(first, 0, 'user', at) };
    const asked = event([{ perStep: [release], steps: 1 }]);
    const limit = 1.01 * filterEpsilon([release], 1e-5, 'adaptive');
    expect(admit(account(limit, 'adaptive'), [], asked)).toBeNull();
    expect(admit(account(limit, 'adaptive'), [never], asked)).not.toBeNull();
    const parts = (record: LedgerEvent[]) => runningEpsilon([asked], 1e-5, 'adaptive', record);
    expect(parts([never, asked])[0]!).toBeGreaterThan(limit);
    expect(parts([asked])[0]!).toBeLessThan(limit);
  });

  it('gives each order an equal share of δ, so that the shares add up to δ', () => {
    const mechanisms = chargedMechanisms(event([{ perStep: [gaussian(0.01, 1)], steps: 400 }]));
    const shares = FILTER_ORDERS.map((order) => {
      const { epsilon } = rdpToEpsilon([order], rdpCurve(mechanisms, [order]), 1e-5 / FILTER_ORDERS.length);
      return epsilon;
    });
    expect(filterEpsilon(mechanisms, 1e-5, 'adaptive')).toBe(Math.min(...shares));
  });

  it('costs nothing before anything ran', () => {
    expect(filterEpsilon([], 1e-5, 'adaptive')).toBe(0);
  });
});

describe('a budget', () => {
  async function setUp(epsilon: number, filter: FilterKind) {
    const world = new World();
    const ledger = await world.process().open();
    const { id: known } = await ledger.account(digits);
    await ledger.setBudget(known, epsilon, filter, 'a test');
    const plan = (steps: number, noise: 'secure' | 'none' = 'secure') =>
      ledger.reserve(trainingPlan(known, steps, { noise }));
    return { ledger, known, plan, world };
  }

  it.each(['rdp', 'adaptive'] as const)('by %s is never exceeded, run after run', async (filter) => {
    const { ledger, plan } = await setUp(2, filter);
    let admitted = 0;
    for (let run = 0; run < 12; run++) {
      const decision = await plan(150);
      if (!decision.ok) continue;
      await decision.run.segment(150);
      await decision.run.finish();
      admitted += 1;
    }
    const spent = ledger.snapshot().events.flatMap(chargedMechanisms);
    expect(admitted).toBeGreaterThan(1);
    expect(admitted).toBeLessThan(12);
    expect(ledger.snapshot().events.length).toBe(admitted);
    expect(filterEpsilon(spent, 1e-5, filter)).toBeLessThanOrEqual(2);
  });

  it('is charged for the whole plan while a run goes on, and again free for what came back', async () => {
    const once = chargedMechanisms(event([{ perStep: [gaussian(0.01, 1)], steps: 100 }]));
    const { plan } = await setUp(filterEpsilon(once, 1e-5, 'rdp'), 'rdp');
    const first = await plan(100);
    if (!first.ok) throw new Error('refused');
    expect((await plan(100)).ok).toBe(false);
    await first.run.stop('user', 0);
    expect((await plan(100)).ok).toBe(true);
  });

  it('holds back no run that protects nobody: it does not cover such a run', async () => {
    const { plan } = await setUp(0.01, 'rdp');
    expect((await plan(1000, 'none')).ok).toBe(true);
    expect((await plan(1000)).ok).toBe(false);
  });

  it('that is raised knowingly admits the run', async () => {
    const { ledger, known, plan } = await setUp(0.5, 'rdp');
    const decision = await plan(500);
    if (decision.ok) throw new Error('admitted');
    await ledger.setBudget(known, decision.refusal.raiseTo, 'rdp', 'one more, knowingly');
    expect((await plan(500)).ok).toBe(true);
  });

  it.each([true, false])(
    'is not spent twice by two tabs at once (locks across tabs: %s)',
    async (webLocks) => {
      const world = new World();
      const tabs = [world.process(undefined, webLocks), world.process(undefined, webLocks)];
      const ledgers = await Promise.all(tabs.map((tab) => tab.open()));
      const { id: known } = await ledgers[0]!.account(digits);
      await ledgers[0]!.setBudget(known, 2, 'rdp', 'a test');
      await ledgers[1]!.refresh();
      const decisions = await Promise.all(
        Array.from({ length: 10 }, (_, index) => ledgers[index % 2]!.reserve(trainingPlan(known, 150))),
      );
      const admitted = decisions.filter((decision) => decision.ok).length;
      expect(admitted).toBeGreaterThan(1);
      const spent = world.disk.records.events.flatMap(chargedMechanisms);
      expect(world.disk.records.events.length).toBe(admitted);
      expect(filterEpsilon(spent, 1e-5, 'rdp')).toBeLessThanOrEqual(2);
    },
  );

  it('also holds for steps that a resumed run draws anew', async () => {
    const { ledger, known, plan, world } = await setUp(10, 'rdp');
    const first = await plan(100);
    if (!first.ok) throw new Error('refused');
    await first.run.segment(80);
    world.processes[0]!.kill();
    const later = await world.process().open();
    const tight = filterEpsilon(chargedMechanisms(first.run.event), 1e-5, 'rdp');
    await later.setBudget(known, tight, 'rdp', 'no more than the plan');
    const fresh = await later.resume(first.run.event.id, 40, 'fresh');
    expect(fresh.ok).toBe(false);
    expect((await later.resume(first.run.event.id, 40, 'identical')).ok).toBe(true);
    expect(ledger.snapshot().accounts.length).toBe(1);
  });
});
