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
import { whenHiddenLong } from '@/lib/notebook/hidden';
import { browserAddress, type Mirror, mirrorInAddress } from '@/lib/notebook/history';
import { createPins, type Pins } from '@/lib/notebook/pins';
import type { Deed } from '@/lib/notebook/progress';
import { RunMemory } from '@/lib/notebook/run-memory';
import { createNotebook, type Notebook, type NotebookState } from '@/lib/notebook/store';
import { basePath, CellRunner, type RunSnapshot } from '@/lib/runtime';
import { backendPreference, lostBackends } from '@/lib/runtime/preference';
import { spawnWorker } from '@/lib/runtime/spawn';

export interface NotebookContextValue {
  slug: string;
  notebook: Notebook;
  /** The runner of a cell, made on first use. Its worker lives while it works, and a while longer. */
  runner(cellId: string): CellRunner;
  memory: RunMemory<RunSnapshot>;
  /** A run starts: the address gets an entry for it. */
  ran(): void;
  /** Ticks off what the learner did, where this page keeps progress. */
  did(deed: Deed): void;
  /** Runs kept to compare with. */
  pins: Pins;
  /** Cells that go on while the page is hidden. */
  pinned: Set<string>;
  /** Nothing runs here: the page only shows its controls. */
  frozen: boolean;
  /** Link keys of settings that whoever embeds this page has hidden. */
  hiddenKeys: ReadonlySet<string>;
}

const NotebookContext = createContext<NotebookContextValue | null>(null);

function createContextValue(
  slug: string,
  mirror: { current: Mirror | null },
  frozen: boolean,
  hiddenKeys: ReadonlySet<string>,
  keepsProgress: boolean,
): NotebookContextValue {
  const notebook = createNotebook();
  const runners = new Map<string, CellRunner>();
  return {
    slug,
    notebook,
    runner(cellId) {
      let runner = runners.get(cellId);
      if (!runner) {
        const made = new CellRunner({
          createWorker: () => spawnWorker(cellId),
          basePath: basePath(),
          preference: backendPreference,
          lostBackends,
          onMemory: (memory) => {
            const backend = made.snapshot().backend;
            notebook.updateWorker(
              cellId,
              memory && {
                backend: backend?.name ?? null,
                adapter: backend?.adapter ?? null,
                softwareGpu: backend?.softwareGpu ?? false,
                ...memory,
              },
            );
          },
        });
        runner = made;
        runners.set(cellId, made);
      }
      return runner;
    },
    memory: new RunMemory(),
    ran: () => mirror.current?.ran(),
    did: (deed) => {
      if (keepsProgress) recordDeed(slug, deed);
    },
    pins: createPins(),
    pinned: new Set(),
    frozen,
    hiddenKeys,
  };
}

export interface NotebookProviderProps {
  /** The lesson's name in its address, e.g. `noise-on-pixels`. */
  slug: string;
  /** See `NotebookContextValue`. Read once. */
  frozen?: boolean;
  hiddenKeys?: ReadonlySet<string>;
  /** A lesson ticks off what was done in it; an embed does not. Read once. */
  keepsProgress?: boolean;
  children: ReactNode;
}

const NOTHING_HIDDEN: ReadonlySet<string> = new Set();

/** Holds the parameters and the runs of one page, and mirrors them in the address. */
export function NotebookProvider({
  slug,
  frozen = false,
  hiddenKeys = NOTHING_HIDDEN,
  keepsProgress = false,
  children,
}: NotebookProviderProps) {
  const mirror = useRef<Mirror | null>(null);
  const [value] = useState(() => createContextValue(slug, mirror, frozen, hiddenKeys, keepsProgress));
  const { notebook, pinned, did } = value;

  // Before the first paint, so that the defaults do not flash by under a link's values.
  useLayoutEffect(() => {
    mirror.current = mirrorInAddress(notebook, browserAddress());
    return () => {
      mirror.current?.close();
      mirror.current = null;
    };
  }, [notebook]);

  useEffect(
    () => whenHiddenLong(document, () => notebook.stopAll((id) => !pinned.has(id))),
    [notebook, pinned],
  );

  useEffect(() => did({ kind: 'opened' }), [did]);

  return <NotebookContext.Provider value={value}>{children}</NotebookContext.Provider>;
}

/** For the other hooks of the notebook. */
export function useNotebook(): NotebookContextValue {
  const value = useContext(NotebookContext);
  if (!value) throw new Error('A cell stands outside of a NotebookProvider: wrap the page in one.');
  return value;
}

/** Ticks off a deed where the page keeps progress; elsewhere nothing happens. */
export function useDid(): (deed: Deed) => void {
  return useContext(NotebookContext)?.did ?? (() => {});
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
