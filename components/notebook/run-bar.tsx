'use client';

import { useEffect, useState } from 'react';
import { ChargeSign } from '@/components/label/charge-sign';
import { formatEpsilon } from '@/components/ledger/words';
import { Button } from '@/components/ui/button';
import type { CellEntry } from '@/lib/notebook/page/state';
import { useNotebook } from './notebook-provider';
import { formatSeconds } from './time';
import { useRunBar } from './use-run-bar';

/** Whether any part of a cell is on the screen. */
function useInView(id: string | undefined): boolean {
  const [seen, setSeen] = useState(true);
  useEffect(() => {
    const element = id === undefined ? null : document.getElementById(id);
    if (!element) return setSeen(false);
    const observer = new IntersectionObserver(([entry]) => setSeen(entry!.isIntersecting));
    observer.observe(element);
    return () => observer.disconnect();
  }, [id]);
  return seen;
}

function goTo(id: string): void {
  const element = document.getElementById(id);
  element?.scrollIntoView({ block: 'start' });
  element?.querySelector<HTMLElement>('button, input')?.focus({ preventScroll: true });
}

function Running({ id, title, step, total, secondsLeft, state, charged }: CellEntry) {
  return (
    <>
      <a
        href={`#${id}`}
        onClick={(event) => {
          event.preventDefault();
          goTo(id);
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
      {charged ? (
        <span className="flex shrink-0 items-center tabular-nums" data-run-bar-epsilon>
          ε {formatEpsilon(charged.epsilon)}
          <ChargeSign charged={charged} />
        </span>
      ) : null}
    </>
  );
}

/**
 * What was started and has been scrolled away from. A strip along the whole lower edge: it ends the page's view, and lies over no part of
 * a cell that goes on beside it. In view, a cell has a Stop of its own; and where several run, the tools of the page
 * have one for all.
 */
export function RunBar() {
  const { active, several, stopAll } = useRunBar();
  const { notebook } = useNotebook();
  const first = active[0];
  const inView = useInView(first?.id);
  if (!first || inView) return null;
  return (
    <section
      aria-label="What runs"
      data-run-bar
      className="run-bar no-print fixed inset-x-0 bottom-0 z-20 border-line-strong border-t bg-raised text-sm"
    >
      <div className="mx-auto flex max-w-[88rem] items-center gap-3 px-3 py-2 sm:px-6">
        <Running {...first} />
        {active.length > 1 ? (
          <span className="shrink-0 text-secondary">and {active.length - 1} more</span>
        ) : null}
        <Button
          small
          look="danger"
          onClick={several ? stopAll : () => notebook.command(first.id, 'stop')}
          aria-label={several ? undefined : `Stop “${first.title}”`}
        >
          {several ? 'Stop all' : 'Stop'}
        </Button>
      </div>
    </section>
  );
}
