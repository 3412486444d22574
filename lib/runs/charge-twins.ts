/**
 * A private run and its plain twin, told to the ledger as one. The plain one is written down as what it is: a release without noise,
 * which no ε covers.
 */
import type { AccountRequest, Phase, RunPlan } from '@/lib/ledger';
import { type ChargeDecision, type ChargedRun, chargeRun } from './charge-run';

/** What one of the two releases. */
interface Release {
  title: string;
  phases: Phase[];
  settings: Record<string, string | number>;
}

export interface Twins {
  /** Whose data, in what unit, at which δ. */
  account: AccountRequest;
  /** What the two have in common: the kind of run, what of it is visible before its end, what it belongs to, where it runs. */
  both: Pick<RunPlan, 'kind' | 'shows'> & Partial<Pick<RunPlan, 'run' | 'backend'>>;
  /** Of the private run; null for cryptographic noise. */
  seed: number | null;
  privately: Release;
  plainly: Release;
}

/** @returns both runs in hand, or why the budget refuses the private one; then neither is charged */
export async function chargeTwins(twins: Twins): Promise<ChargeDecision> {
  const { account, both, seed, privately } = twins;
  const first = await chargeRun(account, {
    ...both,
    ...privately,
    noise: seed === null ? 'secure' : 'seeded',
    seed,
  });
  if (!first.ok) return first;
  try {
    return { ok: true, charged: together(first.charged, await chargePlain(twins)) };
  } catch (error) {
    await first.charged.close('error', 0);
    throw error;
  }
}

/** The plain twin alone. */
export async function chargePlain({ account, both, plainly }: Twins): Promise<ChargedRun> {
  return covered(await chargeRun(account, { ...both, ...plainly, noise: 'none', seed: null }));
}

/** No budget holds back a run that it does not cover. */
export function covered(decision: ChargeDecision): ChargedRun {
  if (!decision.ok) throw new Error('A run without noise was refused by a privacy budget.');
  return decision.charged;
}

/** Two runs that go step by step together, told to the ledger as one. */
export function together(first: ChargedRun, second: ChargedRun): ChargedRun {
  return {
    event: first.event,
    release: first.release,
    beside: second.event,
    async before(step) {
      await first.before(step);
      await second.before(step);
    },
    announced: () => Math.min(first.announced(), second.announced()),
    async announce(to) {
      for (const run of [first, second]) if (to > run.announced()) await run.announce(to);
    },
    async close(how, reached) {
      try {
        await first.close(how, reached);
      } finally {
        await second.close(how, reached);
      }
    },
    leave() {
      first.leave();
      second.leave();
    },
  };
}
