/**
 * The privacy ledger: what has been released from each data set, in this browser, by every run there ever was.
 *
 * The order of things is the point. A run is charged, durably and whole, before its first step; each stretch of steps
 * is announced, durably, before it runs. Whatever is killed at whatever moment, the ledger is never below what was
 * released.
 */
import { NAMES } from '@/lib/kept';
import { broadcastChannel, type LedgerChannel } from './channel';
import { runState } from './charge';
import { LedgerError } from './errors';
import { admit, type Refusal } from './filter';
import { tellCharge } from './hear-charges';
import { createId } from './ids';
import { type Locks, webLocks } from './locks';
import { eventFromPlan, type RunPlan } from './plan';
import { settle } from './rules';
import { LedgerRun } from './run';
import {
  type Account,
  type Attempt,
  accountId,
  accountSchema,
  type FilterKind,
  type LedgerEvent,
  type LedgerRecords,
  plannedSteps,
  type Relation,
} from './schema';
import type { LedgerStorage } from './storage';
import { type LedgerSnapshot, LedgerStore, openWithout, runLock } from './store';
import { epsilonOf } from './totals';

export type Decision = { ok: true; run: LedgerRun } | { ok: false; refusal: Refusal };

export interface AccountRequest {
  /** `hash` by `hashBytes`; `size` only where the number of units is public. */
  dataset: { hash: string; title: string; size: number | null };
  /** Whom one unit of privacy belongs to: `example`, `patient`, `client`, … */
  unit: string;
  relation: Relation;
  /** The δ of every total, below 1 / size. */
  delta: number;
}

export interface LedgerOptions {
  /** Tells ledgers in one browser apart. The site has one; tests have many. */
  name?: string;
  storage: LedgerStorage;
  locks?: Locks;
  channel?: LedgerChannel;
  now?: () => Date;
  /** How long to wait for another page to answer, where there is no storage. Milliseconds. */
  answerWithinMs?: number;
  /** Of this software; stands in every event. */
  version?: string;
}

export class Ledger {
  readonly #store: LedgerStore;
  readonly #locks: Locks;
  readonly #now: () => Date;
  readonly #version: string;

