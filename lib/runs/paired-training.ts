/**
 * A private and a plain trainer that learn side by side: charged whole before the first step, kept in this browser stretch by
 * stretch, and gone on with after a crash or a reload, with what is drawn anew paid for again.
 */
import { type ChargedRelease, LedgerError, type Refusal } from '@/lib/ledger';
import { pacedPause } from '@/lib/runtime/pause';
import { type StepReport, Trainer } from '@/lib/training';
import { findKept, type KeptRun, keptRun, openCheckpoints } from './broken-off';
import { chargeTraining, resumeTraining, type TrainingPlan } from './charge-training';

/** Steps are announced, and a checkpoint kept, about so often. */
const STRETCH_MS = 2000;
const LONGEST_STRETCH = 50;
/** The lock of a worker that was ended, as after a lost device, is freed a moment later. */
const FREED_WITHIN_MS = 3000;

export interface PairedTraining<Params extends { steps: number }, Update> {
  /** Where its checkpoints are kept, by `broken-off`. */
  database: string;
  /** Only a run with these very settings is gone on with. */
  params: Params;
  plan: TrainingPlan;
  privately: Trainer;
  plainly: Trainer;
  signal: AbortSignal;
  /**
   * Before the first step of this visit.
   * @param from steps that are done already
   * @param repeated steps that are paid for twice
   * @param history what was kept of the visits before
   * @param release what is charged
   */
  begin(
    from: number,
    repeated: number,
    history: readonly Update[],
    release: ChargedRelease | null,
  ): Promise<void>;
  /**
   * After each step.
   * @param millisecondsPerStep mean over the steps of this visit, both models together
   * @returns what to keep for the curves, or null
   */
  after(
    step: number,
    lot: StepReport,
    plain: StepReport,
    millisecondsPerStep: number,
  ): Promise<Update | null>;
}

export interface PairedOutcome {
  /** Why the budget did not allow it; then nothing ran. */
  refusal: Refusal | null;
  /** The step at which a run that had broken off went on; null for one in a single piece. */
  continuedFrom: number | null;
}

/** Trains both to the end. What a Stop or an error throws is thrown on, with the ledger's records closed or kept open rightly. */
export async function trainPaired<Params extends { steps: number }, Update>(
  pair: PairedTraining<Params, Update>,
): Promise<PairedOutcome> {
  const { params, plan, privately, plainly, signal } = pair;
  const { steps } = params;
  const breathe = pacedPause(signal);
  const checkpoints = await openCheckpoints(pair.database);
  let history: Update[] = [];
  let repeated = 0;
  let continuedFrom: number | null = null;

  /** A run with these settings that broke off; its records in the ledger are still open. */
  async function goOn() {
    const kept = await findKept(checkpoints, params);
    if (!kept) return null;
    const { state } = kept;
    const twin = keptRun<Params, Update>(kept);
    const events = { privately: kept.run, plainly: twin.plainEvent };
    try {
      const repeats = state.random ? 'identical' : 'fresh';
      const decision = await onceFreed(() => resumeTraining(plan, events, state.step, repeats), signal);
      if (!decision.ok) return decision;
      repeated = decision.repeated;
      privately.restore(state, state.step + repeated);
      plainly.restore(twin.plain);
      history = [...twin.history];
      continuedFrom = state.step;
      return decision;
    } catch (error) {
      // It was closed or forgotten, or goes on in another tab: this one begins anew.
      if (!(error instanceof LedgerError)) throw error;
      return null;
    }
  }

  try {
    const decision = (await goOn()) ?? (await chargeTraining(plan));
    if (!decision.ok) return { refusal: decision.refusal, continuedFrom: null };
    const { charged } = decision;
    const keep = async () => {
      const kept: KeptRun<Params, Update> = {
        params,
        plain: plainly.state(),
        plainEvent: charged.beside!,
        history,
      };
      await checkpoints?.save(charged.event, privately.state(), kept).catch(() => undefined);
    };
    const forget = () => checkpoints?.remove(charged.event).catch(() => undefined);
    let keeps = false;
    try {
      const first = privately.step;
      await pair.begin(first, repeated, history, charged.release);
      let training = 0;
      for (let step = first + 1; step <= steps; step++) {
        if (step > charged.announced()) {
          // First what is done is kept, then more is announced: a break costs one stretch at most.
          await keep();
          keeps = checkpoints !== null;
          const pace = step === first + 1 ? 5 : Math.floor((STRETCH_MS * (step - 1 - first)) / training);
          await charged.announce(step - 1 + Math.max(1, Math.min(LONGEST_STRETCH, pace)));
        }
        const started = performance.now();
        // The plain twin learns from the same lots, so that they are no part of the difference.
        const [lot, plain] = await Trainer.nextOfAll([privately, plainly], breathe);
        training += performance.now() - started;
        const update = await pair.after(step, lot!, plain!, training / (step - first));
        if (update !== null) history = [...history, update];
        await breathe();
      }
      await charged.close('finished', steps);
      await forget();
      return { refusal: null, continuedFrom };
    } catch (error) {
      if (signal.aborted) {
        await charged.close('user', privately.step);
        await forget();
      } else if (keeps) {
        // The device may be gone, but weights and sampler are on this side.
        if (privately.step === plainly.step) await keep();
        charged.leave();
      } else await charged.close('error', privately.step);
      throw error;
    }
  } finally {
    checkpoints?.close();
  }
}

/** Tries again while the run seems to go on elsewhere: it may be a worker that has just been ended. */
async function onceFreed<T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (const until = performance.now() + FREED_WITHIN_MS; ; ) {
    try {
      return await attempt();
    } catch (error) {
      const busy = error instanceof LedgerError && error.code === 'account-busy';
      if (!busy || performance.now() > until) throw error;
      await new Promise((wait) => setTimeout(wait, 100));
      signal.throwIfAborted();
    }
  }
}
