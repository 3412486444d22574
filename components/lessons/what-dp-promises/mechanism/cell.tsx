'use client';

import { useMemo } from 'react';
import { shortNumber } from '@/components/charts/numbers';
import { TurnedExample } from '@/components/label/turned-example';
import { Cell } from '@/components/notebook/cell';
import { Facts } from '@/components/notebook/facts';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { count, percent, short } from '@/components/ui/format';
import { countingMechanism } from '@/lib/privacy';
import type { TwoWorldsParams, TwoWorldsResult } from '../experiments/two-worlds';
import { promiseEvents } from '../released';
import { logRatio, trueAnswers } from '../worlds';
import { mechanismParameters } from './parameters';
import { placesOf, WorldsPlot } from './worlds-plot';

/** Two worlds that differ in one person, and how far any answer can tell them apart. */
export function MechanismCell() {
  const { values, set, panel, resetAll } = useParameters(mechanismParameters);
  const {
    mechanism: id,
    promiseEpsilon: epsilon,
    promiseDelta: delta,
    lookedAt,
    draws,
    promiseSeed,
  } = values;
  const handle = useExperiment<TwoWorldsParams, null, TwoWorldsResult>({
    cellId: 'mechanism',
    experimentId: 'two-worlds',
    mode: 'reactive',
    params: { mechanism: id, epsilon, delta, draws, seed: promiseSeed },
  });
  const { result, stale } = handle;
  const made = useMemo(() => countingMechanism(id, { epsilon, delta }), [id, epsilon, delta]);
  const truth = useMemo(() => trueAnswers(id), [id]);
  const yesOrNo = made.outputs === 'yes-or-no';
  const { xs } = placesOf(made);
  const at = yesOrNo
    ? lookedAt > 41.5
      ? 1
      : 0
    : made.outputs === 'integers'
      ? Math.round(lookedAt)
      : Math.min(xs.at(-1)!, Math.max(xs[0]!, lookedAt));
  const loss = logRatio({ mechanism: id, epsilon, delta }, at);
  const times = shortNumber(Number(Math.exp(Math.abs(loss)).toPrecision(3)));
  const side = yesOrNo
    ? loss > 0
      ? 'if you said yes'
      : 'if you said no'
    : loss > 0
      ? 'with you'
      : 'without you';
  const beyond = Math.abs(loss) > epsilon + 1e-9;
  const odds = Math.abs(loss) < 1e-9 ? 'as likely in both worlds' : `${times} times likelier ${side}`;
  const answer = yesOrNo ? `“${at === 1 ? 'yes' : 'no'}”` : shortNumber(at);

  return (
    <Cell
      intro={
        yesOrNo
          ? 'You are asked one question, and your answer is randomised before anybody sees it. Can they tell what you said?'
          : 'The count is 41 without you, 42 with you. What is published has noise.'
      }
      handle={handle}
      resetSettings={resetAll}
      controls={
        <>
          <ParameterPanel
            {...panel}
            only={[
              'mechanism',
              'promiseEpsilon',
              ...(id === 'gaussian' ? (['promiseDelta'] as const) : []),
              ...(yesOrNo ? [] : (['lookedAt'] as const)),
              'draws',
              'promiseSeed',
            ]}
          />
          <TurnedExample
            events={promiseEvents(id, { epsilon, delta })}
            epsilon={epsilon}
            delta={id === 'gaussian' ? delta : 0}
            relation={id === 'randomised-response' ? 'replace-one' : 'add-or-remove-one'}
            data="A made-up count of people"
            seeded
            byRisk={{
              release: id === 'laplace' || id === 'gaussian' ? id : 'pure',
              parameter: mechanismParameters.declarations.promiseEpsilon,
              onEpsilon: (found) => set('promiseEpsilon', found),
            }}
          />
        </>
      }
      stage={
        <>
          <WorldsPlot
            made={made}
            truth={truth}
            drawn={stale ? null : result}
            at={at}
            onPoint={(answer) => set('lookedAt', yesOrNo ? (answer > 0.5 ? 42 : 41) : answer)}
            summary={`Two overlapping curves. The answer ${answer} is ${odds}. The bound is ${shortNumber(Number(Math.exp(epsilon).toPrecision(3)))} times.`}
          />
          <p data-odds>
            The answer <strong className="tabular-nums">{answer}</strong> is <strong>{odds}</strong>.{' '}
            {beyond ? (
              <>
                That is{' '}
                <strong>
                  more than e<sup>ε</sup>
                </strong>
                : Gaussian noise allows such answers, and δ bounds how much they weigh.
              </>
            ) : made.delta === 0 ? (
              <>
                {yesOrNo ? 'Neither' : 'No'} answer goes beyond e<sup>ε</sup>.
              </>
            ) : (
              <>
                Answers further out go beyond e<sup>ε</sup>; δ bounds how much they weigh.
              </>
            )}
          </p>
        </>
      }
    >
      <Facts
        columns="1 or 3"
        facts={[
          {
            name: 'Bound on the odds',
            value: `× ${shortNumber(Number(Math.exp(epsilon).toPrecision(3)))}`,
            note:
              made.delta === 0
                ? 'e to the ε, for every answer'
                : `e to the ε, but for δ = ${delta.toExponential(0)}`,
          },
          {
            name: 'Best guesser',
            value: result === null ? '–' : percent(result.best),
            note: (
              <>
                right in the long run; a coin: 50 %
                {result === null ? null : (
                  <>, any mechanism with this promise: at most {percent(result.bound)}</>
                )}
              </>
            ),
          },
          {
            name: 'Guesser on these draws',
            value: result === null ? '–' : percent(result.right / result.of),
            note: result === null ? 'waiting' : `${count(result.right)} of ${count(result.of)} answers`,
          },
        ]}
      />
      <p className="text-sm text-secondary">
        {made.deviation === null
          ? `Each answer is the truth with probability ${percent(1 / (1 + Math.exp(-epsilon)))}.`
          : `The noise has a standard deviation of ${short(made.deviation, 2)} people.`}
      </p>
    </Cell>
  );
}
