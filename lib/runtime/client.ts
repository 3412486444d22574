/**
 * The page's side of a cell's worker: one worker a cell, kept warm between runs; the latest request wins. A run that was
 * told to stop and does not is ended by force; one that was superseded may finish the step it is at, because a worker that
 * goes takes its loaded network with it, and a slider on a slow device would have it loaded again for ever. A snapshot of
 * the run can be subscribed to; it is replaced, never mutated.
 *
 *   no worker
 *     │ run
 *     ▼
 *   waiting for ready ── not within a minute ──▶ no worker
 *     │ ready
 *     ▼            run
 *   running ────────────────▶ superseded ── not ended within 10 minutes ──▶ ended by force
 *     │ │ ▲                        │
 *     │ │ └── the older run ended ─┘
 *     │ │  stop
 *     │ └──────────▶ stopping ── not ended within 2 seconds ──▶ ended by force
 *     │                 │
 *     │ done, failed    │ stopped, done
 *     ▼                 ▼
 *   at rest, the worker warm ── run ──▶ running
 *     │ 3 minutes
 *     ▼
 *   no worker
 *
 * Ended by force there is no worker either, and what was asked for since then starts a new one. So does a run after a crash
 * or a lost device, which end the worker wherever it is. Run while stopping waits as one that supersedes does.
 */
import type { BackendName, BackendPreference } from './backend';
import type { Failure, ProvenanceFacts } from './experiment';
import { toFailure } from './failure';
import { type KernelKnowledge, KNOWING_NOTHING, type Trial } from './kernel-memory';
import type { RunMessage, WorkerMemory } from './protocol';
import { afterMessage, begin, IDLE, inPassing, isBusy, type RunSnapshot, rested } from './run-snapshot';
import { UnansweredRuns } from './unanswered-runs';
import { type ExperimentRequest, type WorkerLike, WorkerLink, type WorkerMessage } from './worker-link';

export interface RunnerOptions {
  createWorker(): WorkerLike;
  basePath: string;
  preference(): BackendPreference;
  /** Handed to workers when they start; a change of preference ends those of the old one before the next run. */
  kernels?(): KernelKnowledge;
  onTrial?(trial: Trial): void;
  /** Null when the worker has ended. */
  onMemory?(memory: WorkerMemory | null): void;
  /** Backends that failed on this page, shared by its cells: no worker that starts from then on takes one of them. */
  lostBackends?: LostBackends;
  /** Milliseconds a run may take to end after Stop, before its worker is ended by force. */
  stopWithin?: number;
  /** The same for a run that was superseded. Long, because a software GPU may compile a network for minutes. */
  giveWayWithin?: number;
  /** Milliseconds a worker may take to load and listen. */
  readyWithin?: number;
  /** Milliseconds without work after which a worker is ended to free its memory. */
  idleAfter?: number;
}

/** A `Set` does. */
export interface LostBackends extends Iterable<BackendName> {
  has(name: BackendName): boolean;
  add(name: BackendName): unknown;
}

/** Said while the worker is still at an older run. It cannot be interrupted within a step. */
const WAITING = 'Finishing the step under way, then your latest settings';

/**
 * The page calls a run stopped this long after Stop at the latest. A worker that compiles shaders hears of Stop only
 * after; what it says of the run by then is dropped, but for how its results came to be.
 */
const STOPPED_AFTER = 150;
const STOP_WITHIN = 2000;
const GIVE_WAY_WITHIN = 600_000;
const READY_WITHIN = 60_000;
const IDLE_AFTER = 180_000;
/** The news of a lost device may come this much later than the failure that it caused. */
const CAUSE_WITHIN = 5000;
/** Failures after which nothing that a worker computes can be relied on. */
const FATAL: readonly string[] = ['device-lost', 'gpu-error', 'out-of-memory'];

/** A sandboxed frame may not start workers at all. */
const workerRefused = (error: unknown): Failure => ({
  code: 'worker-refused',
  message: `This page may not start a worker (${error instanceof Error ? error.message : error}).`,
  remedy: 'Open the lesson in a window of its own; an embed needs allow-scripts and allow-same-origin.',
});

export class CellRunner {
  private worker: WorkerLink | null = null;
  private shown: RunSnapshot = IDLE;
  private readonly listeners = new Set<() => void>();
  /** Of the newest run, and what was asked for with it. */
  private runId = 0;
  private request: ExperimentRequest | null = null;
  private keepShown = false;
  private readonly unanswered: UnansweredRuns;
  private readonly lostBackends: LostBackends;
  /** Since when runs rest, on the page's clock; null while they may run. */
  private heldSince: number | null = null;
  private idleTimer: ReturnType<typeof setTimeout> | undefined;
  private onPrepared: (result: unknown) => void = () => {};

