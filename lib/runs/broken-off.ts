/**
 * Training runs that broke off (a closed page, a crash, a lost GPU) and can go on: their checkpoints in this browser, and their open
 * records in the ledger. Without tensors: the page looks here to offer them.
 */
import { NAMES } from '@/lib/kept';
import type { Ledger } from '@/lib/ledger';
import { type Checkpoint, CheckpointStore } from '@/lib/training/checkpoint-store';
import type { TrainerState } from '@/lib/training/trainer-state';

/** What a checkpoint carries beside the private trainer's state. */
export interface KeptRun<Params = unknown, Update = unknown> {
  params: Params;
  /** The plain twin. */
  plain: TrainerState;
  /** Its id in the ledger. */
  plainEvent: string;
  /** The curves so far, without pictures. */
  history: Update[];
}

/** Where the checkpoints of a kind of run are kept: a database each, so that no cell offers another's. */
export const DIGIT_CHECKPOINTS = NAMES.digitCheckpoints;
export const SCENE_CHECKPOINTS = NAMES.sceneCheckpoints;

export interface BrokenRun<Params = unknown> {
  /** The ledger's id of the run, and the checkpoint's. */
  event: string;
  /** The ledger's id of the plain twin. */
  plainEvent: string;
  params: Params;
  /** The step that the checkpoint holds. */
  step: number;
  /** Steps that may have run after it: with fresh noise they are paid for a second time. */
  repeated: number;
  /** Milliseconds since 1970. */
  savedAt: number;
}

/** Null where the browser stores nothing: then nothing can be continued. */
export async function openCheckpoints(database: string): Promise<CheckpointStore | null> {
  try {
    return await CheckpointStore.open(database);
  } catch {
    return null;
  }
}

export const keptRun = <Params, Update>(checkpoint: Checkpoint) =>
  checkpoint.settings as KeptRun<Params, Update>;

const sorted = (params: object) => JSON.stringify(Object.entries(params).sort());

/** The newest run with these very settings, if one was kept. */
export async function findKept(store: CheckpointStore | null, params: object): Promise<Checkpoint | null> {
  const all = (await store?.list().catch(() => [])) ?? [];
  return (
    all.find((checkpoint) => sorted(keptRun<object, unknown>(checkpoint).params) === sorted(params)) ?? null
  );
}

/** Runs that nothing runs any more, the newest first. Checkpoints whose run is closed or forgotten are cleared away. */
export async function brokenRuns<Params>(ledger: Ledger, database: string): Promise<BrokenRun<Params>[]> {
  const store = await openCheckpoints(database);
  if (!store) return [];
  try {
    await ledger.refresh();
    const { events, interrupted } = ledger.snapshot();
    const found: BrokenRun<Params>[] = [];
    for (const checkpoint of await store.list()) {
      const { run, state, savedAt } = checkpoint;
      const event = events.find(({ id }) => id === run);
      const { params, plainEvent } = keptRun<Params, unknown>(checkpoint);
      if (event === undefined || event.closing !== null) {
        await store.remove(run);
        await closeBroken(ledger, plainEvent);
      } else if (interrupted.has(run)) {
        const announced = Math.max(0, ...event.attempts.map(({ startedTo }) => startedTo));
        const repeated = event.noise === 'secure' ? Math.max(0, announced - state.step) : 0;
        found.push({ event: run, plainEvent, params, step: state.step, repeated, savedAt });
      }
    }
    return found;
  } finally {
    store.close();
  }
}

/** Gives up on a run and its plain twin. All of the plan stays charged: nobody can know what of it was seen. */
export async function discardRun(
  ledger: Ledger,
  database: string,
  { event, plainEvent }: Pick<BrokenRun, 'event' | 'plainEvent'>,
): Promise<void> {
  const store = await openCheckpoints(database);
  await store?.remove(event);
  store?.close();
  await closeBroken(ledger, event);
  await closeBroken(ledger, plainEvent);
}

/** Closes a record that nobody will continue, unless it is closed or forgotten already. */
async function closeBroken(ledger: Ledger, event: string): Promise<void> {
  if (ledger.snapshot().events.some(({ id }) => id === event)) await ledger.closeInterrupted(event);
}
