/** Charges a run to the ledger before it runs, stretch by stretch, and closes it however it ends. */
import {
  type AccountRequest,
  type ChargedRelease,
  chargedRelease,
  type Ledger,
  type LedgerRun,
  openLedger,
  plannedSteps,
  type Refusal,
  type RunPlan,
  startedSteps,
} from '@/lib/ledger';
import { SITE_VERSION } from '@/lib/runtime/version';

/** Stretches announced at a time: a crash costs no more than is charged anyway, and the disk is left in peace. */
const STRETCH = 25;

export interface ChargedRun {
  /** The ledger's own id of this run. */
  event: string;
  /** What is charged, for its label; null where no noise protects. */
  release: ChargedRelease | null;
  /** Of the run without noise that goes step by step with it, if there is one. */
  beside?: string;
  /** Must resolve before step `step` (from 1) runs. */
  before(step: number): Promise<void>;
  /** Steps may run up to here. */
  announced(): number;
  /** Must resolve before steps beyond `announced` run, up to `to`: for runs that choose their own stretches. */
  announce(to: number): Promise<void>;
  /** Ends the run in the ledger: all steps done, stopped by the learner, or broken off. */
  close(how: 'finished' | 'user' | 'error', reached: number): Promise<void>;
  /** Lets go of a run that broke off, to be continued with `resumeRun`. It stays charged whole. */
  leave(): void;
}

export type ChargeDecision = { ok: true; charged: ChargedRun } | { ok: false; refusal: Refusal };

/**
 * @param request the account: whose data, the unit of privacy, the neighbouring relation, δ
 * @param plan everything that the run will release; charged whole, before anything is computed from the data
 * @returns the run in hand, or why the budget refuses it
 */
export async function chargeRun(
  request: AccountRequest,
  plan: Omit<RunPlan, 'account'>,
): Promise<ChargeDecision> {
  const ledger = await openLedger({ version: SITE_VERSION });
  let run: LedgerRun;
  try {
    const account = await ledger.account(request);
    const decision = await ledger.reserve({ ...plan, account: account.id });
    if (!decision.ok) {
      ledger.close();
      return decision;
    }
    run = decision.run;
  } catch (error) {
    ledger.close();
    throw error;
  }
  return { ok: true, charged: inHand(ledger, run) };
}

/**
 * Goes on with a run that broke off.
 * @param from steps that the checkpoint holds
 * @param repeats steps that may have run after it are drawn anew, and charged again, or replayed exactly
 * @throws LedgerError if the run has been closed or forgotten, or still runs elsewhere
 */
export async function resumeRun(
  event: string,
  from: number,
  repeats: 'fresh' | 'identical',
): Promise<ChargeDecision & { repeated?: number }> {
  const ledger = await openLedger({ version: SITE_VERSION });
  try {
    const before = ledger.snapshot().events.find(({ id }) => id === event);
    const decision = await ledger.resume(event, from, repeats);
    if (!decision.ok) {
      ledger.close();
      return decision;
    }
    const repeated = before && repeats === 'fresh' ? startedSteps(before) - from : 0;
    return { ok: true, charged: inHand(ledger, decision.run), repeated };
  } catch (error) {
    ledger.close();
    throw error;
  }
}

function inHand(ledger: Ledger, run: LedgerRun): ChargedRun {
  const steps = plannedSteps(run.event);
  const account = ledger.snapshot().accounts.find(({ id }) => id === run.event.account)!;
  return {
    release: chargedRelease(run.event, account),
    event: run.event.id,
    async before(step) {
      if (step > run.announced) await run.segment(Math.min(steps, step - 1 + STRETCH));
    },
    announced: () => run.announced,
    announce: (to) => run.segment(Math.min(steps, to)),
    async close(how, reached) {
      try {
        if (how === 'finished') await run.finish();
        else await run.stop(how, reached);
      } finally {
        ledger.close();
      }
    },
    leave() {
      run.leave();
      ledger.close();
    },
  };
}
