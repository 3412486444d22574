/**
 * The inside of a worker: takes runs one after another, the latest first of all, and answers for each exactly once.
 * Written against a few functions, its ports, so that it is tested without a worker.
 */
import { SecureRandom, SeededRandom } from '@/lib/random';
import { assetUrl, setBasePath } from './assets';
import type { ActiveBackend, BackendName, BackendPreference } from './backend';
import type { AnyExperiment, ExperimentContext, Failure, ProvenanceFacts } from './experiment';
import { PlaygroundError, toFailure } from './failure';
import { holdRuns } from './hold';
import { runBegins } from './idle';
import { type KernelKnowledge, KNOWING_NOTHING } from './kernel-memory';
import { ProgressChannel } from './progress-channel';
import { assertNever, type FromWorker, type RunMessage, type ToWorker, type WorkerMemory } from './protocol';

type RunRequest = Extract<ToWorker, { type: 'run' }>;

/** What a host needs of its surroundings. */
export interface HostPorts {
  post(message: FromWorker): void;
  load(experimentId: string): Promise<AnyExperiment>;
  startBackend(
    preference: BackendPreference,
    refused: readonly BackendName[],
    kernels: KernelKnowledge,
  ): Promise<ActiveBackend>;
  /** Called once a backend runs; `lost` is to be called when its device is gone. */
  watchDevice(lost: (failure: Failure) => void): void;
  /** Asks the device itself: what befell it, or null if it still answers. A loss may not have been told yet. */
  askDevice(): Promise<Failure | null>;
  /** Null where nobody wants to know. */
  memory(): WorkerMemory | null;
}

const MEMORY_EVERY_MS = 1000;
/** Why a run was aborted: not by Stop, but because the page wants something newer. */
const SUPERSEDED = new DOMException('A newer run was asked for.', 'AbortError');
/** A device that does not say by then whether it is lost is not blamed. */
const ASK_WITHIN_MS = 5000;

/** Waits for `work`, but no longer than until Stop. The work itself goes on: a backend half started is not wasted. */
function unlessStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stopped = () => reject(signal.reason);
    if (signal.aborted) stopped();
    signal.addEventListener('abort', stopped, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stopped));
  });
}

/** Randomness for a run, and a note of which kind it took. One seeded draw makes a run reproducible, not private. */
function witnessedRandom(): { random: ExperimentContext<never>['random']; facts(): ProvenanceFacts } {
  let facts: ProvenanceFacts = {};
  return {
    random: {
      secure() {
        if (facts.noise !== 'seeded') facts = { noise: 'cryptographic' };
        return new SecureRandom();
      },
      seeded(seed) {
        facts = { noise: 'seeded', seed };
        return new SeededRandom(seed);
      },
    },
    facts: () => facts,
  };
}

export class WorkerHost {
  private backend: Promise<ActiveBackend> | null = null;
  private preference: BackendPreference = 'auto';
  private refused: readonly BackendName[] = [];
  private kernels = KNOWING_NOTHING;
  private readonly inputs = new Map<string, unknown>();
  private current: { runId: number; abort: AbortController; progress: ProgressChannel } | null = null;
  private next: RunRequest | null = null;
  private draining = false;
  /** Messages so far. */
  private heard = 0;
  private lost: Failure | null = null;
  /** Called when the loss of the device is told. */
  private onLost: (failure: Failure) => void = () => {};
  private memorySent = Number.NEGATIVE_INFINITY;

  constructor(private readonly ports: HostPorts) {}

  receive(message: ToWorker): void {
    this.heard++;
    switch (message.type) {
      case 'init':
        setBasePath(message.basePath);
        this.preference = message.preference;
        this.refused = message.refused;
        this.kernels = message.kernels;
        // The page lists the workers that are alive, also those that never make a tensor.
        this.postMemory();
        return;
      case 'input':
        this.inputs.set(message.key, message.value);
        return;
      case 'forget':
        this.inputs.delete(message.key);
        return;
      case 'run':
        // Latest wins: what waited is dropped, what runs is told to give way.
        this.dropNext();
        this.next = message;
        this.current?.abort.abort(SUPERSEDED);
        void this.drain();
        return;
      case 'stop':
        if (this.next?.runId === message.runId) this.dropNext();
        if (this.current?.runId === message.runId) this.current.abort.abort();
        return;
      case 'hold':
        holdRuns(message.held);
        return;
      case 'prepare':
        void this.prepare(message);
        return;
      case 'drawn':
        if (this.current?.runId === message.runId) this.current.progress.drawn();
        return;
      default:
        assertNever(message);
    }
  }

  /** Whatever goes wrong goes wrong again, and is told, in the run that wants it. */
  private async prepare({ experimentId, params }: Extract<ToWorker, { type: 'prepare' }>): Promise<void> {
    try {
      const experiment = await this.ports.load(experimentId);
      const result = await experiment.run(experiment.params.parse(params), {
        signal: new AbortController().signal,
        report: () => {},
        describe: () => {},
        input: <T>(key: string) => this.input(key) as T,
        random: witnessedRandom().random,
        backend: null,
        assetUrl,
      });
      this.post({ type: 'prepared', experimentId, result });
    } catch {}
  }

