/**
 * One worker of a cell, from its start to its end: what is said before it listens is kept for it, large inputs go to it
 * once, and its breaking off is told with a remedy. It keeps the backend that it started with.
 */
import type { BackendName, BackendPreference } from './backend';
import type { Failure } from './experiment';
import { toFailure } from './failure';
import type { KernelKnowledge } from './kernel-memory';
import type { FromWorker, ToWorker } from './protocol';

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

export interface WorkerStart {
  basePath: string;
  preference: BackendPreference;
  /** Backends that it does not take. */
  refused: readonly BackendName[];
  kernels: KernelKnowledge;
  /** Milliseconds it may take to load and listen. */
  readyWithin: number;
}

/** What a worker says, once it listens. */
export type WorkerMessage = Exclude<FromWorker, { type: 'ready' }>;

/** Pictures kept in a worker for runs to come. */
const KEPT_INPUTS = 8;

export class WorkerLink {
  readonly preference: BackendPreference;
  readonly refused: readonly BackendName[];
  /** What was known and asked for when it started. */
  readonly kernels: KernelKnowledge;
  /** What is to be said once the worker listens; null when it does. */
  private outbox: ToWorker[] | null = [];
  private readonly readyTimer: ReturnType<typeof setTimeout>;
  /** Keys of the inputs that the worker holds, the one unused for longest first. */
  private readonly sentInputs = new Set<string>();
  private ended = false;

  constructor(
    private readonly worker: WorkerLike,
    { basePath, preference, refused, kernels, readyWithin }: WorkerStart,
    private readonly heard: (message: WorkerMessage) => void,
    private readonly broke: (failure: Failure) => void,
  ) {
    this.preference = preference;
    this.refused = refused;
    this.kernels = kernels;
    this.readyTimer = setTimeout(() => this.crash('it did not start in time'), readyWithin);
    worker.onmessage = ({ data }) => this.receive(data);
    worker.onerror = (event) => {
      event.preventDefault?.();
      this.crash(event.message || 'it could not be started');
    };
    worker.onmessageerror = () => this.crash('one of its messages could not be read');
    this.post({ type: 'init', basePath, preference, refused, kernels });
  }

  /** @throws if the message cannot be copied */
  post(message: ToWorker): void {
    if (this.outbox) this.outbox.push(message);
    else this.worker.postMessage(message);
  }

  /** Sends those that the worker does not hold, and lets it forget what has long been unused. */
  sendInputs(inputs: NonNullable<ExperimentRequest['inputs']>): void {
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

  /** At once, whatever it is at. Nothing is heard of it any more. */
  end(): void {
    this.ended = true;
    clearTimeout(this.readyTimer);
    this.worker.terminate();
  }

  private receive(message: FromWorker): void {
    if (this.ended) return;
    if (message.type === 'ready') this.flushOutbox();
    else this.heard(message);
  }

  private flushOutbox(): void {
    clearTimeout(this.readyTimer);
    const waiting = this.outbox ?? [];
    this.outbox = null;
    try {
      for (const message of waiting) this.worker.postMessage(message);
    } catch (error) {
      this.broke(toFailure(error));
    }
  }

  private crash(reason: string): void {
    if (this.ended) return;
    this.broke({
      code: 'worker-crashed',
      message: `The worker of this cell broke off (${reason}).`,
      remedy: 'Run again: it starts afresh. If it happens again, close other tabs or choose a smaller size.',
    });
  }
}
