/**
 * The page's side of a cell's worker: one worker a cell, kept warm between runs; the latest request wins. A run that was
 * told to stop and does not is ended by force; one that was superseded may finish the step it is at, because a worker that
 * goes takes its loaded network with it, and a slider on a slow device would have it loaded again for ever. A snapshot of
 * the run can be subscribed to; it is replaced, never mutated.
 */
import type { BackendName, BackendPreference } from './backend';
import type { Failure, ProvenanceFacts } from './experiment';
import { toFailure } from './failure';
import type { FromWorker, RunMessage, ToWorker, WorkerMemory } from './protocol';
import { afterMessage, begin, IDLE, inPassing, isBusy, type RunSnapshot } from './run-snapshot';

export interface ExperimentRequest {
  id: string;
  params: unknown;
  /** Large values that `params` name by key; each goes to a worker once. */
  inputs?: readonly { key: string; value: unknown }[];
}

/** The part of `Worker` that is used, so that tests can stand in. */
export interface WorkerLike {
  postMessage(message: ToWorker): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
}

export interface RunnerOptions {
  createWorker(): WorkerLike;
  basePath: string;
  preference(): BackendPreference;
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

type Timer = ReturnType<typeof setTimeout>;

/** A run that the worker has not answered for yet. */
interface Unanswered {
  request: ExperimentRequest;
  startedAt: number;
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
/** Pictures kept in a worker for runs to come. */
const KEPT_INPUTS = 8;
/** Failures after which nothing that a worker computes can be relied on. */
const FATAL: readonly string[] = ['device-lost', 'gpu-error', 'out-of-memory'];

export class CellRunner {
  private worker: WorkerLike | null = null;
  /** What is to be said once the worker listens; null when it does. */
  private outbox: ToWorker[] | null = null;
  private readyTimer: Timer | undefined;
  private workerPreference: BackendPreference = 'auto';
  private workerRefuses: readonly BackendName[] = [];
  private shown: RunSnapshot = IDLE;
  private readonly listeners = new Set<() => void>();
  private runId = 0;
  private request: ExperimentRequest | null = null;
  /** Keys of the inputs that the worker holds, the one unused for longest first. */
  private readonly sentInputs = new Set<string>();
  private readonly lostBackends: LostBackends;
  /** The worker is at one of them at most; those between it and the newest are dropped there. */
  private readonly unanswered = new Map<number, Unanswered>();
  /** Runs that were told to stop, each with the moment when patience ends. */
  private readonly stopping = new Map<number, Timer>();
  /** The oldest of those unanswered that something newer waits for, and the moment when patience with it ends. */
  private givingWay: { runId: number; timer: Timer } | null = null;
  private keepShown = false;
  private idleTimer: Timer | undefined;

  constructor(private readonly options: RunnerOptions) {
    this.lostBackends = options.lostBackends ?? new Set();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): RunSnapshot => this.shown;

  get busy(): boolean {
    return isBusy(this.shown);
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
    this.expectWay();
    this.send(request);
  }

  /** Asks the run to stop: on the page it has within 200 ms; its worker is ended if it has not within two seconds. */
  stop(): void {
    if (!this.busy) return;
    const { runId } = this;
    this.post({ type: 'stop', runId });
    this.expectStop();
    setTimeout(() => {
      if (this.runId === runId && this.busy) this.showStopped();
    }, STOPPED_AFTER);
  }

  /** Back to idle; the worker stays warm. */
  reset(): void {
    this.stop();
    // Whatever that run still says is no longer ours.
    this.runId++;
    this.show({ ...IDLE, backend: this.shown.backend });
    this.rest();
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
    const backend = this.shown.backend?.name;
    const avoided = backend && this.lostBackends.has(backend) && !this.workerRefuses.includes(backend);
    const preferred = this.options.preference() === this.workerPreference;
    if (this.worker && (!preferred || avoided)) this.endWorker();
  }

