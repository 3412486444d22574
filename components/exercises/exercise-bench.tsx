'use client';

import { type ReactNode, useState } from 'react';
import { CodeField } from '@/components/code/code-field';
import { Shown } from '@/components/code/code-output';
import { useCodeRun } from '@/components/code/use-code-run';
import { Button } from '@/components/ui/button';
import { Scrollable } from '@/components/ui/scrollable';
import type { ExerciseId, Grade } from '@/lib/exercises/attempts';
import { isAudited } from '@/lib/exercises/names';
import { keepGrade } from './attempts-store';
import { CodeAudit } from './code-audit';
import { GradeReport } from './grade-report';
import { InlineCode } from './inline-code';
import { useSandboxWork } from './use-sandbox-work';
import { WORDS } from './words';

function Code({ label, children }: { label: string; children: string }) {
  return (
    <Scrollable label={label} className="overflow-auto rounded-control border border-line bg-ground p-3">
      <pre className="font-mono text-sm">{children}</pre>
    </Scrollable>
  );
}

/** One more with each press. */
function Hints({ hints }: { hints: readonly string[] }) {
  const [shown, setShown] = useState(0);
  return (
    <section aria-label="Hints" className="grid justify-items-start gap-2">
      <ol className="grid list-decimal gap-2 pl-6 empty:hidden" aria-live="polite">
        {hints.slice(0, shown).map((hint) => (
          <li key={hint}>
            <InlineCode>{hint}</InlineCode>
          </li>
        ))}
      </ol>
      {shown < hints.length ? (
        <Button small onClick={() => setShown(shown + 1)}>
          {shown === 0 ? 'Show a hint' : 'Show the next hint'} ({shown + 1} of {hints.length})
        </Button>
      ) : null}
    </section>
  );
}

function WhatCodeMayUse() {
  return (
    <details className="text-sm">
      <summary className="cursor-pointer text-secondary">What code may use, and how it is graded</summary>
      <div className="mt-2 grid gap-2 text-secondary">
        <p>
          All of JavaScript, and beside it <code className="font-mono">random.uniform()</code> (from 0 to
          below 1), <code className="font-mono">random.gaussian()</code> (standard normal) and{' '}
          <code className="font-mono">normalCdf(x)</code>. <code className="font-mono">Math.random</code> and{' '}
          <code className="font-mono">crypto.getRandomValues</code> work, too. Functions may be asynchronous.
          While code is graded there is no <code className="font-mono">lab</code>, clocks stand still (a seed
          from the clock is no secret), and what it prints is not shown.
        </p>
        <p>
          The grader calls your functions thousands of times with inputs that it draws each time, and judges
          the numbers that come back. It does so outside of the sandbox that your code runs in. A right
          program is turned down by chance in fewer than one of ten million gradings. A wrong one may pass if
          its fault is too small for so many draws: passing is no proof of privacy.
        </p>
      </div>
    </details>
  );
}

export interface ExerciseBenchProps {
  id: ExerciseId;
  starter: string;
  solution: string;
  /** What Try runs after the reader's code. */
  examples: string;
  /** As it was last typed. */
  code: string;
  /** @param code null: as the exercise has it */
  onCode(code: string | null): void;
  /** How far it is, in words. */
  state: ReactNode;
  /** The reference solution opens. */
  passed: boolean;
  /** @param seconds that it took */
  onGraded?(grade: Grade, seconds: number): void;
  /** Below all of it. */
  children?: ReactNode;
}

/** One exercise: its task, an editor, what the code prints, what the grader finds, hints, and the solution once it is passed. */
export function ExerciseBench({
  id,
  starter,
  solution,
  examples,
  code,
  onCode,
  state: attempt,
  passed,
  onGraded,
  children,
}: ExerciseBenchProps) {
  const { title, task, hints } = WORDS[id];
  const { state, outputs, fault, start, stop } = useCodeRun(`${code}\n${examples}`, { prepared: true });
  const {
    work: grading,
    start: startGrading,
    stop: stopGrading,
  } = useSandboxWork<Grade>(
    async (text, signal) => {
      const { gradeCode } = await import('./engine');
      signal.throwIfAborted();
      return gradeCode(id, text, signal);
    },
    (grade, seconds) => {
      keepGrade(id, grade);
      onGraded?.(grade, seconds);
    },
  );
  const trying = state === 'running';
  const running = grading.state === 'running';
  return (
    <section
      data-exercise={id}
      data-state={grading.state}
      aria-label={title}
      className="grid max-w-[60rem] gap-6"
    >
      <div className="grid gap-3">
        {task.map((paragraph) => (
          <p key={paragraph} className="max-w-[68ch]">
            <InlineCode>{paragraph}</InlineCode>
          </p>
        ))}
      </div>
      <div className="grid min-w-0 gap-3 rounded-cell border border-line bg-surface p-4">
        <div className="flex flex-wrap items-center gap-3">
          <h2 className="text-lg font-semibold">Your code</h2>
          <span className="text-sm">{attempt}</span>
        </div>
        <CodeField
          label={`${title}: code`}
          value={code}
          fault={fault?.code === `${code}\n${examples}` ? fault : null}
          onChange={(typed) => onCode(typed === starter ? null : typed)}
          onRun={start}
        />
        <div className="flex flex-wrap gap-2">
          {running ? (
            <Button look="danger" onClick={stopGrading}>
              Stop grading
            </Button>
          ) : (
            <Button look="primary" onClick={() => void startGrading(code)}>
              Grade
            </Button>
          )}
          {trying ? (
            <Button look="danger" onClick={stop}>
              Stop
            </Button>
          ) : (
            <Button onClick={start} aria-keyshortcuts="Control+Enter">
              Try the examples
            </Button>
          )}
          {code === starter ? null : (
            <Button look="quiet" onClick={() => onCode(null)}>
              Start over
            </Button>
          )}
        </div>
        <details className="text-sm">
          <summary className="cursor-pointer text-secondary">The examples</summary>
          <div className="mt-2">
            <Code label="The examples">{examples}</Code>
          </div>
        </details>
        <WhatCodeMayUse />
        <div role="log" aria-label="Output" className="grid min-w-0 gap-3 empty:hidden">
          {outputs.shown.map(({ id: number, output }) => (
            <Shown key={number} output={output} />
          ))}
        </div>
      </div>
      <div role="status" className="grid min-w-0 gap-3 empty:hidden">
        {running ? <p className="text-secondary">Grading: calling your code with many inputs…</p> : null}
        {grading.state === 'failed' ? <p>{grading.words}</p> : null}
        {grading.state === 'done' ? (
          <>
            {grading.code === code ? null : (
              <p className="text-secondary">The code has changed since it was graded.</p>
            )}
            <GradeReport grade={grading.result} />
          </>
        ) : null}
      </div>
      {isAudited(id) ? <CodeAudit id={id} code={code} /> : null}
      <Hints hints={hints} />
      {passed ? (
        <details data-solution>
          <summary className="cursor-pointer font-medium">A reference solution</summary>
          <div className="mt-2">
            <Code label="A reference solution">{solution}</Code>
          </div>
        </details>
      ) : (
        <p className="text-sm text-secondary">The reference solution opens here when yours has passed.</p>
      )}
      {children}
    </section>
  );
}
