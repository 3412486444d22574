'use client';

import { useEffect } from 'react';
import { DataTable } from '@/components/charts/data-table';
import { EXERCISES, SCORE } from '@/components/exercises/cells';
import { exerciseParameters } from '@/components/exercises/parameters';
import { Button } from '@/components/ui/button';
import { plural } from '@/components/ui/format';
import { readLink } from '@/lib/notebook/link';
import type { NotebookDocument, SiteCell } from '@/lib/notebook/own/document';
import { copyOf } from '@/lib/notebook/own/document';
import { type RunRow, tableOfRuns } from '@/lib/notebook/own/run-table';
import type { OpenedWork as Opened } from '@/lib/notebook/own/work';
import { findNotebookCell } from '../cells';
import { nameOf } from '../use-editing';
import { when } from '../when';

/** What was found when the work was opened, and what that proves. */
function Verdict({ intact, against }: Pick<Opened, 'intact' | 'against'>) {
  return (
    <div
      role="status"
      data-intact={intact}
      className={`grid max-w-[68ch] gap-2 rounded-cell border px-5 py-3 ${intact && against.length === 0 ? 'border-line bg-surface' : 'border-danger bg-danger-soft'}`}
    >
      <p className="font-semibold">
        {intact
          ? 'The checksum agrees: the file is as it was handed in.'
          : 'The checksum does not agree: this work was changed after it was handed in.'}
      </p>
      {against.length > 0 ? (
        <ul className="list-disc pl-5">
          {against.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      ) : (
        <p>Texts, experiments and fixed settings are those of the assignment.</p>
      )}
      <p className="text-sm text-secondary">
        What this does not prove: who did it, and that the runs were run. It was made in the learner’s own
        browser, where whoever knows how can make another file with another checksum. When in doubt, run it
        again: all settings are here.
      </p>
    </div>
  );
}

/** What was written in an exercise; null in what is none. */
function codeOf({ cell, settings }: SiteCell): string | null {
  if (findNotebookCell(cell)?.lesson !== EXERCISES) return null;
  return String(readLink(settings, exerciseParameters.declarations).values.exerciseCode ?? '');
}

/** The best grading, as the file has it. */
function gradeInWords(place: string, runs: readonly RunRow[]): string {
  const scores = runs.filter((row) => row.place === place).map(({ metrics }) => metrics[SCORE] ?? 0);
  if (scores.length === 0) return 'Not graded, as the file has it.';
  const best = Math.max(...scores);
  return `Graded ${plural(scores.length, 'time')}, as the file has it. ${best === 1 ? 'Passed: every check holds.' : `At best ${Math.round(100 * best)} % of the checks hold.`} Grade it again to be sure: the code is here.`;
}

/** Work that came back, to be read. Nothing of it runs. */
export function OpenedWork({
  opened: { work, intact, against },
  onOpenCopy,
  onList,
}: {
  opened: Opened;
  /** The work as a notebook of one's own, where it can be run. */
  onOpenCopy(document: NotebookDocument): void;
  onList(): void;
}) {
  const { learner, handedInAt, work: done, runs, outputs, pictures, checksum } = work;
  const title = done.title || 'Untitled assignment';
  const answers = Object.entries(done.answers ?? {});
  useEffect(() => {
    document.title = `${title}, handed in · Epsilon Playground`;
  }, [title]);
  return (
    <div className="grid gap-6" data-work>
      <div>
        <Button small look="quiet" onClick={onList} className="mt-6 -ml-2.5">
          ← All notebooks
        </Button>
        <h1 className="mt-2 text-[2.06rem] font-bold leading-tight tracking-tight">{title}</h1>
        <p className="text-secondary">
          Handed in by {learner || 'somebody who gave no name'}, {when(handedInAt)} by their clock. Checksum{' '}
          <code className="break-all">{checksum}</code>
        </p>
      </div>
      <Verdict intact={intact} against={against} />
      {answers.length > 0 ? (
        <section aria-label="Answers" className="grid gap-2">
          <h2 className="text-[1.44rem] font-semibold tracking-tight">
            Questions: {answers.filter(([, { right }]) => right).length} of {answers.length} right at the
            first try
          </h2>
          <DataTable
            name="Answers"
            table={{
              columns: ['question', 'first answer', 'right'],
              rows: answers.map(([, { question, answer, right }]) => [
                question,
                answer,
                right ? 'yes' : 'no',
              ]),
            }}
          />
        </section>
      ) : null}
      <section aria-label="Work" className="grid max-w-[68ch] gap-4">
        <h2 className="text-[1.44rem] font-semibold tracking-tight">Work</h2>
        {done.cells.map((cell, at) => (
          <section
            key={cell.id}
            aria-label={`Cell ${at + 1}`}
            className="grid gap-2 border-t border-line pt-3"
          >
            <h3 className="font-semibold">
              {at + 1}. {nameOf(cell)}
              {cell.kind === 'text' && cell.answer ? ': the learner’s answer' : ''}
            </h3>
            {cell.kind === 'text' ? <p className="whitespace-pre-wrap">{cell.text}</p> : null}
            {cell.kind === 'code' ? (
              <pre className="overflow-x-auto rounded-control border border-line bg-surface p-3 text-sm">
                {cell.code}
              </pre>
            ) : null}
            {cell.kind === 'code' && outputs[cell.id] ? (
              <pre data-output className="overflow-x-auto whitespace-pre-wrap p-3 text-sm text-secondary">
                {outputs[cell.id]}
              </pre>
            ) : null}
            {cell.kind === 'cell' && codeOf(cell) !== null ? (
              <>
                <p className="text-sm" data-exercise-grade>
                  {gradeInWords(cell.id, runs)}
                </p>
                <pre className="overflow-x-auto rounded-control border border-line bg-surface p-3 text-sm">
                  {codeOf(cell) || 'As the exercise begins: nothing was written.'}
                </pre>
              </>
            ) : null}
            {cell.kind === 'cell' && codeOf(cell) === null ? (
              <p className="break-all text-sm text-secondary">
                {cell.settings === '' ? 'Settings: defaults' : `Settings: ${cell.settings}`}
              </p>
            ) : null}
            {pictures
              .filter(({ place }) => place === cell.id)
              .map(({ png }) => (
                // biome-ignore lint/performance/noImgElement: it came with the file
                <img
                  key={png}
                  src={png}
                  alt={`As handed in: ${nameOf(cell)}`}
                  className="max-w-full border border-line"
                />
              ))}
          </section>
        ))}
      </section>
      {runs.length > 0 ? (
        <section aria-label="Runs" className="grid gap-2">
          <h2 className="text-[1.44rem] font-semibold tracking-tight">Runs, as the file has them</h2>
          <DataTable name="Runs" table={tableOfRuns(runs)} />
        </section>
      ) : null}
      <p className="no-print">
        <Button onClick={() => onOpenCopy(copyOf({ ...done, answers: undefined }, done.title))}>
          Open a copy to run it again
        </Button>
      </p>
    </div>
  );
}