  private send(request: ExperimentRequest): void {
    try {
      if (!this.worker) this.startWorker(this.options.preference());
      this.sendInputs(request.inputs ?? []);
      const { id: experimentId, params } = request;
      this.unanswered.set(this.runId, { request, startedAt: this.shown.startedAt ?? performance.now() });
      this.post({ type: 'run', runId: this.runId, experimentId, params });
    } catch (error) {
      // A sandboxed frame may not start workers at all; parameters may hold what cannot be copied.
      this.fail(
        this.worker
          ? toFailure(error)
          : {
              code: 'worker-refused',
              message: `This page may not start a worker (${error instanceof Error ? error.message : error}).`,
              remedy:
                'Open the lesson in a window of its own; an embed needs allow-scripts and allow-same-origin.',
            },
      );
    }
  }

  private sendInputs(inputs: NonNullable<ExperimentRequest['inputs']>): void {
    for (const { key, value } of inputs) {
      if (!this.sentInputs.delete(key)) this.post({ type: 'input', key, value });
      this.sentInputs.add(key);
    }
    const spare = [...this.sentInputs].slice(0, -Math.max(KEPT_INPUTS, inputs.length));
    for (const key of spare) {
      this.sentInputs.delete(key);
      this.post({ type: 'forget', key });
    }
  }

  private startWorker(preference: BackendPreference): void {
    const worker = this.options.createWorker();
    this.worker = worker;
    this.workerPreference = preference;
    this.workerRefuses = [...this.lostBackends];
    this.outbox = [];
    this.readyTimer = setTimeout(
      () => this.crash('it did not start in time'),
      this.options.readyWithin ?? READY_WITHIN,
    );
    const mine = () => this.worker === worker;
    worker.onmessage = (event) => mine() && this.receive(event.data);
    worker.onerror = (event) => {
      event.preventDefault?.();
      if (mine()) this.crash(event.message || 'it could not be started');
    };
    worker.onmessageerror = () => mine() && this.crash('one of its messages could not be read');
    const { basePath } = this.options;
    this.post({ type: 'init', basePath, preference, refused: this.workerRefuses });
  }

  private post(message: ToWorker): void {
    if (this.outbox) this.outbox.push(message);
    else this.worker?.postMessage(message);
  }

  private listens(): void {
    clearTimeout(this.readyTimer);
    const waiting = this.outbox ?? [];
    this.outbox = null;
    try {
      for (const message of waiting) this.worker?.postMessage(message);
    } catch (error) {
      this.fail(toFailure(error));
    }
  }

  private receive(message: FromWorker): void {
    if (message.type === 'ready') {
      this.listens();
      return;
    }
    if (message.type === 'memory') {
      this.options.onMemory?.(message.memory);
      return;
    }
    if (message.type === 'lost') {
      this.lost(message.failure);
      return;
    }
    if (message.type === 'progress') this.answer(message.runId);
    const ended = message.type === 'done' || message.type === 'stopped' || message.type === 'failed';
    const run = this.unanswered.get(message.runId);
    if (ended) this.hasEnded(message.runId);
    if (message.runId !== this.runId) {
      this.lateWord(message, run);
      return;
    }
    if (this.busy) this.show(afterMessage(this.shown, message, this.request?.params, performance.now()));
    else if (message.type === 'stopped' || message.type === 'done') this.endedLate(message.facts);
    if (message.type === 'failed' && FATAL.includes(message.failure.code)) this.endWorker();
    if (ended) this.rest();
  }

  /** Tells the worker when this progress is drawn: listeners draw within this task, and the timer comes after them. */
  private answer(runId: number): void {
    setTimeout(() => this.post({ type: 'drawn', runId }), 0);
  }

