/**
 * Runs that a worker has not answered for yet, and how long the page waits for those that should end. The worker is at one
 * of them at most; it drops those between that one and the newest.
 */
import type { ExperimentRequest } from './worker-link';

type Timer = ReturnType<typeof setTimeout>;

interface UnansweredRun {
  request: ExperimentRequest;
  startedAt: number;
}

export interface Patience {
  /** Milliseconds a run may take to end after Stop. */
  stopWithin: number;
  /** The same for a run that was superseded. */
  giveWayWithin: number;
  /** It is over with this run. */
  over(runId: number): void;
}

export class UnansweredRuns {
  private readonly runs = new Map<number, UnansweredRun>();
  /** Runs that were told to stop, each with the moment when patience ends. */
  private readonly stopping = new Map<number, Timer>();
  /** The oldest of those that something newer waits for, and the moment when patience with it ends. */
  private givingWay: { runId: number; timer: Timer } | null = null;

  constructor(private readonly patience: Patience) {}

  get size(): number {
    return this.runs.size;
  }

  /** Infinity if there is none. */
  get oldest(): number {
    return Math.min(...this.runs.keys());
  }

  get(runId: number): UnansweredRun | undefined {
    return this.runs.get(runId);
  }

  add(runId: number, run: UnansweredRun): void {
    this.runs.set(runId, run);
  }

  /** This run has been told to stop, and with it whatever the worker is still at. Told again, it has no longer to do so. */
  mustStop(runId: number): void {
    if (this.stopping.has(runId)) return;
    const { stopWithin, over } = this.patience;
    this.stopping.set(
      runId,
      setTimeout(() => over(runId), stopWithin),
    );
  }

  /** What the worker is at has been superseded. Dragging on and on must not put off the end. */
  mustGiveWay(): void {
    if (this.givingWay || this.size === 0) return;
    const { giveWayWithin, over } = this.patience;
    const runId = this.oldest;
    this.givingWay = { runId, timer: setTimeout(() => over(runId), giveWayWithin) };
  }

  ended(runId: number): void {
    this.runs.delete(runId);
    if (runId === this.givingWay?.runId) {
      this.hasGivenWay();
      if (this.size > 1) this.mustGiveWay();
    }
    const { oldest } = this;
    for (const [stopped, timer] of this.stopping)
      if (stopped < oldest) {
        clearTimeout(timer);
        this.stopping.delete(stopped);
      }
  }

  /** The worker is gone, and nothing is waited for. */
  clear(): void {
    for (const timer of this.stopping.values()) clearTimeout(timer);
    this.stopping.clear();
    this.hasGivenWay();
    this.runs.clear();
  }

  private hasGivenWay(): void {
    clearTimeout(this.givingWay?.timer);
    this.givingWay = null;
  }
}
