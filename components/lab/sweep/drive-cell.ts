/** Moves the settings of a live cell and lets it run, as a hand at its sliders would. */
import type { PlannedCharge, PlannedCharges } from '@/components/notebook/planned-charges';
import type { RunEnd } from '@/lib/notebook/own/sweep';
import type { ParameterSet, ParameterValue } from '@/lib/notebook/parameters';
import type { Notebook } from '@/lib/notebook/store';
import type { CellRunner } from '@/lib/runtime';

/** Milliseconds: a setting has to reach the cell, which is drawn anew with it, before the cell runs with it. */
const SETTLE_MS = 80;
/** A price that an accountant still works out is waited for, but not for ever: with seeded noise there is none. */
const PRICE_WITHIN_MS = 5000;
/** A cell that has nothing to run with, no picture say, does not begin. */
const BEGIN_WITHIN_MS = 3000;

const NOT_BEGUN = 'The cell did not begin: is there something that it waits for?';

const rest = (milliseconds: number) => new Promise<void>((resume) => setTimeout(resume, milliseconds));

async function until(holds: () => boolean, within: number): Promise<boolean> {
  const end = performance.now() + within;
  while (!holds()) {
    if (performance.now() > end) return false;
    await rest(SETTLE_MS / 2);
  }
  return true;
}

export interface Setting {
  set: ParameterSet;
  name: string;
}

export interface Driven {
  notebook: Notebook;
  runner: Pick<CellRunner, 'snapshot' | 'subscribe'>;
  cellId: string;
  planned: PlannedCharges;
}

/** Sets a value and waits until it, and what hangs on it, stands. */
async function moveTo({ notebook }: Driven, { set, name }: Setting, value: ParameterValue): Promise<void> {
  notebook.set(set, name, value);
  notebook.finish();
  await rest(SETTLE_MS);
}

const busy = ({ runner }: Driven) => ['preparing', 'running'].includes(runner.snapshot().state);

/** Resolves when the cell is at rest. */
function ended(cell: Driven): Promise<void> {
  if (!busy(cell)) return Promise.resolve();
  return new Promise((resolve) => {
    const unsubscribe = cell.runner.subscribe(() => {
      if (busy(cell)) return;
      unsubscribe();
      resolve();
    });
  });
}

export const isRefused = (result: unknown): boolean =>
  typeof result === 'object' && result !== null && 'refusal' in result && result.refusal !== null;

/** One run at a value, from its setting to its end. A Stop reaches it. */
export async function runAt(
  cell: Driven,
  setting: Setting,
  value: ParameterValue,
  signal: AbortSignal,
): Promise<RunEnd & { finishedAt: string | null }> {
  const { notebook, runner, cellId } = cell;
  const nothing = { refused: false, charged: false, message: null, finishedAt: null };
  const before = runner.snapshot().startedAt;
  const begun = () => runner.snapshot().startedAt !== before;
  const stop = () => notebook.command(cellId, 'stop');
  signal.addEventListener('abort', stop);
  try {
    await moveTo(cell, setting, value);
    if (signal.aborted) return { ...nothing, state: 'stopped' };
    // A cell that follows its sliders has begun by itself, if the value is another than it had.
    if (!begun()) notebook.command(cellId, 'run');
    if (!(await until(begun, BEGIN_WITHIN_MS))) return { ...nothing, state: 'failed', message: NOT_BEGUN };
    await ended(cell);
  } finally {
    signal.removeEventListener('abort', stop);
  }
  const { state, failure, result, provenance } = runner.snapshot();
  const refused = isRefused(result);
  const charged = provenance?.charged != null && provenance.noise === 'cryptographic' && !refused;
  if (state === 'failed') return { ...nothing, state, message: failure?.message ?? null };
  if (state !== 'done') return { ...nothing, state: 'stopped', charged };
  return { state, refused, charged, message: null, finishedAt: provenance?.finishedAt ?? null };
}

/**
 * What the runs of a sweep would be charged, value by value: the settings are moved there, nothing runs, and what the cell says below its
 * Run button is read. To be put back by whoever asks.
 * @returns for each value what it says; nothing where it charges nothing, or where its price did not come in time
 */
export async function chargesAt(
  cell: Driven,
  setting: Setting,
  values: readonly ParameterValue[],
  signal: AbortSignal,
): Promise<PlannedCharge[][]> {
  const all: PlannedCharge[][] = [];
  const told = () => cell.planned.all().filter(({ phases }) => phases.length > 0);
  let most = told().length;
  for (const value of values) {
    if (signal.aborted) return all;
    await moveTo(cell, setting, value);
    // A line that was there and is gone is being worked out anew; where it does not come back, there is no price at this value.
    if (most > 0) await until(() => signal.aborted || told().length >= most, PRICE_WITHIN_MS);
    most = Math.max(most, told().length);
    all.push(told());
  }
  return all;
}
