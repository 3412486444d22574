/** Sweeps: which values, which runs, and how they end. */
import { expect, test } from 'vitest';
import { chargesAt, type Driven, runAt } from '@/components/lab/sweep/drive-cell';
import { type PlannedCharge, PlannedCharges } from '@/components/notebook/planned-charges';
import {
  noiseChoiceIn,
  type RunEnd,
  seedsIn,
  sweepable,
  sweepOver,
  valuesBetween,
} from '@/lib/notebook/own/sweep';
import { boolean, choice, defineParameters, number, seedNumber, text } from '@/lib/notebook/parameters';
import { createNotebook } from '@/lib/notebook/store';
import { IDLE, type RunSnapshot } from '@/lib/runtime/run-snapshot';

const help = 'Helps.';
const epsilon = number({ label: 'ε', help, min: 0.1, max: 10, scale: 'log', default: 1 });
const steps = number({ label: 'Steps', help, min: 1, max: 400, integer: true, default: 100 });
const set = defineParameters({
  epsilon,
  steps,
  noiseSource: choice({
    label: 'Noise',
    help,
    options: [
      { value: 'cryptographic', label: 'Cryptographic' },
      { value: 'seeded', label: 'Seeded' },
    ],
    default: 'cryptographic',
  }),
  plain: boolean({ label: 'Plain', help, default: false }),
  words: text({ label: 'Words', help, maxLength: 10, default: '' }),
  seed: seedNumber({ label: 'Seed', help }),
});

test('values lie evenly on the scale of their setting, in range, as one would write them, none twice', () => {
  expect(valuesBetween(epsilon, { from: 0.1, to: 10, count: 5 })).toEqual([0.1, 0.316, 1, 3.16, 10]);
  expect(valuesBetween(steps, { from: 0, to: 1000, count: 3 })).toEqual([1, 201, 400]);
  expect(valuesBetween(steps, { from: 3, to: 4, count: 9 })).toEqual([3, 4]);
  expect(valuesBetween(steps, { from: 1, to: 400, count: 1e9 })).toHaveLength(20);
  expect(valuesBetween(steps, { from: Number.NaN, to: 4, count: Number.NaN })).toEqual([100]);
});

test('all can be swept but texts and seeds; seeds only where there are some', () => {
  const sets = [set as never];
  expect(sweepable(sets).map(({ name }) => name)).toEqual(['epsilon', 'steps', 'noiseSource', 'plain']);
  expect(seedsIn(sets).map(({ name }) => name)).toEqual(['seed']);
  expect(noiseChoiceIn(sets)?.name).toBe('noiseSource');
  expect(seedsIn([defineParameters({ steps }) as never])).toEqual([]);
});

const done: RunEnd = { state: 'done', refused: false, charged: false, message: null };
const never = new AbortController().signal;
const told = { signal: never, priced: () => true };

test('a run that fails does not end the sweep; a Stop, a refusal and an untold charge do', async () => {
  const broken = await sweepOver(
    [1, 2, 3],
    async (value) => (value === 2 ? { ...done, state: 'failed', message: 'no' } : done),
    told,
  );
  expect(broken).toEqual({ done: 2, failed: [{ value: 2, message: 'no' }], why: 'finished' });
  const refused = await sweepOver([1, 2, 3], async (value) => ({ ...done, refused: value === 2 }), told);
  expect(refused).toMatchObject({ done: 1, why: 'refused' });
  const stopped = await sweepOver([1, 2], async () => ({ ...done, state: 'stopped' }), told);
  expect(stopped).toMatchObject({ done: 0, why: 'stopped' });
  const untold = await sweepOver([1, 2, 3], async () => ({ ...done, charged: true }), {
    ...told,
    priced: (at) => at === 0,
  });
  expect(untold).toMatchObject({ done: 2, why: 'uncounted' });
});

/** A cell of one setting, whose runs take a moment. */
function cellOf({ follows = false }: { follows?: boolean } = {}) {
  const notebook = createNotebook();
  notebook.register(set);
  let snapshot: RunSnapshot = IDLE;
  let ran = 0;
  const listeners = new Set<() => void>();
  const seen: unknown[] = [];
  const show = (next: Partial<RunSnapshot>) => {
    snapshot = { ...snapshot, ...next };
    for (const listener of listeners) listener();
  };
  const run = () => {
    const value = notebook.valuesOf(set).steps;
    seen.push(value);
    show({ state: 'running', startedAt: ++ran, result: null, failure: null });
    setTimeout(() => {
      if (snapshot.state !== 'running') return;
      if (value === 13)
        return show({ state: 'failed', failure: { code: 'x', message: 'unlucky', remedy: 'y' } });
      show({ state: 'done', result: { refusal: value === 14 ? {} : null } });
    }, 5);
  };
  notebook.addCell(
    { id: 'cell', title: 'Cell' },
    { run, stop: () => show({ state: 'stopped' }), reset: () => {}, runnable: !follows },
  );
  if (follows) {
    let before = notebook.valuesOf(set).steps;
    notebook.store.subscribe(() => {
      const now = notebook.valuesOf(set).steps;
      if (now !== before) run();
      before = now;
    });
  }
  const planned = new PlannedCharges();
  const cell: Driven = {
    ...{ notebook, cellId: 'cell', planned },
    runner: {
      snapshot: () => snapshot,
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  };
  return { cell, seen, planned, notebook };
}

const setting = { set: set as never, name: 'steps' };

test.each([{ follows: false }, { follows: true }])(
  'a live cell runs once at each value, also where it begins by itself: %o',
  async (how) => {
    const { cell, seen } = cellOf(how);
    for (const value of [12, 13, 14, 14]) await runAt(cell, setting, value, never);
    expect(seen).toEqual([12, 13, 14, 14]);
    expect(await runAt(cell, setting, 13, never)).toMatchObject({ state: 'failed', message: 'unlucky' });
    expect(await runAt(cell, setting, 14, never)).toMatchObject({ state: 'done', refused: true });
  },
);

test('a Stop reaches the run under way', async () => {
  const { cell } = cellOf();
  const abort = new AbortController();
  const running = runAt(cell, setting, 12, abort.signal);
  const unsubscribe = cell.runner.subscribe(() => abort.abort());
  expect(await running).toMatchObject({ state: 'stopped' });
  unsubscribe();
});

test('the price is what the cell says at each value, also when that comes late; nothing runs for it', async () => {
  const { cell, seen, planned, notebook } = cellOf();
  const plan = (many: number): PlannedCharge => ({
    account: {} as never,
    phases: [{ perStep: [{ kind: 'pure', epsilon: 1, count: 1 }], steps: many }],
  });
  let takeBack = planned.tell('line', plan(100));
  notebook.store.subscribe(() => {
    takeBack();
    setTimeout(() => {
      takeBack = planned.tell('line', plan(notebook.valuesOf(set).steps));
    }, 120);
  });
  const charges = await chargesAt(cell, setting, [10, 20], never);
  expect(charges.map(([one]) => one?.phases[0]?.steps)).toEqual([10, 20]);
  expect(seen).toEqual([]);
});