  constructor(private readonly options: RunnerOptions) {
    const { lostBackends = new Set(), stopWithin = STOP_WITHIN, giveWayWithin = GIVE_WAY_WITHIN } = options;
    this.lostBackends = lostBackends;
    const over = (runId: number) => this.endByForce(runId);
    this.unanswered = new UnansweredRuns({ stopWithin, giveWayWithin, over });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): RunSnapshot => this.shown;

  get busy(): boolean {
    return isBusy(this.shown);
  }

  /** There is a worker: what it has loaded and made need not be made again. */
  get warm(): boolean {
    return this.worker !== null;
  }

  /**
   * Starts a run; one that is under way is superseded: the worker turns to the newest as soon as it can.
   * @param keepShown what is on the page stays until the new run has something of its own
   */
  run(request: ExperimentRequest, keepShown = false): void {
    clearTimeout(this.idleTimer);
    this.endUnfitWorker();
    this.request = request;
    this.keepShown = keepShown;
    this.runId++;
    const begun = begin(this.shown, request.params, keepShown, performance.now());
    this.show(this.unanswered.size > 0 ? { ...begun, label: WAITING } : begun);
    this.unanswered.mustGiveWay();
    this.send(request);
  }

  /**
   * Lets a fresh worker run an experiment whose fruit is what it leaves ready there. Nothing of it is shown; a run may be
   * asked for at any time. Where there is a worker already, it has better to do.
   * @param ready hears of its result; of nothing where it fails
   */
  prepare(
    { id: experimentId, params }: ExperimentRequest,
    ready: (result: unknown) => void = () => {},
  ): void {
    if (this.worker) return;
    this.onPrepared = ready;
    try {
      this.worker = this.startWorker();
      this.worker.post({ type: 'prepare', experimentId, params });
      this.endWhenIdle();
    } catch {
      // The run will say what is the matter.
      this.endWorker();
    }
  }

  /** Asks the run to stop: on the page it has within 200 ms; its worker is ended if it has not within two seconds. */
  stop(): void {
    if (!this.busy) return;
    const { runId } = this;
    this.worker?.post({ type: 'stop', runId });
    if (this.worker) this.unanswered.mustStop(runId);
    setTimeout(() => {
      if (this.runId === runId && this.busy) this.showStopped();
    }, STOPPED_AFTER);
  }

  /** Lets the run rest, or go on: of a worker that starts meanwhile too. A Stop is heard at rest as well. */
  hold(held: boolean): void {
    if (held === (this.heldSince !== null)) return;
    this.worker?.post({ type: 'hold', held });
    const since = this.heldSince;
    this.heldSince = held ? performance.now() : null;
    if (since !== null && this.busy) this.show(rested(this.shown, performance.now() - since));
  }

  /** Back to idle; the worker stays warm. */
  reset(): void {
    this.stop();
    // Whatever that run still says is no longer ours.
    this.runId++;
    this.show({ ...IDLE, backend: this.shown.backend });
    this.endWhenIdle();
  }

  /** After a lost GPU: the same run again, without the backend that was lost; other cells avoid it from now on too. */
  restartOnNextBackend(): void {
    const lost = this.shown.backend?.name;
    if (lost) this.lostBackends.add(lost);
    this.endWorker();
    if (this.request) this.run(this.request);
  }

  /** Shows a finished run again, for instance after Back. */
  recall(snapshot: RunSnapshot): void {
    if (!this.busy) this.show(snapshot);
  }

  /** Ends the worker at once. What was shown stays, and the next run starts another. */
  release(): void {
    clearTimeout(this.idleTimer);
    this.endWorker();
    if (this.busy) this.showStopped();
  }

  /** A worker keeps the backend that it started with. */
  private endUnfitWorker(): void {
    if (!this.worker) return;
    const backend = this.shown.backend?.name;
    const { preference, refused, kernels } = this.worker;
    const avoided = backend && this.lostBackends.has(backend) && !refused.includes(backend);
    const overruled = kernels.preference !== this.kernels().preference;
    if (preference !== this.options.preference() || avoided || overruled) this.endWorker();
  }

  private kernels(): KernelKnowledge {
    return this.options.kernels?.() ?? KNOWING_NOTHING;
  }

  private send(request: ExperimentRequest): void {
    try {
      this.worker ??= this.startWorker();
      this.worker.sendInputs(request.inputs ?? []);
      const { id: experimentId, params } = request;
      this.unanswered.add(this.runId, { request, startedAt: this.shown.startedAt ?? performance.now() });
      this.worker.post({ type: 'run', runId: this.runId, experimentId, params });
    } catch (error) {
      // With a worker: parameters may hold what cannot be copied.
      this.fail(this.worker ? toFailure(error) : workerRefused(error));
    }
  }

