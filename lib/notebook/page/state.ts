/** What a page remembers, as one value that is replaced with every change. */
import type { StoreApi } from 'zustand/vanilla';
import type { ChargedRelease } from '@/lib/ledger';
import type { CellState } from '@/lib/runtime/experiment';
import type { ParameterValue } from '../parameters';
import type { Values } from './declared';

/** A cell as the run bar and the page-level commands see it. */
export interface CellEntry {
  id: string;
  title: string;
  /** It follows its sliders by itself: nobody pressed Run. */
  follows: boolean;
  state: CellState;
  /** The parameters have moved since what it shows was made. */
  stale: boolean;
  step: number;
  total: number | null;
  secondsLeft: number | null;
  /** What the run under way was charged for; null until it is, and where it costs nothing. */
  charged: ChargedRelease | null;
}

/** What a cell's worker holds, for the info panel. */
export interface WorkerEntry {
  cellId: string;
  backend: string | null;
  adapter: string | null;
  softwareGpu: boolean;
  tensors: number;
  tensorBytes: number;
}

export interface NotebookState {
  /** Only what was set; the rest is at its default. */
  values: Readonly<Values>;
  /** Grows with all that a reader does to the settings: moves, types, resets, opens a link, undoes. */
  acts: number;
  /** Values that stand for an exact one still under way, by name: never better for the learner than that one will be. */
  provisional: readonly string[];
  /** What was changed in the link or a field to bring it into range. */
  notes: readonly string[];
  /** In the order in which they appeared. */
  cells: readonly CellEntry[];
  /** How many cells are still to come in a Run all. */
  queued: number;
  /** Cells that rest while the page is hidden, by their ids. A cell that comes back is still among them. */
  pausedWhenHidden: readonly string[];
  /** Which settings a cell shows, as long as it shows them: one entry for each of its panels. */
  settingsOf: readonly { cellId: string; names: readonly string[] }[];
  /** By the name of a setting: the cell in which a reader moved it last, and where to. */
  moved: Readonly<Record<string, { cellId: string; value: ParameterValue }>>;
  /** Workers that are alive. */
  workers: readonly WorkerEntry[];
  /** The address has been read: cells may run by themselves from here on. */
  ready: boolean;
  /** Grows with every Back or Forward, so that cells look for the results of the run they are back at. */
  returns: number;
}

export type NotebookStore = StoreApi<NotebookState>;

export const EMPTY_PAGE: NotebookState = {
  values: {},
  acts: 0,
  provisional: [],
  notes: [],
  cells: [],
  queued: 0,
  pausedWhenHidden: [],
  settingsOf: [],
  moved: {},
  workers: [],
  ready: false,
  returns: 0,
};
