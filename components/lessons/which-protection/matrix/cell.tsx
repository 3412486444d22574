'use client';

import { useEffect, useRef, useState } from 'react';
import { Cell } from '@/components/notebook/cell';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { Button } from '@/components/ui/button';
import { Scrollable } from '@/components/ui/scrollable';
import type { ThreatMatrixParams, ThreatMatrixResult } from '../experiments/threat-matrix';
import { CONTROLS, PAIRS, readAnswers, THREATS, type Verdict, verdictAt, writeAnswers } from '../threats';
import { Explanation, VERDICT_WORDS } from './explanation';
import { matrixParameters } from './parameters';

const VERDICTS: readonly Verdict[] = ['yes', 'partly', 'no'];
/** Where a pair has been checked: what the table says, in a sign and in words. */
const MARKS = {
  right: { sign: '✓', words: 'right' },
  wrong: { sign: '✗', words: 'we say otherwise' },
} as const;

/** Threats and controls, to be judged pair by pair. */
export function MatrixCell() {
  const { values, set } = useParameters(matrixParameters);
  const answers = readAnswers(values.verdicts);
  const handle = useExperiment<ThreatMatrixParams, null, ThreatMatrixResult>({
    cellId: 'matrix',
    experimentId: 'threat-matrix',
    params: { answers: values.verdicts },
  });
  const { result, ranWith } = handle;
  const checked = ranWith ? readAnswers(ranWith.answers) : null;
  const [open, setOpen] = useState<number | null>(null);
  const panel = useRef<HTMLElement>(null);
  const answered = answers.filter((answer) => answer !== null).length;

  // The explanation stands below the table: whoever asks for it is taken there.
  useEffect(() => {
    if (open !== null) panel.current?.focus();
  }, [open]);

  function answer(index: number, verdict: string) {
    const chosen = VERDICTS.find((one) => one === verdict) ?? null;
    set('verdicts', writeAnswers(answers.with(index, chosen)));
  }

  /** A pair whose check still speaks of what is shown. */
  const markOf = (index: number): keyof typeof MARKS | null => {
    const right = checked?.[index] === answers[index] ? (result?.right[index] ?? null) : null;
    return right === null ? null : right ? 'right' : 'wrong';
  };

  return (
    <Cell
      intro="Does this control, by itself and rightly used, answer this threat? Say yes, partly or no, as many as you like, and check. Then open the reasons: each comes with a case where the control is not enough."
      handle={handle}
      runLabel="Check"
      stage={
        <>
          <p aria-live="polite" data-score>
            {result === null || handle.stale || result.answered === 0
              ? answered === 0
                ? `Nothing is filled in yet. Choose yes, partly or no for some pairs, then press Check.`
                : `${answered} of ${PAIRS.length} filled in.`
              : `${result.score} of ${result.answered} as we see it; ${result.of - result.answered} still open.`}
          </p>
          <progress
            className="progress h-1.5 w-full"
            value={answered}
            max={PAIRS.length}
            aria-label="Filled in so far"
          />
          <Scrollable label="Threats and controls">
            <table className="w-full min-w-[46rem] border-collapse text-sm">
              <caption className="sr-only">Does a control answer a threat?</caption>
              <thead>
                <tr className="border-b border-line-strong align-bottom">
                  <th scope="col" className="sticky left-0 z-10 w-36 bg-surface py-2 pr-3 text-left @lg:w-44">
                    Threat
                  </th>
                  {CONTROLS.map(({ id, name }) => (
                    <th key={id} scope="col" className="px-1.5 py-2 text-left leading-snug">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {THREATS.map((threat, row) => (
                  <tr key={threat.id} className="border-b border-line last:border-0">
                    <th
                      scope="row"
                      className="sticky left-0 z-10 bg-surface py-2 pr-3 text-left font-medium leading-snug"
                    >
                      {threat.name}
                    </th>
                    {CONTROLS.map((control, column) => {
                      const index = row * CONTROLS.length + column;
                      const mark = markOf(index);
                      return (
                        <td key={control.id} className="px-1.5 py-2 align-top">
                          <select
                            aria-label={`${control.name}, against: ${threat.name}`}
                            value={answers[index] ?? ''}
                            onChange={(event) => answer(index, event.target.value)}
                            className="min-h-9 w-full min-w-20 rounded-control border border-line-strong bg-surface px-1 hover:border-text"
                          >
                            <option value="">–</option>
                            {VERDICTS.map((verdict) => (
                              <option key={verdict} value={verdict}>
                                {VERDICT_WORDS[verdict]}
                              </option>
                            ))}
                          </select>
                          {mark === null ? null : (
                            <span className="mt-0.5 flex items-center justify-between gap-1">
                              <span className={mark === 'wrong' ? 'text-danger' : ''} data-mark={mark}>
                                <span aria-hidden="true">{MARKS[mark].sign}</span>
                                <span className="sr-only">{MARKS[mark].words}</span>
                              </span>
                              <button
                                type="button"
                                onClick={() => {
                                  setOpen(index);
                                  if (open === index) panel.current?.focus();
                                }}
                                aria-label={`Why? ${control.name}, against: ${threat.name}`}
                                className="min-h-7 rounded-control px-1.5 text-secondary underline underline-offset-2 hover:text-text"
                              >
                                Why?
                              </button>
                            </span>
                          )}
                        </td>
                      );
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </Scrollable>
          {open === null ? null : (
            <section
              ref={panel}
              tabIndex={-1}
              aria-label="Why"
              className="rounded-control border border-line-strong bg-ground px-4 py-3"
            >
              <Explanation index={open} judgement={verdictAt(open)} />
            </section>
          )}
        </>
      }
      actions={
        <span className="flex flex-wrap gap-2">
          <Button
            small
            look="quiet"
            onClick={() =>
              set('verdicts', writeAnswers(PAIRS.map((_, i) => answers[i] ?? verdictAt(i).verdict)))
            }
          >
            Fill in the rest for me
          </Button>
          <Button
            small
            look="quiet"
            disabled={answered === 0}
            onClick={() => {
              set('verdicts', matrixParameters.defaults.verdicts);
              setOpen(null);
            }}
          >
            Empty the table
          </Button>
        </span>
      }
    >
      <dl className="grid gap-x-6 gap-y-1 text-sm @xl:grid-cols-2">
        {CONTROLS.map(({ id, name, text }) => (
          <div key={id}>
            <dt className="inline font-semibold">{name}: </dt>
            <dd className="inline text-secondary">{text}</dd>
          </div>
        ))}
      </dl>
    </Cell>
  );
}
