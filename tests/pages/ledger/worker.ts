/**
 * A worker that trains, charges the ledger, and freezes for good at one chosen point.
 *
 * The points are the real ones: every call into IndexedDB, every answer from it, every commit, every lock, every step.
 * A frozen worker keeps whatever it holds (a transaction half-way, a lock) until the test kills it.
 */
import { type LedgerRun, openLedger } from '@/lib/ledger';
import { digits, trainingPlan } from '../../unit/ledger/support/examples';

export interface Orders {
  name: string;
  freezeAt: number;
  ending: 'finish' | 'stop-shown' | 'stop-hidden' | 'limit';
  /** [points passed, frozen (1) or ended (2), steps released] */
  shared: SharedArrayBuffer;
}

const POINTS = 0;
const STATE = 1;
const RELEASED = 2;
const STEPS = 12;

let cells: Int32Array = new Int32Array(3);
let freezeAt = 0;

function point(): void {
  if (Atomics.add(cells, POINTS, 1) + 1 !== freezeAt) return;
  Atomics.store(cells, STATE, 1);
  Atomics.wait(cells, STATE, 1);
}

/** Puts a point before and after every use of the database and of the locks. */
function instrument(): void {
  const wrap = (prototype: object, method: string, after: (result: EventTarget) => void) => {
    const target = prototype as Record<string, (...args: unknown[]) => EventTarget>;
    const original = target[method]!;
    target[method] = function (this: unknown, ...args: unknown[]) {
      point();
      const result = original.apply(this, args);
      after(result);
      return result;
    };
  };
  const onSuccess = (request: EventTarget) => request.addEventListener('success', point);
  wrap(IDBFactory.prototype, 'open', onSuccess);
  for (const method of ['get', 'getAll', 'put', 'delete']) wrap(IDBObjectStore.prototype, method, onSuccess);
  wrap(IDBDatabase.prototype, 'transaction', (transaction) =>
    transaction.addEventListener('complete', point),
  );
  wrap(LockManager.prototype, 'request', () => {});
}

async function runSteps(run: LedgerRun, to: number): Promise<void> {
  for (let step = 0; step < to; step++) {
    if (step >= run.announced) await run.segment(Math.min(step + 4, STEPS));
    point();
    Atomics.add(cells, RELEASED, 1);
    point();
  }
}

self.onmessage = async ({ data }: MessageEvent<Orders>) => {
  cells = new Int32Array(data.shared);
  freezeAt = data.freezeAt;
  instrument();
  const ledger = await openLedger({ name: data.name });
  const account = await ledger.account(digits);
  const plan = trainingPlan(account.id, STEPS, {
    shows: data.ending === 'stop-hidden' ? 'nothing' : 'progress',
    limit: data.ending === 'limit' ? '1 second' : null,
  });
  const decision = await ledger.reserve(plan);
  if (!decision.ok) throw new Error('refused');
  const reached = data.ending === 'finish' ? STEPS : 7;
  await runSteps(decision.run, reached);
  if (data.ending === 'finish') await decision.run.finish();
  else await decision.run.stop(data.ending === 'limit' ? 'limit' : 'user', reached);
  Atomics.store(cells, STATE, 2);
};
