'use client';

import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { recordDeed } from '@/components/site/progress-store';
import { spawnWorker } from '@/components/worker/spawn';
import { whenHidden } from '@/lib/notebook/hidden';
import { type Address, browserAddress, type Mirror, mirrorInAddress } from '@/lib/notebook/history';
import { withFixed } from '@/lib/notebook/page/fixed';
import type { NotebookState } from '@/lib/notebook/page/state';
import type { Setting } from '@/lib/notebook/page/values';
import type { Deed } from '@/lib/notebook/progress';
import { RunMemory } from '@/lib/notebook/run-memory';
import { createNotebook, type Notebook } from '@/lib/notebook/store';
import { basePath, CellRunner, type RunSnapshot } from '@/lib/runtime';
import { kernelKnowledge, rememberTrial } from '@/lib/runtime/kernel-memory';
import { backendPreference, lostBackends } from '@/lib/runtime/preference';
import { type PlannedCharge, PlannedCharges } from './planned-charges';

/** A run that has come to its end, or broke off after it was charged, with the settings that it began with. */
export interface EndedRun {
  cellId: string;
  title: string;
  /** The cell follows its sliders by itself. */
  follows: boolean;
  settings: readonly { label: string; value: string }[];
  /** All settings, those at their defaults too. */
  every: readonly Setting[];
  snapshot: RunSnapshot;
}

export interface NotebookContextValue {
  slug: string;
  notebook: Notebook;
  /** A cell's title, also that of a cell which stands elsewhere on the site. */
  titleOf(cellId: string): string;
  /** The id of a cell's element on the whole page, and its name in the run bar: a notebook of one's own may have a cell twice. */
  elementId(cellId: string): string;
  /** The address of its lesson, where a link to a cell's settings leads if the cell stands elsewhere; null in the lesson itself. */
  lessonAddress: string | null;
  /** Hears of every run that is done, and of those that broke off after they were charged. */
  runEnded(run: EndedRun): void;
  /** What runs with the settings on the screen would be charged. */
  planned: PlannedCharges;
  /** The runner of a cell, made on first use. Its worker lives while it works, and a while longer. */
  runner(cellId: string): CellRunner;
  memory: RunMemory<RunSnapshot>;
  /** A run starts: the address gets an entry for it. */
  runStarted(): void;
  /** Ticks off what the learner did, where this page keeps progress. */
  tickOff(deed: Deed): void;
  /** Nothing runs here: the page only shows its controls. */
  frozen: boolean;
  /** Link keys of settings that whoever embeds this page has hidden. */
  hiddenKeys: ReadonlySet<string>;
  /** Link keys of settings that stay as they are. */
  fixedKeys: ReadonlySet<string>;
}

const NotebookContext = createContext<NotebookContextValue | null>(null);

/** A notebook inside of another: its own settings, while the page's run bar and commands know its cells too. */
function within(outer: Notebook, elementId: (cellId: string) => string): Notebook {
  const own = createNotebook();
  return {
    ...own,
    addCell(entry, commands) {
      const ends = [
        own.addCell(entry, commands),
        outer.addCell({ ...entry, id: elementId(entry.id) }, commands),
      ];
      return () => {
        for (const end of ends) end();
      };
    },
    updateCell(id, change) {
      own.updateCell(id, change);
      outer.updateCell(elementId(id), change);
    },
    updateWorker(cellId, worker) {
      own.updateWorker(cellId, worker);
      outer.updateWorker(elementId(cellId), worker);
    },
    pauseWhenHidden(id, pauses) {
      own.pauseWhenHidden(id, pauses);
      outer.pauseWhenHidden(elementId(id), pauses);
    },
  };
}

function makeRunner(cellId: string, notebook: Notebook): CellRunner {
  const runner: CellRunner = new CellRunner({
    createWorker: () => spawnWorker(cellId),
    basePath: basePath(),
    preference: backendPreference,
    kernels: kernelKnowledge,
    onTrial: rememberTrial,
    lostBackends,
    onMemory(memory) {
      const { name, adapter, softwareGpu } = runner.snapshot().backend ?? NO_BACKEND;
      notebook.updateWorker(cellId, memory && { backend: name, adapter, softwareGpu, ...memory });
    },
  });
  return runner;
}

const NO_BACKEND = { name: null, adapter: null, softwareGpu: false };

type Options = Required<
  Pick<NotebookProviderProps, 'slug' | 'titles' | 'frozen' | 'hiddenKeys' | 'keepsProgress'>
> &
  Pick<NotebookProviderProps, 'place' | 'lessonAddress' | 'onEnded' | 'fixed'>;

