/**
 * One piece of long work that several wait for: whoever comes while it is under way goes on from where it is. It ends when nobody
 * waits any more, a moment later: a run that gives way to a newer one leaves before the newer one comes.
 */

/** Milliseconds between the last one's leaving and the end. */
const GRACE = 100;

export interface Waiter<Progress> {
  /** Leaves when it is aborted; without one, stays to the end. */
  signal?: AbortSignal;
  report(progress: Progress): void;
}

export class SharedWork<T, Progress> {
  private readonly waiters = new Set<Waiter<Progress>>();
  private readonly abort = new AbortController();
  private readonly result: Promise<T>;
  private latest: Progress | null = null;
  private settled = false;

  constructor(work: (signal: AbortSignal, report: (progress: Progress) => void) => Promise<T>) {
    this.result = work(this.abort.signal, (progress) => {
      this.latest = progress;
      for (const { report } of this.waiters) report(progress);
    });
    const settle = () => {
      this.settled = true;
    };
    // Everybody who waits hears of a failure; when nobody does, nobody need.
    this.result.then(settle, settle);
  }

  /** @param forget called when the work has failed or was ended: it is of no use to those who come later */
  onFailed(forget: () => void): void {
    this.result.catch(forget);
    this.abort.signal.addEventListener('abort', forget);
  }

  /** Ends the work at once, whoever waits for it, unless it is done. */
  end(): void {
    if (!this.settled) this.abort.abort();
  }

  /** Waits for the result, or rejects with the signal's reason as soon as that is aborted. */
  async join(waiter: Waiter<Progress>): Promise<T> {
    const { signal } = waiter;
    signal?.throwIfAborted();
    this.waiters.add(waiter);
    if (this.latest !== null) waiter.report(this.latest);
    let leave = () => {};
    const left = new Promise<never>((_, reject) => {
      leave = () => reject(signal?.reason);
      signal?.addEventListener('abort', leave);
    });
    try {
      return await Promise.race([this.result, left]);
    } finally {
      signal?.removeEventListener('abort', leave);
      this.waiters.delete(waiter);
      if (this.waiters.size === 0) setTimeout(() => this.waiters.size === 0 && this.end(), GRACE);
    }
  }
}
