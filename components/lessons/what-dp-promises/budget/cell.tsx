'use client';

import { useMemo } from 'react';
import { LineFigure } from '@/components/charts/line-figure';
import { shortNumber } from '@/components/charts/numbers';
import { line } from '@/components/charts/series';
import { TurnedExample } from '@/components/label/turned-example';
import { Cell } from '@/components/notebook/cell';
import { Facts } from '@/components/notebook/facts';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { Button } from '@/components/ui/button';
import { count, fixed, percent } from '@/components/ui/format';
import type { RepeatParams, RepeatResult } from '../experiments/repeat-question';
import { budgetParameters } from './parameters';

const three = (value: number) => shortNumber(Number(value.toPrecision(3)));

/** Nobody asks two and a half times. */

/** Noise averages away; ε adds up. */
export function BudgetCell() {
  const { values, set, panel, resetAll } = useParameters(budgetParameters);
  const { answerEpsilon: epsilon, timesAsked: times, promiseSeed: seed } = values;
  const handle = useExperiment<RepeatParams, null, RepeatResult>({
    cellId: 'budget',
    experimentId: 'repeat-question',
    mode: 'reactive',
    params: { epsilon, times, seed },
  });
  const { result } = handle;
  const last = result?.answers.at(-1) ?? null;
  const { said, cost } = useMemo(() => {
    const answers = result?.answers ?? [];
    const single = answers.map(({ asked: x, answer: y }) => ({ x, y }));
    const mean = answers.map(({ asked: x, mean: y, deviation: d }) => ({ x, y, low: y - d, high: y + d }));
    const spent = [{ x: 0, y: 0 }, ...answers.map(({ asked: x, epsilon: y }) => ({ x, y }))];
    return {
      said: [
        line('answers', 'single answers', 'noise', single, { dots: true }),
        line('mean', 'their mean so far', 'attacker', mean),
      ],
      cost: [line('epsilon', 'ε in all', 'private', spent)],
    };
  }, [result]);

  return (
    <Cell
      intro="The true count is 42, you among them. One answer hides it well. Ask again."
      handle={handle}
      resetSettings={resetAll}
      controls={
        <>
          <div data-stays="first" className="flex flex-wrap gap-2">
            <Button
              small
              look="primary"
              disabled={times >= 1000}
              onClick={() => set('timesAsked', times + 1)}
            >
              Ask once more
            </Button>
            <Button
              small
              disabled={times >= 1000}
              onClick={() => set('timesAsked', Math.min(1000, times * 2))}
            >
              Twice as often
            </Button>
          </div>
          <ParameterPanel {...panel} />
          <TurnedExample
            events={[{ kind: 'laplace', scale: 1 / epsilon, sensitivity: 1, count: times }]}
            epsilon={times * epsilon}
            data="A made-up count of people"
            seeded
          />
        </>
      }
      stage={
        result === null || last === null ? null : (
          <>
            <LineFigure
              title="What the answers say"
              summary={`After ${last.asked} answers their mean is ${three(last.mean)}, give or take ${three(last.deviation)}. The truth is ${result.truth}.`}
              caption="The band is one standard deviation of the mean: half as wide after four times as many answers."
              series={said}
              x={{ label: 'times asked', whole: true, min: 1, max: Math.max(2, last.asked) }}
              y={{ label: 'people' }}
              references={[{ axis: 'y', value: result.truth, label: `truth ${result.truth}` }]}
              height={260}
            />
            <LineFigure
              title="What they cost together"
              summary={`ε adds up to ${three(last.epsilon)}.`}
              caption="Exact at δ = 0: the ε of independent answers add up."
              series={cost}
              x={{ label: 'times asked', whole: true, min: 0, max: Math.max(2, last.asked) }}
              y={{ label: 'ε (nats)', min: 0 }}
              height={150}
            />
          </>
        )
      }
    >
      {result === null || last === null ? null : (
        <Facts
          columns="1 or 3"
          facts={[
            {
              name: 'Mean of the answers',
              value: `${fixed(last.mean, 1)} ± ${three(last.deviation)}`,
              note: 'the ± is its standard deviation',
            },
            {
              name: 'ε in all',
              value: three(last.epsilon),
              note: `the odds may grow ${three(Math.exp(last.epsilon))}-fold`,
            },
            {
              name: 'Are you in it? Guessed rightly',
              value: percent(result.guessed),
              note: `in ${count(result.games)} games with fresh noise; a coin: 50 %`,
            },
          ]}
        />
      )}
    </Cell>
  );
}
