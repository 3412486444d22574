/** A run that has been charged, in the hands of whoever runs it. */
import { LedgerError } from './errors';
import { createId } from './ids';
import { settle } from './rules';
import { type LedgerEvent, plannedSteps, type StopReason } from './schema';
import type { WriteOptions } from './storage';

interface Backing {
  write(event: LedgerEvent, options: WriteOptions): Promise<void>;
  release(): void;
  timestamp(): string;
}

export class LedgerRun {
  #event: LedgerEvent;
  readonly #backing: Backing;

  /** Use `Ledger.reserve`. */
  constructor(event: LedgerEvent, backing: Backing) {
    this.#event = event;
    this.#backing = backing;
  }

  /** The record as last written. */
  get event(): LedgerEvent {
    return this.#event;
  }

  /** Steps may run up to here. */
  get announced(): number {
    return this.#event.attempts.at(-1)?.startedTo ?? 0;
  }

  /**
   * Announces the next stretch, durably. Only when this resolves may steps run, and only up to `to` (counted from the
   * beginning of the plan, exclusive). If it rejects, no further step may run.
   */
  async segment(to: number): Promise<void> {
    const planned = plannedSteps(this.#event);
    if (!Number.isInteger(to) || to <= this.announced || to > planned)
      throw new LedgerError(
        'run-order',
        `A stretch up to step ${to} cannot follow step ${this.announced} of a plan of ${planned}.`,
        'Announce steps in order, and never more than were planned.',
      );
    const last = this.#event.attempts.at(-1);
    const attempts =
      last === undefined
        ? [
            {
              id: createId('attempt'),
              at: this.#backing.timestamp(),
              from: 0,
              startedTo: to,
              repeats: 'fresh' as const,
            },
          ]
        : [...this.#event.attempts.slice(0, -1), { ...last, startedTo: to }];
    const next = { ...this.#event, attempts };
    await this.#backing.write(next, { openEvent: next.id });
    this.#event = next;
  }

  /** All planned steps have run. */
  async finish(): Promise<void> {
    await this.#close(plannedSteps(this.#event), 'finished');
  }

  /**
   * The run ends early.
   * @param reached steps that have run, counted from the beginning of the plan
   */
  async stop(reason: Exclude<StopReason, 'finished'>, reached: number): Promise<void> {
    await this.#close(reached, reason);
  }

  /**
   * Lets go of a run that broke off and is to be continued from a checkpoint (`Ledger.resume`). Its record stays open, so the
   * whole plan stays charged until it is continued or closed.
   */
  leave(): void {
    this.#backing.release();
  }

  async #close(reached: number, reason: StopReason): Promise<void> {
    if (this.#event.closing !== null) return;
    const from = this.#event.attempts.at(-1)?.from ?? 0;
    if (!Number.isInteger(reached) || reached < from || reached > this.announced)
      throw new LedgerError(
        'run-order',
        `A run announced up to step ${this.announced} cannot have reached step ${reached}.`,
        'Announce a stretch before it runs.',
      );
    const closing = settle(this.#event, reached, reason, this.#backing.timestamp());
    const next = { ...this.#event, closing };
    try {
      await this.#backing.write(next, {});
      this.#event = next;
    } finally {
      this.#backing.release();
    }
  }
}
