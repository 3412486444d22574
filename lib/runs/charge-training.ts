/** What a training run releases, as the ledger is told it: the private model, and the plain one beside it. */
import { type AccountRequest, LedgerError } from '@/lib/ledger';
import { type ChargeDecision, type ChargedRun, resumeRun } from './charge-run';
import { chargePlain, chargeTwins, covered, type Twins, together } from './charge-twins';
import { type PoissonRun, poissonPhases } from './phases';

export interface TrainingPlan extends PoissonRun {
  title: string;
  plainTitle: string;
  /** Whose data, in what unit, at which δ. */
  account: AccountRequest;
  /** Null for cryptographic noise. */
  seed: number | null;
  settings: Record<string, string | number>;
  /** Of the plain model, which learns the same examples without noise. */
  plainSettings: Record<string, string | number>;
  backend: string | null;
}

const twinsOf = (plan: TrainingPlan): Twins => ({
  account: plan.account,
  // Curves of the private model are on the screen while it trains: a stop may depend on them.
  both: { kind: 'training', shows: 'progress', backend: plan.backend },
  seed: plan.seed,
  privately: { title: plan.title, phases: poissonPhases(plan), settings: plan.settings },
  plainly: {
    title: plan.plainTitle,
    phases: poissonPhases({ ...plan, noiseMultiplier: 0 }),
    settings: plan.plainSettings,
  },
});

/** @returns both runs in hand, or why the budget refuses the private one; then neither is charged */
export const chargeTraining = (plan: TrainingPlan): Promise<ChargeDecision> => chargeTwins(twinsOf(plan));

/**
 * Goes on with both runs. The plain one is replayed exactly; if its record was closed or forgotten meanwhile, a new one is
 * written: what it releases is always written down.
 * @param events the ledger's ids: of the private run, and of the plain one
 * @param from steps that the checkpoint holds
 * @param repeats whether private steps after the checkpoint are drawn anew, and charged again, or replayed exactly
 * @returns both runs in hand and the steps charged again, or why the budget refuses them
 * @throws LedgerError if the private run has been closed or forgotten, or still runs elsewhere
 */
export async function resumeTraining(
  plan: TrainingPlan,
  events: { privately: string; plainly: string },
  from: number,
  repeats: 'fresh' | 'identical',
): Promise<{ ok: true; charged: ChargedRun; repeated: number } | Extract<ChargeDecision, { ok: false }>> {
  const privately = await resumeRun(events.privately, from, repeats);
  if (!privately.ok) return privately;
  let plainly: ChargedRun;
  try {
    plainly = await resumeRun(events.plainly, from, 'identical').then(covered, (error) => {
      if (!(error instanceof LedgerError)) throw error;
      return chargePlain(twinsOf(plan));
    });
  } catch (error) {
    // The checkpoint is still there: it can be tried again.
    privately.charged.leave();
    throw error;
  }
  return {
    ok: true,
    charged: together(privately.charged, plainly),
    repeated: privately.repeated ?? 0,
  };
}
