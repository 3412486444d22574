/**
 * What page and worker say to each other. Every message of a run carries its id, so that a late word of an old run is
 * recognised and dropped. Each run ends exactly once: `done`, `stopped` or `failed`.
 */
import type { ChargedRelease } from '@/lib/ledger';
import type { ActiveBackend, BackendName, BackendPreference } from './backend';
import type { Failure, Phase, ProvenanceFacts } from './experiment';
import type { KernelKnowledge, Trial } from './kernel-memory';

export type { BackendPreference };

export type ToWorker =
  /** The first message: what the worker cannot find out by itself. */
  | {
      type: 'init';
      basePath: string;
      preference: BackendPreference;
      refused: readonly BackendName[];
      kernels: KernelKnowledge;
    }
  /** Something large that runs refer to by its key (a picture). The page decides how long it is kept. */
  | { type: 'input'; key: string; value: unknown }
  | { type: 'forget'; key: string }
  | { type: 'run'; runId: number; experimentId: string; params: unknown }
  | { type: 'stop'; runId: number }
  /** Runs rest, or go on, until told otherwise. */
  | { type: 'hold'; held: boolean }
  /** An experiment whose fruit is what it leaves ready for runs to come. It takes no turn; failing it says nothing. */
  | { type: 'prepare'; experimentId: string; params: unknown }
  /** The page has drawn the last progress: it is ready for more. */
  | { type: 'drawn'; runId: number };

/** Of a run. */
export type RunMessage =
  | { type: 'backend'; runId: number; backend: ActiveBackend }
  | ({ type: 'progress'; runId: number } & ProgressBatch)
  | { type: 'done'; runId: number; result: unknown; facts: ProvenanceFacts }
  /** The ledger has been charged: the page can say what the run under way costs. */
  | { type: 'charged'; runId: number; charged: ChargedRelease }
  /** With what there is so far: the updates of a stopped run stay on the page, and must say how they came to be. */
  | { type: 'stopped'; runId: number; facts: ProvenanceFacts }
  | { type: 'failed'; runId: number; failure: Failure };

export type FromWorker =
  | RunMessage
  /** The first message: from here on it listens. What was said before might have been lost. */
  | { type: 'ready' }
  /** The device is gone: this worker cannot compute any more, whether a run was under way or not. */
  | { type: 'lost'; failure: Failure }
  /** What was to be made ready is; with what was found on the way. */
  | { type: 'prepared'; experimentId: string; result: unknown }
  /** Kernels were tried: to be remembered. */
  | ({ type: 'trial' } & Trial)
  | { type: 'memory'; memory: WorkerMemory };

export interface ProgressBatch {
  phase: Phase;
  step: number;
  total: number | null;
  label: string | null;
  /** All updates since the last message: none is dropped, however fast they came. */
  updates: unknown[];
}

/** For the info panel. */
export interface WorkerMemory {
  tensors: number;
  tensorBytes: number;
}

export function assertNever(value: never): never {
  throw new Error(`unforeseen: ${JSON.stringify(value)}`);
}
