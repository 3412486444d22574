/** What a training run releases, as the ledger is told it: the private model, and the plain one beside it. */
import { type AccountRequest, LedgerError } from '@/lib/ledger';
import { type ChargeDecision, type ChargedRun, chargeRun, resumeRun } from './charge-run';

export interface TrainingPlan {
  /** `training` if absent. */
  kind?: 'training' | 'sweep';
  title: string;
  plainTitle: string;
  /** What it belongs to, for a sweep. */
  run?: string;
  /** Whether anything of it is visible before its last step. */
  shows?: 'progress' | 'nothing';
  /** Whose data, in what unit, at which δ. */
  account: AccountRequest;
  sampleRate: number;
  /** σ of everything one step releases: with adaptive clipping, of gradients and count together. */
  noiseMultiplier: number;
  steps: number;
  /** Null for cryptographic noise. */
  seed: number | null;
  settings: Record<string, string | number>;
  /** Of the plain model, which learns the same digits without noise. Its release is written down as what it is. */
  plainSettings: Record<string, string | number>;
  backend: string | null;
}

/** What the private and the plain run have in common. */
function shared(plan: TrainingPlan, noiseMultiplier: number) {
  const { kind = 'training', run, shows = 'progress', sampleRate, steps, backend } = plan;
  return {
    kind,
    ...(run === undefined ? {} : { run }),
    phases: [
      {
        perStep: [{ kind: 'poisson-gaussian' as const, sampleRate, noiseMultiplier, steps: 1 }],
        steps,
      },
    ],
    // Curves of the private model are on the screen while it trains: a stop may depend on them.
    shows,
    backend,
  };
}

async function chargePlain(plan: TrainingPlan): Promise<ChargedRun> {
  const decision = await chargeRun(plan.account, {
    ...shared(plan, 0),
    title: plan.plainTitle,
    noise: 'none',
    seed: null,
    settings: plan.plainSettings,
  });
  return covered(decision);
}

/** No budget holds back a run that it does not cover. */
function covered(decision: ChargeDecision): ChargedRun {
  if (!decision.ok) throw new Error('A run without noise was refused by a privacy budget.');
  return decision.charged;
}

/** @returns both runs in hand, or why the budget refuses the private one; then neither is charged */
export async function chargeTraining(plan: TrainingPlan): Promise<ChargeDecision> {
  const privately = await chargeRun(plan.account, {
    ...shared(plan, plan.noiseMultiplier),
    title: plan.title,
    noise: plan.seed === null ? 'secure' : 'seeded',
    seed: plan.seed,
    settings: plan.settings,
  });
  if (!privately.ok) return privately;
  try {
    return { ok: true, charged: together(privately.charged, await chargePlain(plan)) };
  } catch (error) {
    await privately.charged.close('error', 0);
    throw error;
  }
}

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
      return chargePlain(plan);
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

/** Two runs that go step by step together, told to the ledger as one. */
export function together(first: ChargedRun, second: ChargedRun): ChargedRun {
  return {
    event: first.event,
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
