/**
 * The one door to long work. A cell asks for an experiment by a plain value `{ id, params }`; a worker runs it.
 *
 * Lessons, code cells, embeds, exports and tests all go through this contract.
 */
import type * as z from 'zod';
import type { ChargedRelease } from '@/lib/ledger';
import type { RandomSource } from '@/lib/random';
import type { ActiveBackend } from './backend';

/** What a long run is doing. Download and compile are phases of their own, because a learner waits for each differently. */
export type Phase = 'download' | 'compile' | 'run';

/**
 * A typed progress report.
 * `step` never falls and `total` never changes within one phase. `update` is what the cell draws.
 */
export interface Progress<Update> {
  phase: Phase;
  /** Steps done so far, 0 … total. */
  step: number;
  /** Steps in all, or null when it cannot be known. */
  total: number | null;
  /** What is being done, in a few words for a person: "Loading MNIST". */
  label?: string;
  update?: Update;
}

export interface ExperimentContext<Update> {
  /** Aborted by Stop and by a newer request. Everything long honours it within 200 ms. */
  signal: AbortSignal;
  /** Reports progress. May be called at any rate: the channel thins it to 8 a second, and never drops the last. */
  report(progress: Progress<Update>): void;
  /** States how the numbers come to be: noise, seed, accountant, ε, data set. Later calls add to earlier ones. */
  describe(facts: ProvenanceFacts): void;
  /** Something the page sent ahead of the run (a picture), by its content key. Throws an `input-missing` failure. */
  input<T>(key: string): T;
  /** Randomness is passed in: cryptographic for privacy, or keyed by a seed for teaching. */
  random: {
    secure(): RandomSource;
    seeded(seed: number): RandomSource;
  };
  /** The verified, self-tested backend. Only for experiments that declare `needs: 'tensors'`. */
  backend: ActiveBackend | null;
  /** The address of a file of our own, whatever sub-path the site is served from. */
  assetUrl(path: string): string;
}

/** `maths` runs at once without tfjs; `tensors` waits for a backend. */
export type Needs = 'maths' | 'tensors';

export interface Experiment<Params, Update, Result> {
  id: string;
  needs: Needs;
  /** With these parameters, where it may be less. */
  needsFor?(params: Params): Promise<Needs>;
  params: z.ZodType<Params>;
  run(params: Params, context: ExperimentContext<Update>): Promise<Result>;
}

/** The states of a cell. `stale` is not one of them: it lies across all. */
export type CellState = 'idle' | 'preparing' | 'running' | 'done' | 'stopped' | 'failed';

/** How a number came to be. Every figure on the site can show this. */
export interface Provenance {
  /** Live from this browser, or recorded from a real run elsewhere (and then where). */
  origin: 'live' | 'recorded';
  backend: string | null;
  adapter: string | null;
  /** True for SwiftShader, llvmpipe and the like. */
  softwareGpu: boolean;
  noise: 'cryptographic' | 'seeded' | 'none';
  seed: number | null;
  accountant: string | null;
  epsilon: number | null;
  delta: number | null;
  dataset: string | null;
  /**
   * Gradients of examples, or updates of clients, that were infinite or no number and counted as zero, over all steps; left out where
   * there were none. Depends on who took part: not covered by ε.
   */
  zeroed?: number;
  /** What the ledger was charged for it; left out where it was charged nothing. */
  charged?: ChargedRelease | null;
  /** ISO 8601. */
  finishedAt: string;
  seconds: number;
  version: string;
}

/** What only the experiment knows of its provenance, a backend of its own among it; the rest is added around it. */
export type ProvenanceFacts = Partial<
  Pick<
    Provenance,
    | 'backend'
    | 'adapter'
    | 'softwareGpu'
    | 'noise'
    | 'seed'
    | 'accountant'
    | 'epsilon'
    | 'delta'
    | 'dataset'
    | 'zeroed'
    | 'charged'
  >
>;

/** An error a person can act on, in a form that crosses a worker boundary. */
export interface Failure {
  /** One code a cause: `device-lost`, `checkpoint-unsupported`, `parameter-out-of-range`, … */
  code: string;
  /** What happened. */
  message: string;
  /** What to do next. */
  remedy: string;
}

// biome-ignore lint/suspicious/noExplicitAny: each experiment checks its own parameters with its schema
export type AnyExperiment = Experiment<any, any, any>;

/** By their ids, each loaded when it is first run. */
export type Experiments = Readonly<Record<string, () => Promise<AnyExperiment>>>;
