'use client';

import { useMemo } from 'react';
import { LineFigure } from '@/components/charts/line-figure';
import { line } from '@/components/charts/series';
import { TurnedExample } from '@/components/label/turned-example';
import { formatEpsilon } from '@/components/ledger/words';
import { Cell } from '@/components/notebook/cell';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { shortPercent } from '@/components/ui/format';
import { formatNumber } from '@/lib/notebook/parameters';
import { LONGITUDINAL_DELTA } from '../account';
import type { LongitudinalParams, LongitudinalPoint, LongitudinalResult } from '../experiments/longitudinal';
import { longitudinalParameters } from './parameters';

/** A report every day: fresh coins against one remembered answer. */
export function LongitudinalCell() {
  const { values, panel, resetAll } = useParameters(longitudinalParameters);
  const { localEpsilon, days, emojiCount, crowdSeed } = values;
  const handle = useExperiment<LongitudinalParams, null, LongitudinalResult>({
    cellId: 'longitudinal',
    experimentId: 'longitudinal',
    mode: 'reactive',
    params: { epsilon: localEpsilon, categories: emojiCount, days, seed: crowdSeed },
  });
  const { result, ranWith } = handle;
  const { guessed, spent } = useMemo(() => {
    const daily = (figure: Exclude<keyof LongitudinalPoint, 'day'>) =>
      (result?.points ?? []).map(({ day, [figure]: y }) => ({ x: day, y }));
    return {
      guessed: [
        line('fresh', 'Fresh coins every day', 'attacker', daily('guessedFresh')),
        line('memo', 'One answer, remembered', 'private', daily('guessedMemoised')),
      ],
      spent: [
        line('fresh', 'Fresh coins, added up', 'attacker', daily('fresh')),
        line('delta', 'Fresh coins, with a little δ', 'noise', daily('freshDelta')),
        line('memo', 'One answer, remembered', 'private', daily('memoised')),
      ],
    };
  }, [result]);
  const last = result?.points.at(-1);
  const x = { label: 'day', scale: 'log' as const, min: 1, max: ranWith?.days ?? days };

  return (
    <Cell
      intro={`${result?.people ?? 400} people report daily by k-ary randomised response. Somebody keeps all reports and names, for each of them, the emoji reported most.`}
      handle={handle}
      resetSettings={resetAll}
      controls={
        <>
          <ParameterPanel {...panel} />
          <TurnedExample
            events={[{ kind: 'pure', epsilon: localEpsilon, count: days }]}
            epsilon={days * localEpsilon}
            relation="replace-one"
            data="A made-up crowd, with fresh coins every day"
            seeded
          />
        </>
      }
      stage={
        last === undefined || ranWith === null ? null : (
          <LineFigure
            title="How many people are seen through"
            summary={`After ${last.day} days: ${shortPercent(last.guessedFresh)} of people with fresh coins, ${shortPercent(last.guessedMemoised)} with one remembered answer.`}
            caption="Share of people whose true emoji is guessed rightly. Their favourite never changes."
            series={guessed}
            x={x}
            y={{ label: 'guessed rightly', min: 0, max: 1, format: shortPercent }}
            references={[{ axis: 'y', value: 1 / ranWith.categories, label: 'by chance alone' }]}
          />
        )
      }
    >
      {last === undefined ? null : (
        <LineFigure
          title="What it has cost each of them"
          summary={`After ${last.day} days: ε ${formatEpsilon(last.fresh)} added up, ${formatEpsilon(last.freshDelta)} at δ ${formatNumber(LONGITUDINAL_DELTA)}, ${formatEpsilon(last.memoised)} with one remembered answer.`}
          caption={`ε so far. The dash-dotted line allows δ = ${formatNumber(LONGITUDINAL_DELTA)} and is what the ledger counts.`}
          series={spent}
          x={x}
          y={{ label: 'ε (nats)', scale: 'log', format: formatEpsilon }}
          height={220}
        />
      )}
    </Cell>
  );
}
