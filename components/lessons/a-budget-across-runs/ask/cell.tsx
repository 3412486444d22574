'use client';

import { useEffect, useMemo, useState } from 'react';
import { EpsilonRiskField } from '@/components/label/epsilon-risk-field';
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
import {
  askPhases,
  HISTOGRAMS,
  isHistogram,
  makeRegister,
  noiseVariance,
  questionKey,
  registerAccount,
  wordsOf,
} from '../account';
import type { AskCountParams, AskCountResult } from '../experiments/ask-count';
import { OWN_GROUPS, ownTableAccount } from '../own-table';
import { closeOwnTable, groupsOf, ownQuestion, ownQuestionInWords, useOwnTable } from './own-table';
import { OwnTableChooser, OwnTableFacts } from './own-table-chooser';
import { askParameters } from './parameters';

const OWN_LIST = [OWN_GROUPS];

interface Answer {
  event: string;
  /** See `questionKey`. */
  question: string;
  epsilon: number;
  /** One, or one a group. */
  values: readonly number[];
}

/** The mean of the answers of each group, each weighted by how sure it is. All groups are as sure as each other. */
function bestGuess(answers: readonly Answer[]): { values: number[]; error: number } | null {
  const [first] = answers;
  if (first === undefined) return null;
  const weight = answers.reduce((sum, { epsilon }) => sum + 1 / noiseVariance(epsilon), 0);
  const values = first.values.map((_, group) =>
    answers.reduce((sum, { values, epsilon }) => sum + values[group]! / noiseVariance(epsilon) / weight, 0),
  );
  return { values, error: Math.sqrt(1 / weight) };
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
    if (result?.counts == null || result.event === null) return;
    const { event, question: asked, epsilon: paid, counts: values } = result;
    setAnswers((all) =>
      all.some((known) => known.event === event)
        ? all
        : [...all, { event, question: asked, epsilon: paid, values }],
    );
  }, [result]);

  const groups = table ? groupsOf(table) : isHistogram(question) ? HISTOGRAMS[question].groups : null;
  const answersWanted = groups?.length ?? 1;
  const phases = useMemo(() => askPhases(epsilon, answersWanted), [epsilon, answersWanted]);
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
          <EpsilonRiskField
            release="pure"
            parameter={askParameters.declarations.epsilonPerAnswer}
            events={phases[0]!.perStep}
            onEpsilon={(found) => set('epsilonPerAnswer', found)}
          />
          <WhatIf
            account={account}
            phases={phases}
            {...(table && groups ? { alsoNotCovered: OWN_LIST } : {})}
          />
        </>
      }
      stage={
        <div className="grid gap-4">
          <div aria-live="polite" className="rounded-control border border-line px-4 py-3">
            <p className="text-sm text-secondary wrap-anywhere">
              {table ? ownQuestionInWords(table) : wordsOf(question)}
            </p>
            {guess === null ? (
              <p className="py-2">
                Press <strong>Ask</strong>. The first answer costs ε = {formatEpsilon(epsilon)}.
              </p>
            ) : (
              <>
                {groups === null ? (
                  <p className="text-3xl font-semibold leading-tight tabular-nums" data-answer>
                    {Math.round(guess.values[0]!)}{' '}
                    <span className="text-lg font-normal text-secondary">± {short(guess.error, 2)}</span>
                  </p>
                ) : (
                  <dl
                    className="my-1 grid w-fit grid-cols-[minmax(0,auto)_auto] items-baseline gap-x-6"
                    data-groups
                  >
                    {groups.map(({ words }, index) => (
                      <div key={words} className="contents">
                        <dt className="wrap-anywhere">{words}</dt>
                        <dd className="text-right text-xl font-semibold tabular-nums">
                          {Math.round(guess.values[index]!)}{' '}
                          <span className="text-base font-normal text-secondary">
                            ± {short(guess.error, 2)}
                          </span>
                        </dd>
                      </div>
                    ))}
                  </dl>
                )}
                <p className="text-sm text-secondary">
                  {asked.length === 1
                    ? 'From one answer. The ± is its standard deviation.'
                    : `From ${asked.length} answers, averaged. The ± is the standard deviation of that average.`}
                  {groups === null
                    ? ''
                    : ` Nobody is in two groups, so all ${groups.length} counts together cost what one costs.`}
                </p>
              </>
            )}
          </div>
          {asked.length > 0 ? (
            <ol className="flex flex-wrap gap-2 tabular-nums" aria-label="Answers so far">
              {asked.map((answer) => (
                <li key={answer.event} className="rounded-control border border-line px-2 py-0.5">
                  {answer.values.join(', ')}{' '}
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