function createContextValue(
  { slug, titles, frozen, hiddenKeys, keepsProgress, place, lessonAddress, onEnded, fixed }: Options,
  mirror: { current: Mirror | null },
  outer: NotebookContextValue | null,
): NotebookContextValue {
  const elementId = (cellId: string) => (place === undefined ? cellId : `${cellId}-${place}`);
  const made = place !== undefined && outer ? within(outer.notebook, elementId) : createNotebook();
  const fixedKeys = fixed ? new Set(fixed.keys) : NOTHING_HIDDEN;
  const notebook = withFixed(made, fixedKeys, fixed?.settings ?? '');
  const runners = new Map<string, CellRunner>();
  return {
    slug,
    notebook,
    titleOf: (cellId) => titles[cellId] ?? cellId,
    elementId,
    lessonAddress: lessonAddress ?? null,
    runEnded: (run) => onEnded?.(run),
    runner(cellId) {
      const runner = runners.get(cellId) ?? makeRunner(cellId, notebook);
      runners.set(cellId, runner);
      return runner;
    },
    memory: new RunMemory(),
    planned: new PlannedCharges(),
    runStarted: () => mirror.current?.ran(),
    tickOff: (deed) => {
      if (keepsProgress) recordDeed(slug, deed);
    },
    frozen,
    hiddenKeys,
    fixedKeys,
  };
}

export interface NotebookProviderProps {
  /** The lesson's name in its address, e.g. `noise-on-pixels`. */
  slug: string;
  /** Of all cells of the site, by their ids. Read once. */
  titles: Readonly<Record<string, string>>;
  /** See `NotebookContextValue`. Read once. */
  frozen?: boolean;
  hiddenKeys?: ReadonlySet<string>;
  /** A lesson ticks off what was done in it; an embed does not. Read once. */
  keepsProgress?: boolean;
  /** Of a notebook that stands inside of another: the name of its place, unique on the page. Read once. */
  place?: string;
  /** What mirrors the settings, if not the address of the page. Read once. */
  address?: Address;
  /** See `NotebookContextValue`. Read once. */
  lessonAddress?: string;
  onEnded?: (run: EndedRun) => void;
  /** In an assignment: settings that stay, and those that it began with, as a link has them. Read once. */
  fixed?: { keys: readonly string[]; settings: string };
  children: ReactNode;
}

const NOTHING_HIDDEN: ReadonlySet<string> = new Set();

/** Holds the parameters and the runs of one page, and mirrors them in the address. */
export function NotebookProvider({
  slug,
  titles,
  frozen = false,
  hiddenKeys = NOTHING_HIDDEN,
  keepsProgress = false,
  place,
  address,
  lessonAddress,
  onEnded,
  fixed,
  children,
}: NotebookProviderProps) {
  const outer = useContext(NotebookContext);
  const mirror = useRef<Mirror | null>(null);
  const latest = useRef(onEnded);
  useEffect(() => {
    latest.current = onEnded;
  });
  const [value] = useState(() =>
    createContextValue(
      {
        ...{ slug, titles, frozen, hiddenKeys, keepsProgress },
        ...(place === undefined ? {} : { place }),
        ...(lessonAddress === undefined ? {} : { lessonAddress }),
        ...(fixed === undefined ? {} : { fixed }),
        onEnded: (run) => latest.current?.(run),
      },
      mirror,
      outer,
    ),
  );
  const [shown] = useState(address);
  const { notebook, tickOff } = value;

  // Before the first paint, so that the defaults do not flash by under a link's values.
  useLayoutEffect(() => {
    mirror.current = mirrorInAddress(notebook, shown ?? browserAddress());
    return () => {
      mirror.current?.close();
      mirror.current = null;
    };
  }, [notebook, shown]);

  // The outermost watches for all.
  const inside = place !== undefined && outer !== null;
  useEffect(() => (inside ? undefined : whenHidden(document, notebook.hidden)), [notebook, inside]);

  useEffect(() => tickOff({ kind: 'opened' }), [tickOff]);

  return <NotebookContext.Provider value={value}>{children}</NotebookContext.Provider>;
}

/** For the other hooks of the notebook. */
export function useNotebook(): NotebookContextValue {
  const value = useContext(NotebookContext);
  if (!value) throw new Error('A cell stands outside of a NotebookProvider: wrap the page in one.');
  return value;
}

/** A line that says what a run would be charged tells its notebook too, if there is one. */
export function useTellCharge(id: string, plan: PlannedCharge): void {
  const planned = useContext(NotebookContext)?.planned;
  const { account, phases, practice } = plan;
  useEffect(
    () => planned?.tell(id, { account, phases, ...(practice ? { practice } : {}) }),
    [planned, id, account, phases, practice],
  );
}

/** Ticks off a deed where the page keeps progress; elsewhere nothing happens. */
export function useTickOff(): (deed: Deed) => void {
  return useContext(NotebookContext)?.tickOff ?? (() => {});
}

/** Reads the page's store. `select` must return the same thing for the same state. */
export function useNotebookState<T>(select: (state: NotebookState) => T): T {
  const { store } = useNotebook().notebook;
  return useSyncExternalStore(
    store.subscribe,
    () => select(store.getState()),
    () => select(store.getInitialState()),
  );
}

/** Calls `act` when a reader does something to the settings of the page. Only while `waiting`; outside of a notebook never. */
export function useOnNextChange(waiting: boolean, act: () => void): void {
  const store = useContext(NotebookContext)?.notebook.store;
  useEffect(() => {
    if (!waiting || !store) return;
    return store.subscribe((state, before) => {
      if (state.acts !== before.acts) act();
    });
  }, [waiting, store, act]);
}
