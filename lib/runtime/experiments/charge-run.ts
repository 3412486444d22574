/** Charges a run to the ledger before it runs, stretch by stretch, and closes it however it ends. */
import { type AccountRequest, type LedgerRun, openLedger, type Refusal, type RunPlan } from '@/lib/ledger';
import { SITE_VERSION } from '../version';

/** Stretches announced at a time: a crash costs no more than is charged anyway, and the disk is left in peace. */
const STRETCH = 25;

export interface ChargedRun {
  /** The ledger's own id of this run. */
  event: string;
  /** Must resolve before step `step` (from 1) runs. */
  before(step: number): Promise<void>;
  /** Ends the run in the ledger: all steps done, stopped by the learner, or broken off. */
  close(how: 'finished' | 'user' | 'error', reached: number): Promise<void>;
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
  const steps = plan.phases.reduce((sum, phase) => sum + phase.steps, 0);
  return {
    ok: true,
    charged: {
      event: run.event.id,
      async before(step) {
        if (step > run.announced) await run.segment(Math.min(steps, step - 1 + STRETCH));
      },
      async close(how, reached) {
        try {
          if (how === 'finished') await run.finish();
          else await run.stop(how, reached);
        } finally {
          ledger.close();
        }
      },
    },
  };
}
