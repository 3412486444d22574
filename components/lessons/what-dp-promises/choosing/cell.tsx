'use client';

import { BarFigure } from '@/components/charts/bar-figure';
import { bars } from '@/components/charts/series';
import { TurnedExample } from '@/components/label/turned-example';
import { Cell } from '@/components/notebook/cell';
import { Facts } from '@/components/notebook/facts';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { count, percent, short, shortPercent } from '@/components/ui/format';
import type { ChooseParams, ChooseResult } from '../experiments/choose';
import { useFall } from '../guess/use-fall';
import { choosingParameters } from './parameters';
import { CANDIDATES } from './votes';

/** Shares of all draws as far as they have come, each with a whisker of no length where the exact probability is. */
const ticked = (named: readonly number[], probability: readonly number[], draws: number) =>
  named.map((times, i) => ({ value: times / draws, low: probability[i]!, high: probability[i]! }));

/** Somebody is chosen, exactly and privately, with your vote and without. */
export function ChoosingCell() {
  const { values, set, panel, resetAll } = useParameters(choosingParameters);
  const { chooseBy, promiseEpsilon: epsilon, lead, yourVote, choicesDrawn, promiseSeed } = values;
  const handle = useExperiment<ChooseParams, null, ChooseResult>({
    cellId: 'choosing',
    experimentId: 'choose-privately',
    mode: 'reactive',
    params: {
      ...{ by: chooseBy, epsilon, lead, yours: CANDIDATES.indexOf(yourVote) },
      ...{ draws: choicesDrawn, seed: promiseSeed },
    },
  });
  const { result, ranWith } = handle;
  const parts = result?.piles.with.length ?? 0;
  const fallen = useFall(parts, `${ranWith?.seed} ${ranWith?.draws}`);
  /** Nothing, before the first of them has come. */
  const pile = (parts: readonly number[][]) => parts[fallen - 1] ?? CANDIDATES.map(() => 0);

  return (
    <Cell
      intro="A club has voted, and only the winner is announced. You may have been there or not. Does the name alone give you away?"
      handle={handle}
      resetSettings={resetAll}
      controls={
        <>
          <ParameterPanel {...panel} />
          <TurnedExample
            events={[{ kind: 'pure', epsilon, count: 1 }]}
            epsilon={epsilon}
            data="Made-up votes in a club"
            seeded
            byRisk={{
              release: 'pure',
              parameter: choosingParameters.declarations.promiseEpsilon,
              onEpsilon: (found) => set('promiseEpsilon', found),
            }}
          />
        </>
      }
      stage={
        result === null || ranWith === null ? null : (
          <>
            <BarFigure
              title="Who is named"
              summary={CANDIDATES.map(
                (name, i) =>
                  `${name} is named with probability ${percent(result.probability.without[i]!)} without you and ${percent(result.probability.with[i]!)} with you`,
              ).join('; ')}
              caption={`Bars: shares of ${count(ranWith.draws)} choices in each world. Ticks: the exact probabilities.`}
              categories={CANDIDATES}
              series={[
                bars(
                  'without',
                  'without you',
                  'plain',
                  ticked(pile(result.piles.without), result.probability.without, ranWith.draws),
                ),
                bars(
                  'with',
                  'with you',
                  'private',
                  ticked(pile(result.piles.with), result.probability.with, ranWith.draws),
                ),
              ]}
              x={{ label: 'candidate' }}
              y={{ label: 'share of choices', min: 0, format: shortPercent }}
              height={240}
            />
            <p aria-live="polite" data-naive>
              {exactInWords(result)}
            </p>
          </>
        )
      }
    >
      {result === null || ranWith === null ? null : (
        <>
          <Facts
            columns="1 or 3"
            facts={[
              {
                name: 'Largest ratio of the two worlds',
                value: `× ${short(result.ratio, 4)}`,
                note: `over all five names; e to the ε allows × ${short(Math.exp(ranWith.epsilon), 4)}`,
              },
              {
                name: 'Best guesser',
                value: percent(result.best),
                note: 'right about you from one name, in the long run; a coin: 50 %',
              },
              {
                name: 'The true winner is named',
                value: percent(result.probability.with[result.winner.with]!),
                note: 'with you there; an exact count: always',
              },
            ]}
          />
          <BarFigure
            title="The votes, which nobody publishes"
            summary={CANDIDATES.map(
              (name, i) =>
                `${name}: ${result.votes.without[i]} votes without you, ${result.votes.with[i]} with you`,
            ).join('; ')}
            categories={CANDIDATES}
            series={[
              bars('without', 'without you', 'plain', result.votes.without),
              bars('with', 'with you', 'private', result.votes.with),
            ]}
            x={{ label: 'candidate' }}
            y={{ label: 'votes', min: 0 }}
            height={160}
          />
        </>
      )}
    </Cell>
  );
}

function exactInWords({ winner }: ChooseResult): string {
  const [without, present] = [CANDIDATES[winner.without], CANDIDATES[winner.with]];
  return without === present
    ? `An exact count names ${without} in both worlds. That tells nothing here, and it is luck: no promise covers a closer vote.`
    : `An exact count names ${without} without you and ${present} with you. Whoever knows the other votes knows for certain that you were there: no ε covers that.`;
}
