'use client';

import { useMemo } from 'react';
import { LineFigure } from '@/components/charts/line-figure';
import { line, type SeriesRole } from '@/components/charts/series';
import { TurnedExample } from '@/components/label/turned-example';
import { Cell } from '@/components/notebook/cell';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { short } from '@/components/ui/format';
import type { RunningSumPoint, RunningSumsParams, RunningSumsResult } from '../experiments/running-sums';
import { streamParameters } from './parameters';

const WAYS: readonly [Exclude<keyof RunningSumPoint, 'round'>, string, SeriesRole][] = [
  ['independent', 'Fresh noise each round, no sampling', 'plain'],
  ['tree', 'DP-FTRL, noise on a tree', 'attacker'],
  ['squareRoot', 'DP-FTRL, square-root matrix', 'private'],
  ['poisson', 'Fresh noise, Poisson sampling: not to be had on phones', 'noise'],
];

/** Noise that cancels over the rounds, against noise that does not, at one ε. */
export function StreamsCell() {
  const { values, panel, resetAll } = useParameters(streamParameters);
  const { streamRounds, streamEpsilon, streamDelta } = values;
  const handle = useExperiment<RunningSumsParams, null, RunningSumsResult>({
    cellId: 'streams',
    experimentId: 'running-sums',
    mode: 'reactive',
    params: { rounds: streamRounds, epsilon: streamEpsilon, delta: streamDelta },
  });
  const { result } = handle;
  const worst = result?.worst;
  const series = useMemo(
    () =>
      WAYS.map(([way, label, role]) =>
        line(
          way,
          label,
          role,
          (result?.points ?? []).map(({ round: x, [way]: y }) => ({ x, y })),
        ),
      ),
    [result],
  );
  const words =
    worst === undefined
      ? 'Not computed yet.'
      : `At its worst the sum is off by ${short(worst.independent)} clips with fresh noise, by ${short(worst.tree)} with noise on a tree, and by ${short(worst.squareRoot)} with the square-root matrix. If phones could be drawn by Poisson sampling, it would be ${short(worst.poisson)}.`;

  return (
    <Cell
      intro="What a model has learnt is the sum of all updates so far. How much noise is in that sum, at the same ε, by how the noise is added?"
      handle={handle}
      resetSettings={resetAll}
      controls={
        <>
          <ParameterPanel {...panel} />
          {result === null ? null : (
            <TurnedExample
              events={[{ kind: 'gaussian', noiseMultiplier: result.released, count: 1 }]}
              epsilon={streamEpsilon}
              delta={streamDelta}
              unit="phone"
              data="None: a plan of a training"
              plan
            />
          )}
        </>
      }
      stage={
        <LineFigure
          title="Noise in the sum of all updates so far"
          summary={words}
          caption="Standard deviation, in clips: one phone’s update is at most one long. Each phone is in one round."
          series={series}
          x={{ label: 'round', whole: true, min: 0, max: streamRounds }}
          y={{ label: 'noise (clips)', min: 0, format: (value) => short(value) }}
          height={300}
          showLatest={false}
        />
      }
    >
      {worst === undefined ? null : (
        <p role="status" data-verdict>
          {words}
        </p>
      )}
    </Cell>
  );
}
