/** Random ledgers, made only by moves that a ledger really makes. */
import fc from 'fast-check';
import { settle } from '@/lib/ledger/rules';
import {
  type Account,
  accountId,
  type LedgerEvent,
  type LedgerRecords,
  plannedSteps,
} from '@/lib/ledger/schema';

const hex = (length: number) =>
  fc
    .array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length })
    .map((d) => d.join(''));
const idOf = (kind: string) => hex(32).map((digits) => `${kind}-${digits}`);
const time = fc.integer({ min: 0, max: 1e9 }).map((s) => new Date(1.8e12 + s * 1000).toISOString());

export const account: fc.Arbitrary<Account> = fc
  .record({
    hash: hex(64),
    title: fc.string({ minLength: 1, maxLength: 30 }),
    size: fc.option(fc.integer({ min: 1, max: 1e6 })),
    unit: fc.constantFrom('example', 'patient', 'client'),
    delta: fc.constantFrom(1e-3, 1e-5, 1e-6),
    createdAt: time,
    budgets: fc.array(
      fc.record({
        id: idOf('budget'),
        at: time,
        epsilon: fc.option(fc.double({ min: 0.1, max: 10, noNaN: true })),
        filter: fc.constantFrom('adaptive' as const, 'rdp' as const, 'pld' as const),
        reason: fc.string({ maxLength: 20 }),
      }),
      { maxLength: 2 },
    ),
  })
  .map(({ hash, title, size, unit, ...rest }) => {
    const dataset = { hash: `sha256:${hash}`, title, size };
    const relation = 'add-or-remove-one' as const;
    return { id: accountId(dataset.hash, unit, relation), dataset, unit, relation, ...rest };
  });

const mechanism = fc.oneof(
  fc.record({
    kind: fc.constant('poisson-gaussian' as const),
    sampleRate: fc.constantFrom(0.004, 0.01, 0.1),
    noiseMultiplier: fc.constantFrom(0.8, 1.1, 2),
    steps: fc.constant(1),
  }),
  fc.record({
    kind: fc.constant('laplace' as const),
    scale: fc.constantFrom(1, 5),
    sensitivity: fc.constant(1),
    count: fc.constant(1),
  }),
  fc.record({
    kind: fc.constant('parallel' as const),
    groups: fc.array(
      fc.record({
        kind: fc.constant('pure' as const),
        epsilon: fc.constantFrom(0.1, 0.5),
        count: fc.constant(1),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    count: fc.constant(1),
  }),
);

/** An event at some point of its life. */
export function event(accounts: readonly string[]): fc.Arbitrary<LedgerEvent> {
  return fc
    .record({
      id: idOf('event'),
      account: fc.constantFrom(...accounts),
      at: time,
      title: fc.string({ minLength: 1, maxLength: 30 }),
      phases: fc.array(
        fc.record({
          perStep: fc.array(mechanism, { minLength: 1, maxLength: 2 }),
          steps: fc.integer({ min: 1, max: 60 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      shows: fc.constantFrom('progress' as const, 'nothing' as const),
      limit: fc.option(fc.constant('60 seconds')),
      seed: fc.oneof({ arbitrary: fc.constant(null), weight: 3 }, { arbitrary: fc.nat(9), weight: 1 }),
      note: fc.option(fc.record({ text: fc.string({ maxLength: 20 }), at: time })),
      life: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }),
      repeats: fc.constantFrom('fresh' as const, 'identical' as const),
      attemptIds: fc.array(idOf('attempt'), { minLength: 3, maxLength: 3 }),
      end: fc.constantFrom(
        'open' as const,
        'finished' as const,
        'user' as const,
        'limit' as const,
        'error' as const,
      ),
    })
    .map(({ life, end, repeats, attemptIds, seed, ...fields }) => {
      const draft: LedgerEvent = {
        ...fields,
        seed,
        noise: seed === null ? 'secure' : 'seeded',
        run: fields.id,
        kind: 'training',
        settings: { maxGradNorm: 1, sampler: 'poisson' },
        backend: 'wasm',
        version: 'test',
        attempts: [],
        closing: null,
      };
      return live(draft, life, repeats, attemptIds, end);
    });
}

function live(
  event: LedgerEvent,
  life: number[],
  repeats: 'fresh' | 'identical',
  ids: string[],
  end: 'open' | 'finished' | 'user' | 'limit' | 'error',
): LedgerEvent {
  const planned = plannedSteps(event);
  let reached = 0;
  let next = event;
  for (const [index, progress] of life.entries()) {
    const from = index === 0 ? 0 : Math.floor(reached * progress);
    reached = Math.max(from, Math.ceil(planned * progress));
    const at = new Date(Date.parse(event.at) + 1000 * (index + 1)).toISOString();
    const attempt = { id: ids[index]!, at, from, startedTo: reached, repeats };
    next = { ...next, attempts: [...next.attempts, attempt] };
  }
  if (end === 'open') return next;
  return { ...next, closing: settle(next, end === 'finished' ? planned : reached, end, event.at) };
}

export const records: fc.Arbitrary<LedgerRecords> = fc
  .uniqueArray(account, { minLength: 1, maxLength: 3, selector: (a) => a.id })
  .chain((accounts) =>
    fc.record({
      accounts: fc.constant(accounts),
      events: fc.uniqueArray(event(accounts.map((a) => a.id)), { maxLength: 8, selector: (e) => e.id }),
      tombstones: fc.constant([]),
    }),
  );
