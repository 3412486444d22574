/** A private run with canaries in it, charged as the private run that it is, and what its steps prove of ε from below. */
import type { AccountRequest, Refusal } from '@/lib/ledger';
import { type AuditBound, auditSideBySide, guessByScore } from '@/lib/privacy';
import type { RandomSource } from '@/lib/random';
import type { ExperimentContext } from '@/lib/runtime/experiment';
import { pacedPause } from '@/lib/runtime/pause';
import { Trainer, type TrainerOptions } from '@/lib/training';
import { epsilonOf } from './accountant';
import { withCanaries } from './canaries-in-run';
import { chargeRun } from './charge-run';
import { type PoissonRun, poissonPhases } from './phases';
import { whileCharged } from './while-charged';
import { tellZeroed } from './zeroed';

/** Enough to find half of a true ε, few enough to add nothing that one notices to a lot of thousands. */
export const RUN_CANARIES = 1000;
/** All four bounds together. */
const P_VALUE = 0.05;

export interface RunAudit {
  /** Why the budget did not allow the run; then nothing is proven. */
  refusal: Refusal | null;
  /** ε by the accountant. */
  claimed: number;
  /** ε at least, by bound; all together with 95 % confidence. May be infinite. */
  bounds: Record<AuditBound, number> | null;
  /** Of the guesses about the clearest fifth. */
  guesses: number;
  correct: number;
  canaries: number;
}

export interface AuditedRun {
  trainer: TrainerOptions;
  release: PoissonRun;
  account: AccountRequest;
  /** At which ε is claimed and proven. */
  delta: number;
  title: string;
  settings: Record<string, string | number>;
  /** Null for cryptographic noise. */
  seed: number | null;
  /** Which canaries are in. */
  coin: RandomSource;
}

/** @throws what the signal says, when stopped; the run is then charged as far as it came */
export async function auditRun(
  { trainer: options, release, account, delta, title, settings, seed, coin }: AuditedRun,
  context: ExperimentContext<never>,
): Promise<RunAudit> {
  const { signal, report } = context;
  const { steps, sampleRate } = release;
  const claimed = epsilonOf(release, delta);
  const nothing = { bounds: null, guesses: 0, correct: 0, canaries: RUN_CANARIES };
  const run = await withCanaries(options, { canaries: RUN_CANARIES, coin });
  const trainer = new Trainer(run.options);
  const decision = await chargeRun(account, {
    kind: 'training',
    // One number at its end, and that from the steps alone.
    shows: 'nothing',
    noise: seed === null ? 'secure' : 'seeded',
    seed,
    title,
    phases: poissonPhases(release),
    settings: { ...settings, canaries: RUN_CANARIES },
    backend: run.options.kernel?.backend?.name ?? context.backend?.name ?? null,
  });
  if (!decision.ok) return { ...nothing, refusal: decision.refusal, claimed };
  const breathe = pacedPause(signal);
  return whileCharged(decision.charged, context, async (before) => {
    for (let step = 1; step <= steps; step++) {
      await before(step);
      await trainer.next(breathe);
      tellZeroed(context, trainer.zeroed);
      report({ phase: 'run', step, total: steps, label: 'Training with canaries' });
    }
    const scored = run.scored();
    return {
      refusal: null,
      claimed,
      bounds: auditSideBySide({
        ...{ ...scored, delta, pValue: P_VALUE },
        signal: sampleRate * steps,
      }),
      ...guessByScore(scored, RUN_CANARIES / 5),
      canaries: RUN_CANARIES,
    };
  });
}
