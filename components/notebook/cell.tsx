'use client';

import { type KeyboardEvent, type ReactNode, useCallback } from 'react';
import { ChartSource } from '@/components/charts/chart-source';
import { Button } from '@/components/ui/button';
import { CellBoundary } from './cell-boundary';
import { CellMenu } from './cell-menu';
import { CellProgress } from './cell-progress';
import { CellStatus } from './cell-status';
import type { ExperimentHandle } from './contracts';
import { FailurePanel } from './failure-panel';
import { useNotebook } from './notebook-provider';
import { ProvenanceLine } from './provenance-line';
import { sourceOf } from './run-in-words';
import { SettingsOfCell } from './settings-of-cell';
import { shownProvenance } from './shown-provenance';
import { formatSeconds } from './time';
import { focusCell } from './use-keyboard';

// biome-ignore lint/suspicious/noExplicitAny: the frame draws no part of what a cell computes
type AnyHandle = ExperimentHandle<any, any, any>;

export interface CellProps {
  /** What came out, in a sentence, for those who do not see it. Left out, the first numbers that the cell shows are read. */
  headline?: string | undefined;
  /** One sentence under the title. */
  intro?: ReactNode;
  handle: AnyHandle;
  runLabel?: string;
  /** It follows its sliders, and has a Run button all the same. */
  runs?: boolean;
  controls?: ReactNode;
  /** The one thing to look at while moving the controls: on a narrow screen it stands above them, not below. */
  stage?: ReactNode;
  /** What Reset does beside clearing the run: settings back to their defaults. Of a cell that follows its sliders, all it does. */
  resetSettings?: () => void;
  /** Buttons at the foot: pin this run and the like. */
  actions?: ReactNode;
  /** Further entries of the menu: `<MenuItem>`s. */
  menu?: ReactNode;
  children?: ReactNode;
}

/** Seconds after which a run that follows a slider is worth a word: most are over before. */
const SOON = 0.7;

const OVER =
  'absolute bottom-2 left-2 z-10 w-[min(20rem,calc(100%-1rem))] rounded-control border border-line bg-raised px-3 py-2 shadow-(--shadow)';

function cellAfter(cell: HTMLElement): HTMLElement | undefined {
  const all = [...document.querySelectorAll<HTMLElement>('[data-cell]')];
  return all[all.indexOf(cell) + 1];
}

/** The frame of every cell: title (as its room's `lesson.ts` has it), state, commands, controls on one side, the result on the other. */
export function Cell({
  headline,
  intro,
  handle,
  runLabel = 'Run',
  runs = false,
  controls,
  stage,
  resetSettings,
  actions,
  menu,
  children,
}: CellProps) {
  const { cellId, reactive, state, stale, failure, elapsedSeconds } = handle;
  const provenance = shownProvenance(handle);
  const { elementId, titleOf } = useNotebook();
  const place = elementId(cellId);
  const { record } = handle;
  const source = useCallback(() => sourceOf(record(), titleOf(cellId)), [record, titleOf, cellId]);
  const title = titleOf(cellId);
  const busy = state === 'preparing' || state === 'running';
  const lasts = busy && (!reactive || elapsedSeconds > SOON);
  const waits = !busy && (runs || !reactive || state !== 'done');
  // What comes by itself has its place from the start: what stands below must not move away when it is there.
  const awaited = reactive && !stage && (busy || state === 'idle');

  function reset() {
    if (!reactive || !resetSettings) handle.reset();
    resetSettings?.();
  }

  // Only while the focus is in the cell, so that no key is taken from the page.
  function shortcut(event: KeyboardEvent) {
    const runs = event.ctrlKey || event.metaKey;
    const runsAndGoesOn =
      event.shiftKey && !(event.target as HTMLElement).closest('textarea, [contenteditable]');
    if (event.key === 'Enter' && (runs || runsAndGoesOn) && !busy) {
      event.preventDefault();
      const next = runs ? undefined : cellAfter(event.currentTarget as HTMLElement);
      // After the field that has the focus has handed over its value.
      setTimeout(handle.run);
      focusCell(next);
    }
    // Escape closes what is open first.
    if (event.key === 'Escape' && lasts && !document.querySelector(':popover-open, dialog[open]'))
      handle.stop();
  }

  return (
    <section
      onKeyDown={shortcut}
      id={place}
      aria-labelledby={`${place}-title`}
      data-cell={place}
      data-state={state}
      data-stale={stale}
      data-headline={headline}
      data-as-of={provenance?.finishedAt}
      data-as-of-said={provenance?.finishedAt.replace(/T(..:..).*/, ' at $1 UTC')}
      className="not-prose @container my-8 scroll-mt-20 rounded-cell border border-line bg-surface shadow-(--shadow)"
    >
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-3 @xl:px-5">
        <h2 id={`${place}-title`} className="text-lg font-semibold leading-tight">
          {title}
        </h2>
        <CellStatus state={state} stale={stale} />
        {/* What follows its sliders says it at its foot. */}
        {busy || reactive || elapsedSeconds === 0 ? null : (
          <span className="text-sm text-secondary tabular-nums">{formatSeconds(elapsedSeconds)}</span>
        )}
        <div className="ml-auto flex flex-wrap items-center gap-2">
          <Button
            small
            look="quiet"
            onClick={reset}
            // Its place is kept: what stands beside it must not move when there is something to reset.
            className={state === 'idle' && !resetSettings ? 'invisible' : ''}
          >
            Reset
          </Button>
          {lasts ? (
            <Button small look="danger" onClick={handle.stop} aria-keyshortcuts="Escape">
              Stop
            </Button>
          ) : null}
          {waits ? (
            <Button
              small
              look="primary"
              onClick={handle.run}
              data-command="run"
              aria-keyshortcuts="Control+Enter"
              title="Control + Enter anywhere in this cell"
            >
              {runLabel}
            </Button>
          ) : null}
          <CellMenu title={title} handle={handle}>
            {menu}
          </CellMenu>
        </div>
      </header>
      {intro ? <div className="px-4 pt-3 text-secondary @xl:px-5">{intro}</div> : null}
      <ChartSource lines={source}>
        <div className="cell-body p-4 @xl:p-5" data-controls={controls ? '' : undefined}>
          {controls ? <SettingsOfCell cellId={cellId}>{controls}</SettingsOfCell> : null}
          <div className="cell-stage relative grid min-w-0 content-start gap-4 empty:hidden">
            {lasts ? (
              // Over a chart that follows a slider, not above it: it must not move away under the eye.
              <div className={reactive && stage ? OVER : ''}>
                <CellProgress {...handle} />
              </div>
            ) : null}
            {failure ? (
              <FailurePanel
                failure={failure}
                run={handle.run}
                restartOnNextBackend={handle.restartOnNextBackend}
              />
            ) : null}
            {stage ? <CellBoundary title={title}>{stage}</CellBoundary> : null}
            {awaited ? <div className="cell-awaited" /> : null}
          </div>
          <div className="cell-rest grid min-w-0 content-start gap-4">
            <CellBoundary title={title}>{children}</CellBoundary>
          </div>
        </div>
      </ChartSource>
      {provenance || actions ? (
        <footer className="flex flex-wrap items-start justify-between gap-3 border-t border-line px-4 py-3 @xl:px-5">
          {provenance ? <ProvenanceLine provenance={provenance} /> : <span />}
          {actions}
        </footer>
      ) : null}
    </section>
  );
}
