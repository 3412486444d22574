'use client';

import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { CellStatus } from '@/components/notebook/cell-status';
import { useNotebook } from '@/components/notebook/notebook-provider';
import { Button } from '@/components/ui/button';
import { Scrollable } from '@/components/ui/scrollable';
import { type Output, Shown } from './code-output';
import { EXPERIMENT_DOCS, LAB_DOCS, type LabDoc } from './lab-docs';
import { useCodeRun } from './use-code-run';

const Editor = lazy(() => import('./editor'));

function Docs({ docs }: { docs: readonly LabDoc[] }) {
  return (
    <dl className="mt-2 grid gap-2">
      {docs.map(({ name, call, text }) => (
        <div key={name}>
          <dt className="break-words font-mono">{call}</dt>
          <dd className="text-secondary">{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function WhatCodeMayUse() {
  return (
    <details className="text-sm">
      <summary className="cursor-pointer text-secondary">What code may use</summary>
      <Docs docs={LAB_DOCS} />
      <h3 className="mt-4 font-semibold">Experiments that lab.run can start</h3>
      <p className="text-secondary">
        Each with its defaults. Noise is seeded (reproducible, not private) unless noiseSource is
        “cryptographic”.
      </p>
      <Docs docs={EXPERIMENT_DOCS} />
      <h3 className="mt-4 font-semibold">What limits code</h3>
      <p className="text-secondary">
        Code has no network, no storage and no page. It is stopped after 10 seconds without a pause, after 200
        messages in a second, or a message of 2 MB. Memory has no limit of ours, because browsers offer none:
        code that takes too much of it is ended by the browser, and the page lives on.
      </p>
    </details>
  );
}

/** What code has put out, and the code that did. */
export interface PutOut {
  code: string;
  outputs: readonly Output[];
  /** How many older ones have gone. */
  gone: number;
}

export interface CodeRunnerProps {
  id: string;
  title: string;
  code: string;
  onCode(code: string): void;
  /** The code as the lesson has it; Reset goes back to it. Null: there is none. */
  original: string | null;
  /** It came with a link or a file. It is shown, and waits to be read. */
  stranger: boolean;
  /** Opens with the editor, not with the text. Read once. */
  begins?: 'reading' | 'editing';
  /** Somebody pressed Run, having read it. */
  onRun?(): void;
  /** Hears what the code has put out on this page, whenever there is more or less of it. */
  onOutputs?(put: PutOut): void;
  /** What it put out before the page was reloaded; gives way to the first run. */
  earlier?: ReactNode;
  /** What else there is to do with it, beside Edit. */
  actions?: ReactNode;
}

/** An editor, its buttons and what the code puts out. The code runs in a sandbox: no network, no storage, no page. */
export function CodeRunner({
  id,
  title,
  code,
  onCode,
  original,
  stranger,
  begins = 'reading',
  onRun,
  onOutputs,
  earlier,
  actions,
}: CodeRunnerProps) {
  const { notebook } = useNotebook();
  const [editing, setEditing] = useState(begins === 'editing');
  const { state, outputs, ran, fault, start, stop, reset } = useCodeRun(code);

  // The page's commands and its run bar know code too. A stranger's is left out of Run all: somebody has to read it first.
  const latest = useRef({ run: start, stop, reset });
  useEffect(() => {
    latest.current = { run: start, stop, reset };
  });
  useEffect(
    () =>
      notebook.addCell(
        { id, title },
        {
          run: () => latest.current.run(),
          stop: () => latest.current.stop(),
          reset: () => latest.current.reset(),
          runnable: !stranger,
        },
      ),
    [notebook, id, title, stranger],
  );
  useEffect(() => notebook.updateCell(id, { state }), [notebook, id, state]);

  const heard = useRef(onOutputs);
  useEffect(() => {
    heard.current = onOutputs;
  });
  useEffect(() => {
    if (ran === null) return;
    const { shown, gone } = outputs;
    heard.current?.({ code: ran, outputs: shown.map(({ output }) => output), gone });
  }, [outputs, ran]);

  const busy = state === 'running';
  function runByHand() {
    onRun?.();
    start();
  }

  return (
    <section
      id={id}
      data-cell={id}
      data-state={state}
      data-stale={false}
      aria-labelledby={`${id}-title`}
      className="not-prose @container my-8 scroll-mt-20 rounded-cell border border-line bg-surface shadow-(--shadow)"
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !busy) {
          event.preventDefault();
          runByHand();
        }
        if (event.key === 'Escape' && busy) stop();
      }}
    >
      <header className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-3 @xl:px-5">
        <h2 id={`${id}-title`} className="text-lg font-semibold leading-tight">
          {title}
        </h2>
        <CellStatus state={state} stale={false} />
        <div className="ml-auto flex flex-wrap gap-2">
          {busy ? (
            <Button small look="danger" onClick={stop} aria-keyshortcuts="Escape">
              Stop
            </Button>
          ) : (
            <Button
              small
              look="primary"
              onClick={runByHand}
              data-command="run"
              aria-keyshortcuts="Control+Enter"
            >
              Run
            </Button>
          )}
          {original !== null && code !== original ? (
            <Button small look="quiet" onClick={() => onCode(original)}>
              Reset
            </Button>
          ) : null}
        </div>
      </header>
      <div className="grid gap-4 p-4 @xl:p-5">
        {stranger ? (
          <p role="note" className="rounded-control border border-line-strong bg-ground px-3 py-2 text-sm">
            This code came with a link or a file. It runs only when you press Run, without network, storage or
            access to this page. Read it first.
          </p>
        ) : null}
        {editing ? (
          <Suspense fallback={<p className="text-secondary">Loading the editor…</p>}>
            <Editor
              label={`${title}: code`}
              value={code}
              fault={fault?.code === code ? fault : null}
              onChange={onCode}
              onRun={runByHand}
            />
          </Suspense>
        ) : (
          <div className="grid gap-2">
            <Scrollable
              label={`${title}: code`}
              className="max-h-96 overflow-auto rounded-control border border-line bg-ground p-3"
            >
              <pre className="font-mono text-sm">{code}</pre>
            </Scrollable>
          </div>
        )}
        <div className="flex flex-wrap items-center gap-2">
          {editing ? null : (
            <Button small onClick={() => setEditing(true)}>
              Edit
            </Button>
          )}
          {actions}
        </div>
        <WhatCodeMayUse />
        <div role="log" aria-label={`${title}: output`} className="grid min-w-0 gap-3 empty:hidden">
          {ran === null ? earlier : null}
          {outputs.gone > 0 ? (
            <p className="text-sm text-secondary">
              {outputs.gone === 1 ? 'One older output has' : `${outputs.gone} older outputs have`} gone: a
              page holds only so much.
            </p>
          ) : null}
          {outputs.shown.map(({ id: number, output }) => (
            <Shown key={number} output={output} />
          ))}
        </div>
      </div>
    </section>
  );
}
