'use client';

import { type ComponentType, lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { pageOf } from '@/components/exercises/cells';
import type { CellEntry } from '@/components/lessons/cells';
import { CellBoundary } from '@/components/notebook/cell-boundary';
import { ClampNotes } from '@/components/notebook/clamp-notes';
import {
  type EndedRun,
  NotebookProvider,
  useNotebook,
  useNotebookState,
} from '@/components/notebook/notebook-provider';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { Button } from '@/components/ui/button';
import type { SiteCell } from '@/lib/notebook/own/document';
import { PlaceAddress } from '@/lib/notebook/own/place-address';
import type { SettingsInWords } from '@/lib/notebook/own/run-table';
import { linkKey } from '@/lib/notebook/parameters';
import { basePath } from '@/lib/runtime/assets';
import { findNotebookCell, NOTEBOOK_TITLES } from './cells';
import { SweepPanel, type SweepPanelProps } from './sweep/sweep-panel';

const loaded = new Map<string, ComponentType>();

/** Each cell of the site is loaded once, when it is first shown. */
function liveCell(entry: CellEntry): ComponentType {
  let Live = loaded.get(entry.id);
  if (!Live) {
    Live = lazy(async () => ({ default: await entry.load() }));
    loaded.set(entry.id, Live);
  }
  return Live;
}

function Frame({ id, title, children }: { id: string; title: string; children: React.ReactNode }) {
  return (
    <section
      data-cell={id}
      data-state="idle"
      aria-labelledby={`${id}-waits`}
      className="not-prose grid min-h-60 content-start gap-2 rounded-cell border border-line bg-surface p-5"
    >
      <h2 id={`${id}-waits`} className="text-lg font-semibold leading-tight">
        {title}
      </h2>
      {children}
    </section>
  );
}

/** Every setting that the cell has declared, also those that it shows in a way of its own or not at all. */
function AllSettings() {
  const { notebook } = useNotebook();
  const values = useNotebookState((state) => state.values);
  const provisional = useNotebookState((state) => state.provisional);
  const sets = notebook.sets();
  return (
    <section
      aria-label="All settings"
      className="mt-2 grid max-w-[40rem] gap-4 rounded-cell border border-line bg-surface p-4"
    >
      {sets.map((set) => (
        <ParameterPanel
          key={Object.keys(set.declarations).join()}
          set={set}
          values={{ ...set.defaults, ...values }}
          onChange={(name, value) => notebook.set(set, name, value)}
          onSlide={(name, value) => notebook.slide(set, name, value)}
          provisional={provisional}
        />
      ))}
    </section>
  );
}

/** Which settings a learner may move, for whoever makes an assignment of this notebook. */
function FixSettings({ fixed, onFix }: { fixed: readonly string[]; onFix(fixed: string[]): void }) {
  const { notebook } = useNotebook();
  const all = new Map(
    notebook
      .sets()
      .flatMap(({ declarations }) => Object.entries(declarations))
      .filter(([, parameter]) => parameter.kind !== 'text')
      .map(([name, parameter]) => [linkKey(name, parameter), parameter.label]),
  );
  return (
    <fieldset
      data-fix-settings
      className="mt-2 grid max-w-[40rem] gap-1 rounded-cell border border-line bg-surface p-4"
    >
      <legend className="px-1 font-medium">In an assignment, learners may move</legend>
      {[...all].map(([key, label]) => (
        <label key={key} className="flex min-h-8 items-center gap-2">
          <input
            type="checkbox"
            checked={!fixed.includes(key)}
            onChange={({ target: { checked } }) =>
              onFix(checked ? fixed.filter((one) => one !== key) : [...fixed, key])
            }
            className="h-5 w-5 accent-(--accent)"
          />
          {label}
        </label>
      ))}
      <span className="mt-1 flex gap-2">
        <Button small onClick={() => onFix([...all.keys()])}>
          Fix all
        </Button>
        <Button small onClick={() => onFix([])}>
          Free all
        </Button>
      </span>
    </fieldset>
  );
}

/** Tells once, when its cell is on the page, which settings that began with. */
function Began({ onBegan }: { onBegan: SiteItemProps['onBegan'] }) {
  const { notebook } = useNotebook();
  const told = useRef(false);
  useEffect(() => {
    if (!told.current) onBegan({ settings: notebook.changed(), every: notebook.settings() });
    told.current = true;
  }, [notebook, onBegan]);
  return null;
}

export interface SiteItemProps {
  cell: SiteCell;
  /** What it found before the page was reloaded, to stand below it; null once it has run. */
  earlier?: ReactNode;
  /** It is to be on the page even if nobody has scrolled there. */
  wanted: boolean;
  allSettings: boolean;
  /** Where its settings can be swept: the runs that it fills. */
  sweep?: SweepPanelProps['runs'] | undefined;
  onSettings(settings: string): void;
  /** Its settings in words, as it began with them. */
  onBegan(settings: SettingsInWords): void;
  onEnded(run: EndedRun): void;
  /** Whoever makes an assignment fixes settings here; without it they are fixed, and stay. */
  onFix?: (fixed: string[]) => void;
  /** In an assignment: the settings that it was set with, where Reset leads. */
  atFirst?: string;
}

/** A cell of the site, with settings of its own: the same cell may stand in a notebook twice. */
export function SiteItem({
  cell,
  earlier,
  wanted,
  allSettings,
  sweep,
  onSettings,
  onBegan,
  onEnded,
  onFix,
  atFirst,
}: SiteItemProps) {
  const entry = findNotebookCell(cell.cell);
  const holder = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  const changed = useRef(onSettings);
  useEffect(() => {
    changed.current = onSettings;
  });
  const [address] = useState(() => new PlaceAddress(cell.settings, (settings) => changed.current(settings)));
  useEffect(() => address.take(cell.settings), [address, cell.settings]);

  // A notebook may have two hundred of them: each starts its worker when somebody comes near.
  useEffect(() => {
    const element = holder.current;
    if (near || !element) return;
    const observer = new IntersectionObserver(
      (seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      { rootMargin: '600px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [near]);

  if (!entry)
    return (
      <Frame id={cell.id} title={`Unknown cell “${cell.cell}”`}>
        <p className="text-secondary">
          This version of the site has no cell of that name. It is kept as it is; a newer version may know it.
        </p>
      </Frame>
    );
  const waiting = (
    <Frame id={`${entry.id}-${cell.id}`} title={entry.title}>
      <p className="text-secondary">Loading …</p>
    </Frame>
  );
  const Live = liveCell(entry);
  return (
    <div ref={holder}>
      {near || wanted ? (
        <NotebookProvider
          slug={entry.lesson}
          titles={NOTEBOOK_TITLES}
          place={cell.id}
          address={address}
          lessonAddress={`${basePath()}${pageOf(entry)}`}
          onEnded={onEnded}
          {...(onFix || !cell.fixed ? {} : { fixed: { keys: cell.fixed, settings: atFirst ?? '' } })}
        >
          <ClampNotes />
          <CellBoundary title={entry.title}>
            <Suspense fallback={waiting}>
              <Live />
              <Began onBegan={onBegan} />
              {allSettings ? <AllSettings /> : null}
              {sweep ? <SweepPanel cellId={entry.id} place={cell.id} runs={sweep} /> : null}
              {allSettings && onFix ? <FixSettings fixed={cell.fixed ?? []} onFix={onFix} /> : null}
            </Suspense>
          </CellBoundary>
        </NotebookProvider>
      ) : (
        waiting
      )}
      {earlier}
    </div>
  );
}