  private dropNext(): void {
    if (this.next) this.post({ type: 'stopped', runId: this.next.runId, facts: {} });
    this.next = null;
  }

  private async drain(): Promise<void> {
    if (this.draining) return;
    this.draining = true;
    while (this.next) {
      await this.hearAll();
      // Stop may have come meanwhile.
      const request = this.next;
      if (!request) break;
      this.next = null;
      const abort = new AbortController();
      const progress = this.progressOf(request.runId);
      this.current = { runId: request.runId, abort, progress };
      const over = runBegins();
      const answer = await this.execute(request, abort.signal, progress).finally(over);
      this.post(answer);
      this.postMemory();
      this.current = null;
    }
    this.draining = false;
  }

  /**
   * Lets in what was said while a run computed in one piece, as WebAssembly and plain JavaScript do. Without this every
   * position of a slider would be computed, one after another, long after it was left.
   */
  private async hearAll(): Promise<void> {
    for (let before = -1; before !== this.heard; ) {
      before = this.heard;
      await new Promise((resume) => setTimeout(resume));
    }
  }

  private progressOf(runId: number): ProgressChannel {
    return new ProgressChannel((batch) => {
      this.post({ type: 'progress', runId, ...batch });
      if (performance.now() - this.memorySent > MEMORY_EVERY_MS) this.postMemory();
    });
  }

  /** One run, from its parameters to its last word. */
  private async execute(
    { runId, experimentId, params }: RunRequest,
    signal: AbortSignal,
    progress: ProgressChannel,
  ): Promise<RunMessage> {
    const { random, facts: witnessed } = witnessedRandom();
    let described: ProvenanceFacts = {};
    let updates = 0;
    const facts = (): ProvenanceFacts => ({ ...witnessed(), ...described });
    try {
      const experiment = await unlessStopped(this.ports.load(experimentId), signal);
      const checked = experiment.params.parse(params);
      let backend: ActiveBackend | null = null;
      const needs = (await experiment.needsFor?.(checked)) ?? experiment.needs;
      if (needs === 'tensors') {
        if (!this.backend)
          progress.report({ phase: 'compile', step: 0, total: null, label: 'Starting the backend' });
        backend = await unlessStopped(this.ensureBackend(), signal);
        this.post({ type: 'backend', runId, backend });
      }
      const result = await experiment.run(checked, {
        signal,
        report: (report) => {
          if (report.update !== undefined) updates++;
          if (!signal.aborted) progress.report(report);
        },
        describe: (more) => {
          described = { ...described, ...more };
          if (more.charged) this.post({ type: 'charged', runId, charged: more.charged });
        },
        input: <T>(key: string) => this.input(key) as T,
        random,
        backend,
        assetUrl,
      });
      // A superseded run that was done all the same is worth showing, unless a part of what it had to tell was held back.
      if (signal.reason !== SUPERSEDED || updates > 0) signal.throwIfAborted();
      progress.close();
      return { type: 'done', runId, result, facts: facts() };
    } catch (error) {
      progress.close();
      // Not every AbortError is a Stop: a lost device aborts what was being read from it.
      if (signal.aborted) return { type: 'stopped', runId, facts: facts() };
      return { type: 'failed', runId, failure: (await this.deviceLoss()) ?? toFailure(error) };
    }
  }

  /**
   * Whether the device is behind a failure. An operation on a lost device fails before the loss is told, under load by
   * seconds: so the device is asked, and what comes first counts, its answer or the news.
   */
  private async deviceLoss(): Promise<Failure | null> {
    if (this.lost || !this.backend) return this.lost;
    const told = new Promise<Failure>((tell) => {
      this.onLost = tell;
    });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<null>((end) => {
      timer = setTimeout(() => end(null), ASK_WITHIN_MS);
    });
    return Promise.race([told, this.ports.askDevice(), patience]).finally(() => clearTimeout(timer));
  }

  private input(key: string): unknown {
    if (!this.inputs.has(key))
      throw new PlaygroundError(
        'input-missing',
        `The picture “${key}” is no longer in memory.`,
        'Choose the picture again.',
      );
    return this.inputs.get(key);
  }

  private ensureBackend(): Promise<ActiveBackend> {
    this.backend ??= this.ports.startBackend(this.preference, this.refused, this.kernels).then(
      (backend) => {
        this.ports.watchDevice((failure) => {
          this.lost = failure;
          this.onLost(failure);
          this.post({ type: 'lost', failure });
        });
        return backend;
      },
      (error) => {
        // A failed start is not remembered: the next run tries again.
        this.backend = null;
        throw error;
      },
    );
    return this.backend;
  }

  private post(message: FromWorker): void {
    try {
      this.ports.post(message);
    } catch (error) {
      // A result that cannot be copied to the page is the experiment's mistake, and still an answer.
      if (message.type !== 'done') throw error;
      this.ports.post({ type: 'failed', runId: message.runId, failure: toFailure(error) });
    }
  }

  private postMemory(): void {
    const memory = this.ports.memory();
    if (!memory) return;
    this.memorySent = performance.now();
    this.post({ type: 'memory', memory });
  }
}