  private startWorker(): WorkerLink {
    const { basePath, readyWithin = READY_WITHIN } = this.options;
    const preference = this.options.preference();
    const worker = new WorkerLink(
      this.options.createWorker(),
      { basePath, preference, refused: [...this.lostBackends], kernels: this.kernels(), readyWithin },
      (message) => this.receive(message),
      (failure) => this.fail(failure),
    );
    if (this.heldSince !== null) worker.post({ type: 'hold', held: true });
    return worker;
  }

  private receive(message: WorkerMessage): void {
    if (message.type === 'memory') this.options.onMemory?.(message.memory);
    else if (message.type === 'prepared') this.onPrepared(message.result);
    else if (message.type === 'trial') this.options.onTrial?.(message);
    else if (message.type === 'lost') this.loseDevice(message.failure);
    else this.receiveOfRun(message);
  }

  private receiveOfRun(message: RunMessage): void {
    const { type, runId } = message;
    // Listeners draw within this task, and the timer comes after them.
    if (type === 'progress') setTimeout(() => this.worker?.post({ type: 'drawn', runId }), 0);
    const ended = type === 'done' || type === 'stopped' || type === 'failed';
    const run = this.unanswered.get(runId);
    if (ended) this.unanswered.ended(runId);
    if (runId !== this.runId) {
      if (ended && this.unanswered.oldest >= this.runId) this.waitNoMore();
      if (type === 'done' && run) this.showSuperseded(message, run.request, run.startedAt);
      return;
    }
    if (this.busy) this.show(afterMessage(this.shown, message, this.request?.params, performance.now()));
    else if (type === 'stopped' || type === 'done') this.addLateFacts(message.facts);
    if (type === 'failed' && FATAL.includes(message.failure.code)) this.endWorker();
    if (ended) this.endWhenIdle();
  }

  /**
   * A run that was done before it could be told of the newest is shown while that is waited for: where a step takes long,
   * a slider would show nothing until it rests.
   */
  private showSuperseded(
    message: Extract<RunMessage, { type: 'done' }>,
    { id, params }: ExperimentRequest,
    startedAt: number,
  ): void {
    if (!this.busy || !this.keepShown || id !== this.request?.id) return;
    this.show(inPassing(this.shown, message, params, startedAt, performance.now()));
  }

  /** The worker is at the newest run now. */
  private waitNoMore(): void {
    if (this.busy && this.shown.label === WAITING) this.show({ ...this.shown, label: null });
  }

  /** Patience is over with a run that was stopped or superseded: the worker goes, and with it whatever it was at. */
  private endByForce(runId: number): void {
    this.endWorker();
    if (!this.busy) return;
    if (runId === this.runId) this.showStopped();
    // Another run was asked for since; it is still to be served.
    else if (this.request) {
      this.waitNoMore();
      this.send(this.request);
    }
  }

  private fail(failure: Failure): void {
    this.endWorker();
    if (this.busy) this.show({ ...this.shown, state: 'failed', failure, endedAt: performance.now() });
  }

  private loseDevice(failure: Failure): void {
    // A run that failed by it, a moment before it was told, has its true cause now.
    const { state, endedAt } = this.shown;
    if (state === 'failed' && endedAt !== null && performance.now() - endedAt < CAUSE_WITHIN)
      this.show({ ...this.shown, failure });
    // Without a run under way nobody need know: the next one starts a worker afresh.
    this.fail(failure);
  }

  private endWhenIdle(): void {
    clearTimeout(this.idleTimer);
    this.idleTimer = setTimeout(() => this.endWorker(), this.options.idleAfter ?? IDLE_AFTER);
  }

  private endWorker(): void {
    this.unanswered.clear();
    this.worker?.end();
    this.worker = null;
    this.options.onMemory?.(null);
  }

  private showStopped(): void {
    this.show({ ...this.shown, state: 'stopped', endedAt: performance.now() });
  }

  /** A run that the page had called stopped by then: what it had shown stays, and must say how it came to be. */
  private addLateFacts(facts: ProvenanceFacts): void {
    const { state, endedAt } = this.shown;
    if (state !== 'stopped' || endedAt === null) return;
    const message = { type: 'stopped', runId: this.runId, facts } as const;
    this.show(afterMessage(this.shown, message, this.request?.params, endedAt));
  }

  private show(next: RunSnapshot): void {
    this.shown = next;
    for (const listener of this.listeners) listener();
  }
}
