'use client';

import { useEffect, useMemo, useState } from 'react';
import { CodeRunner, type PutOut } from '@/components/code/code-runner';
import { LiveRegion } from '@/components/notebook/live-region';
import { NotebookProvider } from '@/components/notebook/notebook-provider';
import { PageTools } from '@/components/notebook/page-tools';
import { RunBar } from '@/components/notebook/run-bar';
import { onGrade } from '@/lib/gradebook/events';
import { RESUME_NAME } from '@/lib/gradebook/resume';
import type { NotebookDocument, OwnCell } from '@/lib/notebook/own/document';
import { PlaceAddress } from '@/lib/notebook/own/place-address';
import type { Kept, Shelf } from '@/lib/notebook/own/shelf';
import type { ShownByPlace } from '@/lib/notebook/own/shown';
import { NOTEBOOK_TITLES } from '../cells';
import { earlierCode, earlierRun } from '../earlier';
import { itemId } from '../item';
import { RunTable } from '../run-table';
import { SavedLine } from '../saved-line';
import { SiteItem } from '../site-item';
import { TextItem } from '../text-item';
import { useBringAll } from '../use-bring-all';
import { nameOf } from '../use-editing';
import { useKeptResults } from '../use-kept-results';
import { type OwnNotebook, useOwnNotebook } from '../use-own-notebook';
import { type Runs, useRuns } from '../use-runs';
import { HandIn } from './hand-in';

interface TaskProps {
  cell: OwnCell;
  /** As it was set. */
  asked: OwnCell | undefined;
  at: number;
  own: OwnNotebook;
  runs: Runs;
  everything: boolean;
  onOutputs(place: string, put: PutOut): void;
  earlier: ShownByPlace;
}

/** One cell of an assignment: what is asked is read, what is to be done can be done. */
function Task({ cell, asked, at, own, runs, everything, onOutputs, earlier }: TaskProps) {
  const { id } = cell;
  const [writing, setWriting] = useState(false);
  const write = (text: string) => own.act({ type: 'write', id, text });
  switch (cell.kind) {
    case 'text':
      return cell.answer ? (
        <div className="rounded-cell border border-line-strong p-3" data-answer>
          <p className="mb-1 text-sm font-medium">Your answer</p>
          <TextItem
            text={cell.text}
            label="Your answer"
            editing={writing}
            onText={write}
            onEdit={() => setWriting(true)}
            onDone={() => setWriting(false)}
          />
          {writing || cell.text.trim() === '' ? null : (
            <button type="button" className="text-sm underline" onClick={() => setWriting(true)}>
              Change it
            </button>
          )}
        </div>
      ) : (
        <TextItem
          text={cell.text}
          label={`Cell ${at + 1}`}
          editing={false}
          onText={write}
          onEdit={() => {}}
          onDone={() => {}}
        />
      );
    case 'code':
      return (
        <CodeRunner
          id={`code-${id}`}
          title={cell.title ?? `Code ${at + 1}`}
          code={cell.code}
          onCode={write}
          original={asked?.kind === 'code' ? asked.code : null}
          stranger={cell.stranger ?? false}
          onRun={() => own.act({ type: 'trust', id })}
          onOutputs={(put) => onOutputs(id, put)}
          earlier={earlierCode(earlier, id, cell.code)}
        />
      );
    case 'cell':
      return (
        <SiteItem
          cell={cell}
          earlier={earlierRun(earlier, id, runs.rows)}
          atFirst={asked?.kind === 'cell' ? asked.settings : ''}
          wanted={everything}
          allSettings={false}
          onSettings={(settings) => own.act({ type: 'set', id, settings })}
          onBegan={(settings) => runs.began(id, settings)}
          onEnded={(run) => runs.ended(id, run)}
        />
      );
  }
}

/** An assignment, open to be done: kept in this browser as it is worked on, and handed in at its end. */
export function Learner({
  shelf,
  kept,
  assignment,
}: {
  shelf: Shelf;
  kept: Kept;
  assignment: NotebookDocument;
}) {
  const own = useOwnNotebook(shelf, kept, () => {});
  const { document: work } = own.history;
  const runs = useRuns(shelf, kept.document.id);
  const { earlier, now, onOutputs } = useKeptResults(shelf, kept.document.id, work, runs.rows, own.say);
  const { everything, bringAll } = useBringAll(work.cells, own.say);
  const [address] = useState(() => new PlaceAddress('', () => {}));
  const asked = useMemo(() => new Map(assignment.cells.map((cell) => [cell.id, cell])), [assignment]);
  // Before the questions are drawn, which look for what was answered.
  useState(() => {
    const given = Object.entries(kept.document.answers ?? {}).map(([id, { at }]) => [id, at] as const);
    if (given.length > 0)
      (window as unknown as Record<string, unknown>)[RESUME_NAME] = Object.fromEntries(given);
  });
  const { act } = own;
  useEffect(
    () =>
      onGrade(({ kind, type, id, text, score, answer }) => {
        if (kind !== 'question' || type !== 'answered' || !answer) return;
        const given = { question: text, at: answer.at, answer: answer.text, right: score === 1 };
        act({ type: 'answer', question: id, given });
      }),
    [act],
  );
  useEffect(() => {
    document.title = `${assignment.title || 'Assignment'} · Epsilon Playground`;
  }, [assignment.title]);
  return (
    <NotebookProvider slug="lab" titles={NOTEBOOK_TITLES} address={address}>
      <div className="lab-editor" data-assignment={assignment.id}>
        <div className="mt-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 sm:mt-10">
          <p className="text-sm text-secondary">Assignment</p>
          <PageTools beforeAll={bringAll} />
        </div>
        <h1 className="mt-2 mb-3 text-[2.06rem] font-bold leading-tight tracking-tight">
          {assignment.title || 'Untitled assignment'}
        </h1>
        <SavedLine state={own.saved} fleeting={shelf.fleeting} onRetry={() => void own.flush()} />
        <p role="status" data-said className="min-h-6 py-1 text-sm text-secondary">
          {own.said}
        </p>
        <article className="prose-lesson lab-article">
          {work.cells.map((cell, at) => (
            <section
              key={cell.id}
              id={itemId(cell.id)}
              aria-label={`${at + 1} of ${work.cells.length}: ${nameOf(cell)}`}
              className="lab-item relative scroll-mt-32 pb-3"
            >
              <Task {...{ cell, at, own, runs, everything, onOutputs, earlier }} asked={asked.get(cell.id)} />
            </section>
          ))}
        </article>
        <RunTable runs={runs} title={work.title} />
        <HandIn assignment={assignment} work={work} runs={runs.rows} shown={now} />
      </div>
      <RunBar />
      <LiveRegion />
    </NotebookProvider>
  );
}
