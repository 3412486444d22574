/** What the tests of several tabs ask of a page. Loaded as `window.suite`. */
import { chargedSteps, fromJsonFile, importLedger, type Ledger, openLedger, toJsonFile } from '@/lib/ledger';
import { digits, trainingPlan } from '../../unit/ledger/support/examples';
import type { Orders } from './worker';

const workers: { worker: Worker; cells: Int32Array }[] = [];
let ledger: Ledger | null = null;

/** Starts workers and waits until each has frozen or ended. Returns what each passed and released. */
export async function startWorkers(
  orders: Omit<Orders, 'shared'>[],
): Promise<{ points: number; frozen: boolean; released: number }[]> {
  const started = orders.map((order) => {
    const shared = new SharedArrayBuffer(12);
    const cells = new Int32Array(shared);
    const worker = new Worker('/worker.js', { type: 'module' });
    worker.postMessage({ ...order, shared });
    workers.push({ worker, cells });
    return { worker, cells };
  });
  const failures: string[] = [];
  for (const { worker } of started) worker.onerror = (event) => failures.push(event.message);
  while (started.some(({ cells }) => Atomics.load(cells, 1) === 0)) {
    if (failures.length > 0) throw new Error(failures.join('; '));
    await new Promise((wake) => setTimeout(wake, 10));
  }
  return started.map(({ cells }) => ({
    points: Atomics.load(cells, 0),
    frozen: Atomics.load(cells, 1) === 1,
    released: Atomics.load(cells, 2),
  }));
}

export function killWorkers(): void {
  for (const { worker } of workers.splice(0)) worker.terminate();
}

/** Opens ledgers by name, as a page does after whatever happened, and says what each charges. */
export async function chargedAfterwards(names: string[]): Promise<{ steps: number; durable: boolean }[]> {
  return Promise.all(
    names.map(async (name) => {
      const opened = await openLedger({ name });
      const { events, status } = opened.snapshot();
      opened.close();
      return { steps: events.reduce((sum, event) => sum + chargedSteps(event), 0), durable: status.durable };
    }),
  );
}

export async function open(name: string): Promise<void> {
  ledger = await openLedger({ name });
  await ledger.account(digits);
}

function opened(): Ledger {
  if (ledger === null) throw new Error('no ledger is open');
  return ledger;
}

/** Sets a budget that holds for both tabs. */
export async function setBudget(epsilon: number): Promise<void> {
  const ledger = opened();
  await ledger.setBudget(ledger.snapshot().accounts[0]!.id, epsilon, 'rdp', 'a test');
}

/** Charges queries one after the other and returns the ids of those that were admitted. */
export async function chargeQueries(count: number, scale: number): Promise<string[]> {
  const ledger = opened();
  const account = ledger.snapshot().accounts[0]!.id;
  const admitted: string[] = [];
  for (let query = 0; query < count; query++) {
    const phases = [{ perStep: [{ kind: 'laplace' as const, scale, sensitivity: 1, count: 1 }], steps: 1 }];
    const decision = await ledger.charge(trainingPlan(account, 1, { kind: 'query', phases }));
    if (!decision.ok) continue;
    await decision.run.finish();
    admitted.push(decision.run.event.id);
  }
  return admitted;
}

export function eventIds(): string[] {
  return opened()
    .snapshot()
    .events.map((event) => event.id)
    .sort();
}

export function status() {
  return opened().snapshot().status;
}

export async function refresh(): Promise<void> {
  await opened().refresh();
}

export async function note(text: string): Promise<void> {
  await opened().note(opened().snapshot().events[0]!.id, text);
}

export function notes(): string[] {
  return opened()
    .snapshot()
    .events.flatMap((event) => (event.note === null ? [] : [event.note.text]));
}

/** From now on the browser refuses to store, as it does at the limit of its quota. */
export function refuseToStore(refuse: boolean): void {
  const prototype = IDBObjectStore.prototype as IDBObjectStore & { original?: IDBObjectStore['put'] };
  prototype.original ??= prototype.put;
  const { original } = prototype;
  prototype.put = refuse
    ? () => {
        throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
      }
    : original;
}

export function deleteDatabase(name: string): Promise<string> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve('deleted');
    request.onblocked = () => resolve('blocked');
    request.onerror = () => resolve('failed');
  });
}

export function exported(): string {
  return toJsonFile(opened().snapshot(), { exportedAt: new Date().toISOString(), version: 'test' });
}

export function imported(text: string) {
  return importLedger(opened(), fromJsonFile(text));
}

export async function closeLedger(): Promise<void> {
  opened().close();
}
