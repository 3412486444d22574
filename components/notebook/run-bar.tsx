'use client';

import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import type { CellEntry } from '@/lib/notebook/page/state';
import { InfoPanel } from './info-panel';
import { useNotebook } from './notebook-provider';
import { PagePowers } from './page-powers';
import { formatSeconds } from './time';
import { inPageOrder, useRunBar } from './use-run-bar';

function Running({ cell, stop }: { cell: CellEntry; stop(): void }) {
  const { id, title, step, total, secondsLeft, state } = cell;
  return (
    <>
      <a
        href={`#${id}`}
        onClick={(event) => {
          event.preventDefault();
          const element = document.getElementById(id);
          element?.scrollIntoView({ block: 'start' });
          element?.querySelector<HTMLElement>('button, input')?.focus({ preventScroll: true });
        }}
        className="mr-auto min-w-0 truncate font-medium underline decoration-line-strong underline-offset-4"
        title={`Go to “${title}”`}
      >
        {title}
      </a>
      <progress
        aria-label={`${title}: progress`}
        className="progress hidden h-1.5 w-24 shrink-0 sm:block"
        {...(total === null ? {} : { value: step, max: total })}
      />
      <span className="shrink-0 text-secondary tabular-nums">
        {state === 'preparing' ? 'preparing' : null}
        {state === 'running' && total !== null ? `${Math.round(step)} of ${total}` : null}
        {secondsLeft === null ? null : (
          <span className="hidden sm:inline"> · {formatSeconds(secondsLeft)} left</span>
        )}
      </span>
      <Button small look="danger" onClick={stop} aria-label={`Stop “${title}”`}>
        Stop
      </Button>
    </>
  );
}

/** What runs on this page, wherever one has scrolled. */
export function RunBar() {
  const { active, stopAll } = useRunBar();
  const { notebook } = useNotebook();
  const first = active[0];
  if (!first) return null;
  return (
    <section
      aria-label="What runs"
      data-run-bar
      className="run-bar no-print fixed inset-x-3 bottom-3 z-20 mx-auto flex max-w-[40rem] items-center gap-3 rounded-cell border border-line-strong bg-raised px-3 py-2 text-sm shadow-(--shadow)"
    >
      <Running cell={first} stop={() => notebook.command(first.id, 'stop')} />
      {active.length > 1 ? (
        <>
          <span className="shrink-0 text-secondary">and {active.length - 1} more</span>
          <Button small onClick={stopAll} className="shrink-0">
            Stop all
          </Button>
        </>
      ) : null}
    </section>
  );
}

/** As wide as the wider of the two words: what stands beside must not move when one gives way to the other. */
const EITHER = 'min-w-20';

/** The commands for the whole page, and the hardware it uses. */
export function PageTools({
  children,
  beforeAll,
}: {
  children?: ReactNode;
  /** Brings the cells onto the page that Run all is to run. */
  beforeAll?: () => Promise<void>;
}) {
  const { notebook } = useNotebook();
  const { cells, active, stopAll } = useRunBar();
  async function runAll() {
    await beforeAll?.();
    notebook.runAll(inPageOrder(notebook.store.getState().cells).map(({ id }) => id));
  }
  return (
    <div className="no-print flex flex-wrap items-center gap-2 text-sm">
      <InfoPanel />
      <PagePowers />
      {children}
      {active.length > 0 ? (
        <Button small onClick={stopAll} className={EITHER}>
          Stop all
        </Button>
      ) : (
        <Button small onClick={runAll} className={EITHER} disabled={cells.length === 0 && !beforeAll}>
          Run all
        </Button>
      )}
    </div>
  );
}
