'use client';

import { useEffect, useMemo, useState } from 'react';
import { Refused, withNoise } from '@/components/ledger/refused';
import { useLedger } from '@/components/ledger/use-ledger';
import { WhatIf } from '@/components/ledger/what-if';
import { formatEpsilon } from '@/components/ledger/words';
import { Cell } from '@/components/notebook/cell';
import { useNotebook } from '@/components/notebook/notebook-provider';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { Button } from '@/components/ui/button';
import { short } from '@/components/ui/format';
import { makeRegister, QUESTIONS, questionKey, registerAccount } from '../account';
import type { AskCountParams, AskCountResult } from '../experiments/ask-count';
import { ownTableAccount } from '../own-table';
import { closeOwnTable, ownQuestion, useOwnTable, valueInWords } from './own-table';
import { OwnTableChooser, OwnTableFacts } from './own-table-chooser';
import { askParameters } from './parameters';

interface Answer {
  event: string;
  /** See `questionKey`. */
  question: string;
  epsilon: number;
  value: number;
}

/** The mean of answers, each weighted by how sure it is: the noise of an answer at ε has variance 2/ε². */
function bestGuess(answers: readonly Answer[]): { value: number; error: number } | null {
  if (answers.length === 0) return null;
  const weight = answers.reduce((sum, { epsilon }) => sum + epsilon ** 2, 0);
  const value = answers.reduce((sum, { value, epsilon }) => sum + value * epsilon ** 2, 0) / weight;
  return { value, error: Math.sqrt(2 / weight) };
}

/** Ask a register, or a table of one's own, and pay for it: the one cell here that spends. */
export function AskCell() {
  const { values, set, panel } = useParameters(askParameters);
  const { question, epsilonPerAnswer: epsilon } = values;
  const { hiddenKeys } = useNotebook();
  const table = useOwnTable((state) => state.table);
  const params: AskCountParams = table ? { own: ownQuestion(table), epsilon } : { question, epsilon };
  const handle = useExperiment<AskCountParams, null, AskCountResult>({
    cellId: 'ask',
    experimentId: 'ask-count',
    params,
    inputs: table ? [{ key: table.hash, value: table.file }] : [],
  });
  // It is gone with the cell, as a picture is.
  useEffect(() => closeOwnTable, []);
  const view = useLedger();
  const register = useMemo(makeRegister, []);
  const [answers, setAnswers] = useState<readonly Answer[]>([]);
  const { result } = handle;

  useEffect(() => {
    if (result?.answer == null || result.event === null) return;
    const { event, question: asked, epsilon: paid, answer: value } = result;
    setAnswers((all) =>
      all.some((known) => known.event === event)
        ? all
        : [...all, { event, question: asked, epsilon: paid, value }],
    );
  }, [result]);

  const phases = useMemo(
    () => [{ perStep: [{ kind: 'pure' as const, epsilon, count: 1 }], steps: 1 }],
    [epsilon],
  );
  const account = table
    ? ownTableAccount(table.hash, table.file.name, table.rows.length)
    : registerAccount(register.hash);
  const asked = answers.filter((answer) => answer.question === questionKey(params));
  const guess = bestGuess(asked);

  return (
    <Cell
      intro={`${table ? 'Your own table, and a ledger for it.' : 'A thousand people who do not exist, and a ledger that does.'} Ask the same question again and again, and watch both the error and the budget shrink.`}
      handle={handle}
      runLabel="Ask"
      controls={
        <>
          {hiddenKeys.has('ask') ? null : <OwnTableChooser />}
          <ParameterPanel {...panel} only={table ? ['epsilonPerAnswer'] : ['question', 'epsilonPerAnswer']} />
          <WhatIf account={account} phases={phases} />
        </>
      }
      stage={
        <div className="grid gap-4">
          <div aria-live="polite" className="rounded-control border border-line px-4 py-3">
            <p className="text-sm text-secondary wrap-anywhere">
              {table
                ? `How many rows have ${valueInWords(table.columns[table.column]!)} = ${valueInWords(table.values[table.value]!)}?`
                : QUESTIONS[question].words}
            </p>
            {guess === null ? (
              <p className="py-2">
                Press <strong>Ask</strong>. The first answer costs ε = {formatEpsilon(epsilon)}.
              </p>
            ) : (
              <>
                <p className="text-3xl font-semibold leading-tight tabular-nums" data-answer>
                  {Math.round(guess.value)}{' '}
                  <span className="text-lg font-normal text-secondary">± {short(guess.error, 2)}</span>
                </p>
                <p className="text-sm text-secondary">
                  {asked.length === 1
                    ? 'From one answer. The ± is its standard deviation.'
                    : `From ${asked.length} answers, averaged. The ± is the standard deviation of that average.`}
                </p>
              </>
            )}
          </div>
          {asked.length > 0 ? (
            <ol className="flex flex-wrap gap-2 tabular-nums" aria-label="Answers so far">
              {asked.map((answer) => (
                <li key={answer.event} className="rounded-control border border-line px-2 py-0.5">
                  {answer.value}{' '}
                  <span className="text-sm text-secondary">ε {formatEpsilon(answer.epsilon)}</span>
                </li>
              ))}
            </ol>
          ) : null}
          {view !== null && !view.snapshot.status.durable ? (
            <p className="text-sm text-danger" role="status">
              This browser stores nothing here: charges are counted in memory only.
            </p>
          ) : null}
        </div>
      }
      actions={
        answers.length > 0 ? (
          <Button small look="quiet" onClick={() => setAnswers([])}>
            Clear the answers shown
          </Button>
        ) : null
      }
    >
      {answers.length > 0 ? (
        <p className="text-sm text-secondary">
          Clearing the answers, or reloading the page, changes nothing in the{' '}
          <a href="#the-ledger-of-this-browser">ledger</a>: whoever saw them still knows.
        </p>
      ) : null}
      {table === null ? null : <OwnTableFacts />}
      <Refused
        handle={handle}
        onMoreNoise={(factor) => set('epsilonPerAnswer', withNoise(epsilon, factor))}
      />
    </Cell>
  );
}
