'use client';

import { useMemo } from 'react';
import { LineFigure } from '@/components/charts/line-figure';
import { line, type SeriesRole } from '@/components/charts/series';
import { TurnedExample } from '@/components/label/turned-example';
import { formatEpsilon } from '@/components/ledger/words';
import { Cell } from '@/components/notebook/cell';
import { Facts } from '@/components/notebook/facts';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { count, percent, short, shortPercent } from '@/components/ui/format';
import type { Stopping } from '@/lib/privacy';
import type { BestOfParams, BestOfPoint, BestOfResult } from '../experiments/best-of-tries';
import { bestOfParameters } from './parameters';

const RULES: readonly [Stopping, string, SeriesRole][] = [
  ['fixed', 'A fixed number', 'attacker'],
  ['geometric', 'At random, geometric', 'private'],
  ['logarithmic', 'At random, logarithmic', 'noise'],
];

const TRY = bestOfParameters.declarations.tryEpsilon;

/** The best of many tries is told: at the price of all of them, or of three. */
export function BestOfCell() {
  const { values, set, panel, resetAll } = useParameters(bestOfParameters);
  const { triesOnAverage, tryEpsilon, settingsToTry, stopping, searchSeed } = values;
  const handle = useExperiment<BestOfParams, null, BestOfResult>({
    cellId: 'best-of',
    experimentId: 'best-of-tries',
    mode: 'reactive',
    params: {
      tries: triesOnAverage,
      epsilon: tryEpsilon,
      settings: settingsToTry,
      stopping,
      seed: searchSeed,
    },
  });
  const { result, ranWith } = handle;
  /** What the search costs, in prices of one try. */
  const prices = result && ranWith ? result.atMost / ranWith.epsilon : 1;
  const most = Math.max(4 * (ranWith?.epsilon ?? tryEpsilon), 1);
  const curves = (of: (point: BestOfPoint) => Record<Stopping, number>, highest: number) =>
    RULES.map(([rule, label, role]) =>
      line(
        rule,
        label,
        role,
        (result?.points ?? [])
          .map((point) => ({ x: point.tries, y: of(point)[rule] }))
          .filter(({ y }) => y <= highest),
      ),
    );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the curves follow the result alone
  const [cost, found] = useMemo(
    () => [curves((point) => point.cost, most), curves((point) => point.found, 1)],
    [result],
  );

  return (
    <Cell
      intro="Train many times with settings drawn by chance, and publish the best model alone. What did that cost everybody in the data?"
      handle={handle}
      resetSettings={resetAll}
      controls={
        <>
          <ParameterPanel {...panel} />
          {result === null ? null : (
            <TurnedExample
              events={[{ kind: 'pure', epsilon: result.atMost, count: 1 }]}
              epsilon={result.atMost}
              data="None: a plan of a search"
              plan
              {...(stopping === 'fixed'
                ? {}
                : {
                    byRisk: {
                      release: 'pure',
                      // What is found is the ε of the whole search: so many times that of one try.
                      parameter: {
                        key: TRY.key!,
                        min: TRY.min * prices,
                        max: TRY.max * prices,
                      },
                      onEpsilon: (whole) => set('tryEpsilon', whole / prices),
                    },
                  })}
            />
          )}
        </>
      }
      stage={
        <LineFigure
          title="ε of telling the best try"
          summary={
            result === null || ranWith === null
              ? 'Not computed yet.'
              : `With ${ranWith.tries} tries on average at ε = ${short(ranWith.epsilon)} each: at most ${formatEpsilon(result.atMost)}.`
          }
          caption={`What is proved for every kind of try. Above ${short(most)} the line of the fixed number leaves the picture.`}
          series={cost}
          x={{ label: 'tries on average', scale: 'log', min: 1, max: 200 }}
          y={{ label: 'ε (nats)', min: 0, max: most, format: (value) => short(value) }}
          height={260}
          showLatest={false}
        />
      }
    >
      {result === null || ranWith === null ? null : (
        <>
          <Facts
            columns="1 or 3"
            facts={[
              {
                name: 'ε, at most',
                value: formatEpsilon(result.atMost),
                note: `for every kind of try; one try has ${formatEpsilon(ranWith.epsilon)}`,
              },
              {
                name: 'ε, reached',
                value: short(result.reached, 3),
                note: 'by the worst kind of try we know: no smaller ε can be promised',
              },
              {
                name: 'The best setting is tried',
                value: percent(result.found),
                note: `in ${count(result.searches.drawn)} searches drawn here: ${count(result.searches.found)} times, with ${short(result.searches.tries)} tries on average, ${count(result.searches.longest)} at most`,
              },
            ]}
          />
          <LineFigure
            title="Chance that the best setting is tried"
            summary={`${percent(result.found)} with ${ranWith.tries} tries on average among ${ranWith.settings} settings.`}
            caption="The price of chance: sometimes the search ends after one try."
            series={found}
            x={{ label: 'tries on average', scale: 'log', min: 1, max: 200 }}
            y={{ label: 'chance', min: 0, max: 1, format: shortPercent }}
            height={180}
            showLatest={false}
          />
        </>
      )}
    </Cell>
  );
}