  /**
   * Of a superseded run. One that was done before it could be told is shown while the newest is waited for: where a step
   * takes long, a slider would show nothing until it rests.
   */
  private lateWord(message: RunMessage, run: Unanswered | undefined): void {
    if (message.type !== 'done' || !run || !this.busy || !this.keepShown) return;
    if (run.request.id !== this.request?.id) return;
    this.show(inPassing(this.shown, message, run.request.params, run.startedAt, performance.now()));
  }

  /** The current run has been told to stop, and with it whatever the worker is still at. */
  private expectStop(): void {
    const { runId } = this;
    if (!this.worker || this.stopping.has(runId)) return;
    this.stopping.set(
      runId,
      setTimeout(() => this.force(runId), this.options.stopWithin ?? STOP_WITHIN),
    );
  }

  /** What the worker is at has been superseded. Dragging on and on must not put off the end. */
  private expectWay(): void {
    if (this.givingWay || this.unanswered.size === 0) return;
    const runId = Math.min(...this.unanswered.keys());
    const timer = setTimeout(() => this.force(runId), this.options.giveWayWithin ?? GIVE_WAY_WITHIN);
    this.givingWay = { runId, timer };
  }

  private gaveWay(): void {
    clearTimeout(this.givingWay?.timer);
    this.givingWay = null;
  }

  private hasEnded(runId: number): void {
    this.unanswered.delete(runId);
    if (runId === this.givingWay?.runId) {
      this.gaveWay();
      if (this.unanswered.size > 1) this.expectWay();
    }
    const oldest = Math.min(...this.unanswered.keys());
    for (const [stopped, timer] of this.stopping)
      if (stopped < oldest) {
        clearTimeout(timer);
        this.stopping.delete(stopped);
      }
    if (runId !== this.runId && oldest >= this.runId) this.waitsNoMore();
  }

  private waitsNoMore(): void {
    if (this.busy && this.shown.label === WAITING) this.show({ ...this.shown, label: null });
  }

  /** Patience is over with a run that was stopped or superseded: the worker goes, and with it whatever it was at. */
  private force(runId: number): void {
    this.endWorker();
    if (!this.busy) return;
    if (runId === this.runId) this.showStopped();
    // Another run was asked for since; it is still to be served.
    else if (this.request) {
      this.waitsNoMore();
      this.send(this.request);
    }
  }

  private crash(reason: string): void {
    this.fail({
      code: 'worker-crashed',
      message: `The worker of this cell broke off (${reason}).`,
      remedy: 'Run again: it starts afresh. If it happens again, close other tabs or choose a smaller size.',
    });
  }

  private fail(failure: Failure): void {
    this.endWorker();
    if (this.busy) this.show({ ...this.shown, state: 'failed', failure, endedAt: performance.now() });
  }

  /** The device of the worker is gone. */
  private lost(failure: Failure): void {
    // A run that failed by it, a moment before it was told, has its true cause now.
    const { state, endedAt } = this.shown;
    if (state === 'failed' && endedAt !== null && performance.now() - endedAt < CAUSE_WITHIN)
      this.show({ ...this.shown, failure });
    // Without a run under way nobody need know: the next one starts a worker afresh.
    this.fail(failure);
  }

  private rest(): void {
    clearTimeout(this.idleTimer);
    this.idleTimer = setTimeout(() => this.endWorker(), this.options.idleAfter ?? IDLE_AFTER);
  }

  private endWorker(): void {
    for (const timer of this.stopping.values()) clearTimeout(timer);
    this.stopping.clear();
    this.gaveWay();
    this.unanswered.clear();
    clearTimeout(this.readyTimer);
    this.sentInputs.clear();
    this.outbox = null;
    this.worker?.terminate();
    this.worker = null;
    this.options.onMemory?.(null);
  }

  private showStopped(): void {
    this.show({ ...this.shown, state: 'stopped', endedAt: performance.now() });
  }

  /** A run that the page had called stopped by then: what it had shown stays, and must say how it came to be. */
  private endedLate(facts: ProvenanceFacts): void {
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
