'use client';

import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { EXERCISE_CELLS, EXERCISES, pageOf } from '@/components/exercises/cells';
import { PLAYGROUND, PLAYGROUND_TITLES } from '@/components/home/playground-entry';
import { CELL_TITLES, findCell } from '@/components/lessons/cells';
import { ClampNotes } from '@/components/notebook/clamp-notes';
import { LiveRegion } from '@/components/notebook/live-region';
import { NotebookProvider } from '@/components/notebook/notebook-provider';
import { Button } from '@/components/ui/button';
import { withoutSecret } from '@/lib/notebook/embed-protocol';
import { basePath } from '@/lib/runtime/assets';
import { InMemory } from './in-memory';
import { type EmbedQuery, readEmbedQuery } from './query';
import { useEmbedChannel } from './use-embed-channel';

export interface EmbeddedCellProps {
  lesson: string;
  cell: string;
  title: string;
  summary: string;
  /** Recorded results, shown until it is started; without scripts, too. */
  poster: ReactNode;
  /** Of a code cell; other cells are found by their ids. */
  code?: string;
}

interface ConnectedProps {
  lesson: string;
  cell: string;
  title: string;
  start(): void;
  /** Hash of the address as it was opened. */
  opened: string;
  children: ReactNode;
}

function Connected({ lesson, cell, title, start, opened, children }: ConnectedProps) {
  useEmbedChannel(`${lesson}/${cell}`, cell, title, start, opened);
  return children;
}

/** One cell without the site around it. Nothing is loaded or run before somebody asks for it. */
export function EmbeddedCell({ lesson, cell, title, summary, poster, code }: EmbeddedCellProps) {
  const [query, setQuery] = useState<EmbedQuery | null>(null);
  const [started, setStarted] = useState(false);
  const [hash, setHash] = useState('');
  const start = useCallback(() => setStarted(true), []);
  const isHome = lesson === PLAYGROUND.lesson;
  useEffect(() => {
    const read = readEmbedQuery(location.search);
    setQuery(read);
    setHash(location.hash);
    // Before the settings are read.
    const settings = withoutSecret(location.hash);
    if (settings !== location.hash)
      history.replaceState(null, '', `${location.pathname}${location.search}${settings}`);
    if (read.run !== 'click') setStarted(true);
  }, []);
  const Live = useMemo(() => {
    if (code !== undefined)
      return lazy(async () => {
        const { CodeCell } = await import('@/components/code/code-cell');
        return { default: () => <CodeCell title={title} code={code} /> };
      });
    if (isHome)
      return lazy(async () => ({ default: (await import('@/components/home/playground')).Playground }));
    const entry = findCell(lesson, cell) ?? EXERCISE_CELLS.find(({ id }) => id === cell);
    return lazy(async () => ({ default: await entry!.load() }));
  }, [lesson, cell, title, code, isHome]);

  const waiting = (
    <section className="grid gap-3 rounded-cell border border-line bg-surface p-5" data-embed-poster>
      <h1 className="text-lg font-semibold leading-tight">{title}</h1>
      <p className="text-secondary">{summary}</p>
      {poster}
      <div>
        <Button look="primary" onClick={start} disabled={query === null}>
          Start
        </Button>
      </div>
      <noscript>
        <p>This is a live experiment: it computes in your browser, and needs JavaScript for that.</p>
      </noscript>
    </section>
  );
  const foot = (
    <p className="mt-2 px-1 pb-2 text-sm text-secondary">
      <a
        href={`${basePath()}${isHome ? '/' : pageOf({ lesson, id: cell })}${withoutSecret(hash)}`}
        target="_blank"
        rel="noopener"
        className="underline underline-offset-2"
      >
        {isHome
          ? 'Open the playground'
          : lesson === EXERCISES
            ? 'Open the exercise on its own page'
            : 'Open the full lesson'}
      </a>{' '}
      · Epsilon Playground
    </p>
  );
  if (query === null)
    return (
      <>
        {waiting}
        {foot}
      </>
    );

  const frozen = query.run === 'never';
  return (
    <NotebookProvider
      slug={lesson}
      titles={isHome ? PLAYGROUND_TITLES : CELL_TITLES}
      frozen={frozen}
      hiddenKeys={new Set(query.hide)}
    >
      <div data-embed data-hide={query.hide.join(' ')} data-frozen={frozen}>
        <Connected lesson={lesson} cell={cell} title={title} start={start} opened={hash}>
          {started ? (
            <>
              <h1 className="sr-only">{title}</h1>
              <ClampNotes />
              <InMemory />
              <Suspense fallback={<p className="p-5 text-secondary">Loading “{title}”…</p>}>
                <Live />
              </Suspense>
            </>
          ) : (
            waiting
          )}
        </Connected>
        {frozen ? (
          <p className="px-1 text-sm text-secondary">
            Nothing runs in this embed. {isHome ? 'On the site' : 'In the full lesson'} it does.
          </p>
        ) : null}
        {foot}
      </div>
      <LiveRegion />
    </NotebookProvider>
  );
}
