'use client';

import { useMemo } from 'react';
import { LineFigure } from '@/components/charts/line-figure';
import { line } from '@/components/charts/series';
import { TurnedExample } from '@/components/label/turned-example';
import { Cell } from '@/components/notebook/cell';
import { Facts } from '@/components/notebook/facts';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { count, percent, short, wholePercent } from '@/components/ui/format';
import type { DeletionParams, DeletionResult } from '../experiments/deletion';
import { deletedParameters } from './parameters';

/** Perfect unlearning, and what the two releases around it give away. */
export function DeletedCell() {
  const { values, panel, resetAll } = useParameters(deletedParameters);
  const { deletedEpsilon, deletedSeed } = values;
  const handle = useExperiment<DeletionParams, null, DeletionResult>({
    cellId: 'deleted',
    experimentId: 'deletion',
    mode: 'reactive',
    params: { epsilon: deletedEpsilon, seed: deletedSeed },
  });
  const { result } = handle;
  const series = useMemo(() => {
    const points = result?.points ?? [];
    return [
      line(
        'right',
        'Whoever subtracts',
        'attacker',
        points.map(({ epsilon: x, right: y }) => ({ x, y })),
      ),
      line(
        'most',
        'Anybody, at most',
        'private',
        points.map(({ epsilon: x, atMost: y }) => ({ x, y })),
      ),
      line(
        'exact',
        'Whoever subtracts exact counts',
        'plain',
        points.map(({ epsilon: x }) => ({ x, y: 1 })),
      ),
    ];
  }, [result]);

  return (
    <Cell
      intro="A register says how many of its people are ill. One of them asks to be deleted, and is: the count is made anew without them. Was this one ill?"
      handle={handle}
      resetSettings={resetAll}
      controls={
        <>
          <ParameterPanel {...panel} />
          <TurnedExample
            events={[{ kind: 'pure', epsilon: deletedEpsilon, count: 2 }]}
            epsilon={2 * deletedEpsilon}
            data="A made-up register, counted before and after"
            seeded
          />
        </>
      }
      stage={
        result === null ? null : (
          <LineFigure
            title="Right about the deleted person"
            summary={`At ε = ${short(deletedEpsilon)} whoever subtracts the two releases is right ${wholePercent(result.right)} of the time; with exact counts, always.`}
            caption="How often the guess “ill or not” is right. A coin is right half the time."
            series={series}
            x={{ label: 'ε of each release', scale: 'log' }}
            y={{ label: 'right', min: 0.5, max: 1, format: wholePercent }}
            references={[{ axis: 'x', value: deletedEpsilon, label: 'set' }]}
            height={280}
            showLatest={false}
          />
        )
      }
    >
      {result === null ? null : (
        <Facts
          columns="2 or 4"
          facts={[
            {
              name: 'Exact, before and after',
              value: `${result.exact.before}, ${result.exact.after}`,
              note: 'so the one who left was ill',
            },
            {
              name: 'With noise, before and after',
              value: `${short(result.noisy.before, 4)}, ${short(result.noisy.after, 4)}`,
              note: 'one draw of the noise',
            },
            { name: 'Right, with noise', value: percent(result.right), note: 'whoever subtracts' },
            {
              name: 'The same, counted',
              value: percent(result.measured),
              note: `in ${count(result.games)} games`,
            },
          ]}
        />
      )}
    </Cell>
  );
}
