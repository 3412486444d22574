/** What the hooks of the notebook hand to the components that draw it. Types only. */
import type { RunRecord } from '@/lib/notebook/run-record';
import type { ActiveBackend } from '@/lib/runtime/backend';
import type { CellState, Failure, Phase, Provenance } from '@/lib/runtime/experiment';

/** One run of one experiment, as a cell sees it. A snapshot: render it, never mutate it. */
export interface ExperimentHandle<Params, Update, Result> {
  /** Of the cell that it runs for. */
  cellId: string;
  /** Follows its sliders by itself: no Run button. */
  reactive: boolean;
  state: CellState;
  /** The parameters have moved since what is shown was made. Lies across every state. */
  stale: boolean;
  phase: Phase | null;
  step: number;
  total: number | null;
  /** What is being done, in words, e.g. "Loading MNIST". */
  label: string | null;
  /** Every update of this run so far, in order; grows at most 8 times a second. */
  updates: readonly Update[];
  latest: Update | null;
  result: Result | null;
  /** The parameters that made `updates` and `result`. */
  ranWith: Params | null;
  failure: Failure | null;
  provenance: Provenance | null;
  /** The backend that runs, once it is known; null for plain mathematics. */
  backend: ActiveBackend | null;
  /** Of this run; while the cell is busy, of the wait, through runs that superseded one another. */
  elapsedSeconds: number;
  /** Estimated, or null when it cannot be known. */
  secondsLeft: number | null;
  run(): void;
  /** With these parameters, which need not have arrived in the cell yet: it must have been set to them. */
  runWith(params: Params): void;
  stop(): void;
  reset(): void;
  /** After a lost GPU: run again on the next backend in the list. */
  restartOnNextBackend(): void;
  /** The run that is shown, as a file to keep; null while there is none. */
  record(): RunRecord | null;
}
