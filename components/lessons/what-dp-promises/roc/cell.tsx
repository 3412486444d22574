'use client';

import { useMemo } from 'react';
import { LineFigure } from '@/components/charts/line-figure';
import { DIAGONAL, line } from '@/components/charts/series';
import { TurnedExample } from '@/components/label/turned-example';
import { Cell } from '@/components/notebook/cell';
import { Facts } from '@/components/notebook/facts';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { Columns } from '@/components/ui/columns';
import { count, percent, shortPercent } from '@/components/ui/format';
import { Scrollable } from '@/components/ui/scrollable';
import type { AttackersParams, AttackersResult, Rates } from '../experiments/attackers';
import { promiseEvents } from '../released';
import { rocParameters } from './parameters';

const points = (rates: readonly Rates[]) =>
  rates.map(({ falsePositiveRate: x, truePositiveRate: y }) => ({ x, y }));

/** What attackers reach, under what they could reach. */
export function RocCell() {
  const { values, set, panel, resetAll } = useParameters(rocParameters);
  const { mechanism, promiseEpsilon: epsilon, promiseDelta: delta, rounds, promiseSeed } = values;
  const handle = useExperiment<AttackersParams, null, AttackersResult>({
    cellId: 'roc',
    experimentId: 'attackers',
    mode: 'reactive',
    params: { mechanism, epsilon, delta, rounds, seed: promiseSeed },
  });
  const { result, ranWith } = handle;
  const series = useMemo(() => {
    if (result === null) return [];
    const most = ranWith?.mechanism === 'gaussian' ? 'the most that ε and δ allow' : 'the most that ε allows';
    const tried = [...result.attackers].sort((a, b) => a.falsePositiveRate - b.falsePositiveRate);
    return [
      line('promised', most, 'noise', points(result.promised)),
      line('best', 'the best attacker of this mechanism', 'private', points(result.best)),
      line('coin', 'no better than a coin', 'plain', DIAGONAL, { faint: true }),
      line('tried', 'attackers who tried', 'attacker', points(tried), { dots: true }),
    ];
  }, [result, ranWith]);
  const likelier = result?.attackers.find(({ id }) => id === 'likelier');
  const reached = likelier ? likelier.truePositiveRate - likelier.falsePositiveRate : null;

  // Both rates are shares of as many rounds: at most this standard deviation of their difference.
  const scatter = Math.sqrt(0.5 / (ranWith?.rounds ?? rounds));

  return (
    <Cell
      intro="Each round, one world is real and one answer is published. An attacker who knows everything but which world it is says “in” or “not in”."
      handle={handle}
      resetSettings={resetAll}
      controls={
        <>
          <ParameterPanel
            {...panel}
            only={[
              'mechanism',
              'promiseEpsilon',
              ...(mechanism === 'gaussian' ? (['promiseDelta'] as const) : []),
              'rounds',
              'promiseSeed',
            ]}
          />
          <TurnedExample
            events={promiseEvents(mechanism, { epsilon, delta })}
            epsilon={epsilon}
            delta={mechanism === 'gaussian' ? delta : 0}
            relation={mechanism === 'randomised-response' ? 'replace-one' : 'add-or-remove-one'}
            data="A made-up count of people"
            seeded
            byRisk={{
              release: mechanism === 'laplace' || mechanism === 'gaussian' ? mechanism : 'pure',
              parameter: rocParameters.declarations.promiseEpsilon,
              onEpsilon: (found) => set('promiseEpsilon', found),
            }}
          />
        </>
      }
      stage={
        result === null ? null : (
          <LineFigure
            title="How often they are right, against how often they cry wolf"
            summary={`The best attacker’s advantage is ${percent(result.advantage)}; ε and δ allow ${percent(result.maxAdvantage)}.`}
            caption="A point is one attacker. Further up and to the left is better for the attacker; on the diagonal is a coin."
            series={series}
            x={{ label: 'says “in” though you are not', min: 0, max: 1, format: shortPercent }}
            y={{ label: 'says “in” when you are', min: 0, max: 1, format: shortPercent }}
            showLatest={false}
            height={340}
          />
        )
      }
    >
      {result === null ? null : (
        <>
          <Facts
            columns="1 or 3"
            facts={[
              {
                name: 'Advantage reached',
                value: reached === null ? '–' : `${percent(reached)} ± ${(100 * scatter).toFixed(1)}`,
                note: 'right minus wrong alarms of the one who names the likelier world; the ± is chance',
              },
              {
                name: 'Best possible here',
                value: percent(result.advantage),
                note: 'against this mechanism, in the long run',
              },
              {
                name: 'Allowed by the promise',
                value: percent(result.maxAdvantage),
                note: 'against any mechanism with this ε and δ',
              },
            ]}
          />
          <Scrollable label="The attackers">
            <table className="w-full border-collapse text-sm tabular-nums">
              <thead>
                <tr className="border-b border-line-strong text-left">
                  <Columns
                    names={['The attacker who …', '“in”, rightly', '“in”, wrongly']}
                    className="py-1.5 pr-3 text-right first:text-left last:pr-0"
                  />
                </tr>
              </thead>
              <tbody>
                {result.attackers.map(({ id, name, truePositiveRate, falsePositiveRate }) => (
                  <tr key={id} className="border-b border-line last:border-0">
                    <th scope="row" className="py-1.5 pr-3 text-left font-normal">
                      {name}
                    </th>
                    <td className="py-1.5 pr-3 text-right">{percent(truePositiveRate)}</td>
                    <td className="py-1.5 text-right">{percent(falsePositiveRate)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scrollable>
          <p className="text-sm text-secondary">
            Counted over {count(ranWith?.rounds ?? rounds)} rounds in each world, so the dots scatter around
            their true place by up to {percent(Math.sqrt(0.25 / (ranWith?.rounds ?? rounds)))} (one standard
            deviation), and now and then above the curve.
          </p>
        </>
      )}
    </Cell>
  );
}