  /** Use `openLedger`, which also reads what is stored. */
  constructor(options: LedgerOptions) {
    this.#locks = options.locks ?? webLocks();
    this.#now = options.now ?? (() => new Date());
    this.#version = options.version ?? 'development';
    const name = options.name ?? NAMES.ledger;
    this.#store = new LedgerStore({
      name,
      storage: options.storage,
      locks: this.#locks,
      channel: options.channel ?? broadcastChannel(name),
      now: this.#now,
      answerWithinMs: options.answerWithinMs ?? 200,
    });
  }

  /** Reads what is stored. */
  open(): Promise<void> {
    return this.#store.open();
  }

  /** The ledger now. The same object until something changes. */
  snapshot(): LedgerSnapshot {
    return this.#store.snapshot();
  }

  /** Calls `listener` after every change, from this page or another. Returns how to stop that. */
  subscribe(listener: () => void): () => void {
    return this.#store.subscribe(listener);
  }

  /** Looks again at what is stored and at which runs are alive. */
  refresh(): Promise<void> {
    return this.#store.refresh();
  }

  /** The account of a data set, opened if this is the first that the ledger hears of it. */
  async account({ dataset, unit, relation, delta }: AccountRequest): Promise<Account> {
    const id = accountId(dataset.hash, unit, relation);
    await this.#store.decide(async () => {
      if (this.#store.records.accounts.some((account) => account.id === id))
        return { records: null, result: null };
      const forgotten = this.#store.records.tombstones.filter((tombstone) => tombstone.account === id);
      const createdAt = this.#after(
        forgotten
          .map((tombstone) => tombstone.at)
          .sort()
          .at(-1),
      );
      const account = accountSchema.parse({ id, dataset, unit, relation, delta, createdAt, budgets: [] });
      return { records: { accounts: [account] }, result: null };
    });
    return this.#account(id);
  }

  /** Sets, raises, lowers or lifts (null) a budget. The change is recorded with its reason. */
  async setBudget(
    account: string,
    epsilon: number | null,
    filter: FilterKind,
    reason: string,
  ): Promise<void> {
    if (epsilon !== null && !(epsilon > 0 && epsilon <= 1e6))
      throw new LedgerError(
        'budget-invalid',
        `ε = ${epsilon} is not a budget.`,
        'Choose a number above 0, or no limit at all.',
      );
    await this.#store.decide(async () => {
      const current = this.#account(account);
      const at = this.#after(current.budgets.at(-1)?.at);
      const change = { id: createId('budget'), at, epsilon, filter, reason: reason.slice(0, 500) };
      return { records: { accounts: [{ ...current, budgets: [...current.budgets, change] }] }, result: null };
    });
  }

  /**
   * The privacy filter. Charges the whole plan, durably, or refuses it and says what would fit. Nothing may be
   * computed from the data before this says ok.
   */
  async reserve(plan: RunPlan): Promise<Decision> {
    const draft = this.#draft(plan);
    return this.#admit(draft, () => draft);
  }

  /** A release of few steps at once, such as a query: charged and announced in one durable write. */
  async charge(plan: RunPlan): Promise<Decision> {
    const draft = this.#draft(plan);
    const attempt = this.#attempt(draft, 0, plannedSteps(draft), 'fresh');
    return this.#admit(draft, () => ({ ...draft, attempts: [attempt] }));
  }

  /**
   * Goes on with an interrupted run from a checkpoint.
   * @param from steps that the checkpoint holds
   * @param repeats whether steps that had run after the checkpoint are drawn anew (and charged again) or replayed
   */
  async resume(eventId: string, from: number, repeats: Attempt['repeats']): Promise<Decision> {
    const event = this.#event(eventId);
    const reached = Math.max(0, ...event.attempts.map((attempt) => attempt.startedTo));
    if (!Number.isInteger(from) || from < 0 || from > reached)
      throw new LedgerError(
        'run-order',
        `A checkpoint at step ${from} does not belong to a run that got to step ${reached} at most.`,
        'Start a new run.',
      );
    if ((await this.#locks.held())?.has(runLock(eventId))) throw stillRuns(event);
    return this.#admit(event, (current) => ({
      ...current,
      attempts: [...current.attempts, this.#attempt(current, from, from, repeats)],
    }));
  }

  /** Closes runs that died before any step of theirs was announced: they cost nothing. The others stay charged whole. */
  async settleInterrupted(): Promise<void> {
    await this.#store.decide(async () => {
      const dead = await this.#dead();
      const events = this.#store.records.events
        .filter((event) => dead.has(event.id) && runState(event) === 'planned')
        .map((event) => ({ ...event, closing: settle(event, 0, 'interrupted', this.#timestamp()) }));
      return { records: events.length > 0 ? { events } : null, result: null };
    });
  }

  /** Closes one interrupted run for good. Whatever of its plan could have run stays charged, which is all of it. */
  async closeInterrupted(eventId: string): Promise<void> {
    await this.#store.decide(async () => {
      const event = this.#event(eventId);
      const dead = await this.#dead();
      if (event.closing !== null || !dead.has(eventId)) return { records: null, result: null };
      const reached = event.attempts.at(-1)?.startedTo ?? 0;
      const closing = settle(event, reached, 'interrupted', this.#timestamp());
      return { records: { events: [{ ...event, closing }] }, result: null };
    });
  }

  /** Writes a note beside an event; an empty text takes it away. */
  async note(eventId: string, text: string): Promise<void> {
    await this.#store.decide(async () => {
      const event = this.#event(eventId);
      const note = { text: text.slice(0, 2000), at: this.#after(event.note?.at) };
      return { records: { events: [{ ...event, note }] }, result: null };
    });
  }

  /**
   * Forgets a data set: this browser no longer knows what was spent on it. What was released stays released.
   * Refused while a run on it goes on.
   */
  async forget(account: string): Promise<void> {
    await this.#store.decide(async () => {
      const { dataset, delta } = this.#account(account);
      const events = this.#store.records.events.filter((event) => event.account === account);
      const live = (await this.#locks.held()) ?? new Set();
      const running = events.find((event) => event.closing === null && live.has(runLock(event.id)));
      if (running !== undefined) throw stillRuns(running);
      const spent = epsilonOf(events, delta, 'rdp');
      const tombstone = {
        id: createId('tombstone'),
        account,
        title: dataset.title,
        at: this.#timestamp(),
        events: events.map((event) => event.id),
        revived: [],
        epsilon: spent !== null && Number.isFinite(spent) ? spent : null,
        delta,
      };
      return { records: { tombstones: [tombstone] }, result: null };
    });
  }

  /** Joins in what `make` takes from elsewhere, all or nothing. Files come this way through `importLedger`. */
  async merge<T>(
    make: (current: LedgerRecords) => { records: Partial<LedgerRecords>; result: T },
  ): Promise<T> {
    const result = await this.#store.decide(async () => make(this.#store.records));
    // Open runs from elsewhere are not running here.
    await this.#store.refresh();
    return result;
  }

  close(): void {
    this.#store.close();
  }

  /** Admits a charge, holding the run's lock from before the charge is visible until the run is over. */
  async #admit(draft: LedgerEvent, next: (current: LedgerEvent) => LedgerEvent): Promise<Decision> {
    const release = await this.#locks.hold(runLock(draft.id));
    try {
      const verdict = await this.#store.decide<{ event: LedgerEvent } | { refusal: Refusal }>(async () => {
        const known = this.#store.records.events.find((event) => event.id === draft.id) ?? null;
        if (known !== null && known.closing !== null)
          throw new LedgerError('run-closed', `“${draft.title}” has been closed.`, 'Start a new run.');
        const event = next(known ?? draft);
        const refusal = admit(this.#account(draft.account), this.#store.records.events, event);
        if (refusal !== null) return { records: null, result: { refusal } };
        return { records: { events: [event] }, result: { event } };
      });
      if ('refusal' in verdict) {
        release();
        return { ok: false, refusal: verdict.refusal };
      }
      const run = new LedgerRun(verdict.event, {
        write: (event, options) => this.#store.commit({ events: [event] }, options),
        release,
        timestamp: () => this.#timestamp(),
      });
      tellCharge(verdict.event.id);
      return { ok: true, run };
    } catch (error) {
      release();
      throw error;
    }
  }

  async #dead(): Promise<Set<string>> {
    const live = await this.#locks.held();
    return live === null ? new Set() : openWithout(live, this.#store.records);
  }

  #draft(plan: RunPlan): LedgerEvent {
    return eventFromPlan(plan, this.#account(plan.account), this.#timestamp(), this.#version);
  }

  #account(id: string): Account {
    const account = this.#store.records.accounts.find((candidate) => candidate.id === id);
    if (account === undefined)
      throw new LedgerError(
        'account-unknown',
        `The ledger has no account ${id}.`,
        'Open it with `account` first.',
      );
    return account;
  }

  #event(id: string): LedgerEvent {
    const event = this.#store.records.events.find((candidate) => candidate.id === id);
    if (event === undefined)
      throw new LedgerError('event-unknown', `The ledger has no event ${id}.`, 'It may have been forgotten.');
    return event;
  }

  #attempt(event: LedgerEvent, from: number, startedTo: number, repeats: Attempt['repeats']): Attempt {
    return { id: createId('attempt'), at: this.#after(event.attempts.at(-1)?.at), from, startedTo, repeats };
  }

  #timestamp(): string {
    return this.#now().toISOString();
  }

  /** Now, or a millisecond after `earlier` if the clock was set back: the order of records must survive that. */
  #after(earlier: string | undefined): string {
    const now = this.#now().getTime();
    return new Date(earlier === undefined ? now : Math.max(now, Date.parse(earlier) + 1)).toISOString();
  }
}

function stillRuns(event: LedgerEvent): LedgerError {
  return new LedgerError('account-busy', `“${event.title}” is still running.`, 'Stop it first.');
}
