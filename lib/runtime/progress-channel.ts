/**
 * Thins progress to what a page can draw: a few messages a second, fewer where drawing takes long. Updates are collected, never
 * dropped, and the last report always goes out.
 *
 * Without the second half a slow phone would be sent charts faster than it draws them, and its Stop button would wait in
 * line behind them.
 */
import type { Progress } from './experiment';
import type { ProgressBatch } from './protocol';

export const REPORTS_PER_SECOND = 8;
/** A page that has not answered by then is hidden or busy, or we compute in one piece and cannot hear it. */
export const UNANSWERED_MS = 1000;

export class ProgressChannel {
  private pending: ProgressBatch | null = null;
  private last: ProgressBatch | null = null;
  private closed = false;
  private lastSent = Number.NEGATIVE_INFINITY;
  /** The earliest moment for the next message. */
  private next = Number.NEGATIVE_INFINITY;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly send: (batch: ProgressBatch) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  report({ phase, step, total, label, update }: Progress<unknown>): void {
    if (this.closed) return;
    // A new phase is news by itself: what the old one had to say goes first.
    if (this.pending && this.pending.phase !== phase) this.flush();
    const before = this.pending ?? this.last;
    // Steps never go back while the same thing is counted, so that no bar on the page ever does.
    const counted = before?.phase === phase && before.total === total ? Math.max(before.step, step) : step;
    const updates = this.pending?.updates ?? [];
    if (update !== undefined) updates.push(update);
    this.pending = { phase, step: counted, total, label: label ?? null, updates };
    this.flushWhenDue();
  }

  /** The page has drawn what was sent last. It shall spend no more than half its time on drawing. */
  drawn(): void {
    const took = this.now() - this.lastSent;
    this.next = this.lastSent + Math.max(1000 / REPORTS_PER_SECOND, 2 * took);
    this.stopTimer();
    this.flushWhenDue();
  }

  /** Sends what is waiting, and nothing more: a run that has ended reports no progress. */
  close(): void {
    this.flush();
    this.closed = true;
  }

  private flushWhenDue(): void {
    if (!this.pending) return;
    const wait = this.next - this.now();
    // Checked here and not only by the timer, which never fires while an experiment computes in one piece.
    if (wait <= 0) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), wait);
  }

  private flush(): void {
    this.stopTimer();
    if (!this.pending) return;
    const batch = this.pending;
    this.pending = null;
    this.last = { ...batch, updates: [] };
    this.lastSent = this.now();
    this.next = this.lastSent + UNANSWERED_MS;
    this.send(batch);
  }

  private stopTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}
