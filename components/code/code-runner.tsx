'use client';

import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { BarFigure } from '@/components/charts/bar-figure';
import { DataTable } from '@/components/charts/data-table';
import { LineFigure } from '@/components/charts/line-figure';
import type { SeriesRole } from '@/components/charts/series';
import { CellStatus } from '@/components/notebook/cell-status';
import { useNotebook } from '@/components/notebook/notebook-provider';
import { Button } from '@/components/ui/button';
import type { CellState } from '@/lib/runtime/experiment';
import type { BarsSpec, ChartSpec, TableSpec } from '@/lib/sandbox/messages';
import type { CallDesk } from './answer-call';
import { EXPERIMENT_DOCS, LAB_DOCS, type LabDoc } from './lab-docs';
import type { SandboxRun } from './sandbox';

const Editor = lazy(() => import('./editor'));

type Output =
  | { id: number; kind: 'text'; level: 'log' | 'warn' | 'error'; text: string }
  | { id: number; kind: 'chart'; spec: ChartSpec }
  | { id: number; kind: 'bars'; spec: BarsSpec }
  | { id: number; kind: 'table'; spec: TableSpec };

const ROLES: readonly SeriesRole[] = ['private', 'plain', 'attacker', 'noise'];
/** Older lines go: a page of text is no place for a million of them. */
const MOST_OUTPUTS = 300;

const axisOf = (axis: ChartSpec['x']) =>
  typeof axis === 'string'
    ? { label: axis }
    : { label: axis.label, ...(axis.scale ? { scale: axis.scale } : {}) };

function Shown({ output }: { output: Output }) {
  if (output.kind === 'chart') {
    const { title, x, y, series } = output.spec;
    return (
      <LineFigure
        title={title}
        summary={`Drawn by the code: ${series.map((one) => one.label).join(', ')}.`}
        series={series.map((one, index) => ({
          id: String(index),
          label: one.label,
          role: ROLES[index]!,
          ...(one.dots === undefined ? {} : { dots: one.dots }),
          points: one.points.map(([px, py]) => ({ x: px, y: py })),
        }))}
        x={axisOf(x)}
        y={axisOf(y)}
      />
    );
  }
  if (output.kind === 'bars') {
    const { title, x, y, bars } = output.spec;
    return (
      <BarFigure
        title={title}
        summary={`Drawn by the code: ${bars.length} bars.`}
        categories={bars.map(({ label }) => label)}
        series={[
          {
            id: 'bars',
            label: y,
            role: 'private',
            values: bars.map(({ value, low, high }) => ({
              value,
              ...(low === undefined ? {} : { low }),
              ...(high === undefined ? {} : { high }),
            })),
          },
        ]}
        x={{ label: x }}
        y={{ label: y }}
      />
    );
  }
  if (output.kind === 'table')
    return (
      <div className="grid gap-1">
        <p className="font-semibold">{output.spec.title}</p>
        <DataTable table={output.spec} name={output.spec.title} />
      </div>
    );
  const danger = output.level === 'error' ? 'text-danger' : '';
  return (
    <pre className={`whitespace-pre-wrap break-words font-mono text-sm ${danger}`}>
      {output.level === 'warn' ? 'Warning: ' : ''}
      {output.text}
    </pre>
  );
}

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
  actions,
}: CodeRunnerProps) {
  const { notebook } = useNotebook();
  const [editing, setEditing] = useState(begins === 'editing');
  const [state, setState] = useState<CellState>('idle');
  const [outputs, setOutputs] = useState<readonly Output[]>([]);
  const run = useRef<SandboxRun | null>(null);
  const desk = useRef<CallDesk | null>(null);
  const counter = useRef(0);
  /** Grows with every start and end. */
  const turn = useRef(0);

  useEffect(
    () => () => {
      turn.current++;
      run.current?.stop();
      desk.current?.close();
    },
    [],
  );

  type Fresh = Output extends infer One ? (One extends Output ? Omit<One, 'id'> : never) : never;
  function show(output: Fresh) {
    const next = { ...output, id: ++counter.current } as Output;
    setOutputs((before) => [...before, next].slice(-MOST_OUTPUTS));
  }

  /** Ends the run that is under way, also one whose engine is still on its way. */
  function end() {
    turn.current++;
    run.current?.stop();
  }

  function start() {
    end();
    setOutputs([]);
    setState('running');
    const mine = turn.current;
    import('./engine').then(
      (engine) => {
        if (mine === turn.current) startIn(engine);
      },
      () => {
        if (mine !== turn.current) return;
        setState('failed');
        const text = 'What runs code could not be loaded. Is the network there? Press Run again.';
        show({ kind: 'text', level: 'error', text });
      },
    );
  }

  function startIn({ runInSandbox, CallDesk, SHOWN }: typeof import('./engine')) {
    desk.current ??= new CallDesk();
    const calls = desk.current;
    run.current = runInSandbox(code, {
      answer: (call, update, signal) => calls.answer(call, update, signal),
      onKilled(reason) {
        setState('failed');
        show({ kind: 'text', level: 'error', text: reason });
      },
      onMessage(message) {
        if (message.type === 'log') return show({ kind: 'text', level: message.level, text: message.text });
        if (message.type === 'done') {
          setState('done');
          if (message.text !== null) show({ kind: 'text', level: 'log', text: message.text });
          return;
        }
        if (message.type === 'error') {
          setState('failed');
          const where = message.line === null ? '' : ` (line ${message.line})`;
          return show({ kind: 'text', level: 'error', text: `${message.name}: ${message.message}${where}` });
        }
        const parsed = SHOWN[message.what].safeParse(message.value);
        if (!parsed.success) {
          const text = `lab.${message.what} was not given what it needs: ${parsed.error.issues[0]?.path.join('.')}: ${parsed.error.issues[0]?.message}`;
          return show({ kind: 'text', level: 'error', text });
        }
        show({ kind: message.what, spec: parsed.data } as Fresh);
      },
    });
  }

  function stop() {
    end();
    setState('stopped');
  }

  function reset() {
    end();
    setOutputs([]);
    setState('idle');
  }

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
            <Editor label={`${title}: code`} value={code} onChange={onCode} onRun={runByHand} />
          </Suspense>
        ) : (
          <div className="grid gap-2">
            <section
              // biome-ignore lint/a11y/noNoninteractiveTabindex: longer than its frame, so it must be possible to scroll it by keyboard
              tabIndex={0}
              aria-label={`${title}: code`}
              className="max-h-96 overflow-auto rounded-control border border-line bg-ground p-3"
            >
              <pre className="font-mono text-sm">{code}</pre>
            </section>
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
        <details className="text-sm">
          <summary className="cursor-pointer text-secondary">What code may use</summary>
          <Docs docs={LAB_DOCS} />
          <h3 className="mt-4 font-semibold">Experiments that lab.run can start</h3>
          <p className="text-secondary">
            Each with its defaults. Noise is seeded (reproducible, not private) unless noiseSource is
            “cryptographic”.
          </p>
          <Docs docs={EXPERIMENT_DOCS} />
        </details>
        <div role="log" aria-label={`${title}: output`} className="grid min-w-0 gap-3 empty:hidden">
          {outputs.map((output) => (
            <Shown key={output.id} output={output} />
          ))}
        </div>
      </div>
    </section>
  );
}
