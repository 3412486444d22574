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
import { Button } from '@/components/ui/button';
import { count, percent, short, shortPercent } from '@/components/ui/format';
import { ONE_HOLDS_ALL } from '@/lib/runs/label';
import type { SubsetSumsParams, SubsetSumsResult } from '../experiments/subset-sums';
import { BitGrid } from './bit-grid';
import { subsetSumsParameters } from './parameters';

/** n: as many as the experiment has. */
const PEOPLE = 200;
/** Below this, Dinur and Nissim’s attack is at home. */
const QUARTER_ROOT = Math.sqrt(PEOPLE) / 4;

/** Bits read off noisy counts, until the noise is that of a small ε. */
export function SubsetSumsCell() {
  const { values, set, panel, resetAll } = useParameters(subsetSumsParameters);
  const { bitNoise: deviation, questions, bitSeed: seed } = values;
  const handle = useExperiment<SubsetSumsParams, null, SubsetSumsResult>({
    cellId: 'subset-sums',
    experimentId: 'attack-subset-sums',
    mode: 'reactive',
    params: { questions, deviation, seed },
  });
  const { result, ranWith } = handle;
  const series = useMemo(() => {
    if (result === null || ranWith === null) return [];
    const { sweep, right } = result;
    return [
      line(
        'bound',
        'the most that ε allows, on average',
        'noise',
        sweep.map((p) => ({ x: p.deviation, y: p.bound })),
      ),
      line(
        'sweep',
        'read rightly, mean of two',
        'attacker',
        sweep.map((p) => ({ x: p.deviation, y: p.right })),
      ),
      line('now', 'this time', 'plain', [{ x: ranWith.deviation, y: right }], { dots: true }),
    ];
  }, [result, ranWith]);

  return (
    <Cell
      intro="Two hundred people have a secret bit each. A server answers questions: of these people, how many have a 1? No answer is about one person, and each has noise."
      handle={handle}
      resetSettings={resetAll}
      controls={
        <>
          {result !== null && Number.isFinite(result.epsilon) && result.epsilon > 0 ? (
            <TurnedExample
              events={[{ kind: 'pure', epsilon: result.epsilon, count: 1 }]}
              epsilon={result.epsilon}
              relation="replace-one"
              practice={ONE_HOLDS_ALL}
              data="Secret bits of 200 made-up people, all answers together"
              seeded
            />
          ) : null}
          <div data-stays="first" className="flex flex-wrap gap-2">
            <Button small onClick={() => set('bitNoise', 3.5)}>
              Just below √n ⁄ 4
            </Button>
            <Button small onClick={() => set('bitEpsilon', 0.5)}>
              ε = 0.5 in all
            </Button>
          </div>
          <ParameterPanel {...panel} />
        </>
      }
      stage={
        result === null || ranWith === null ? null : (
          <>
            <BitGrid secret={result.secret} guess={result.guess} />
            <p aria-live="polite" data-read>
              <strong>{percent(result.right)}</strong> of the bits are read rightly from{' '}
              {count(ranWith.questions)} answers, each off by about {short(ranWith.deviation)}{' '}
              {ranWith.deviation === 1 ? 'person' : 'people'}. A coin: 50 %.
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
                name: 'Bits read rightly',
                value: percent(result.right),
                note: 'by least squares, this time',
              },
              {
                name: 'ε of all answers',
                value: short(result.epsilon),
                note: `${count(ranWith.questions)} answers with Laplace noise: their ε add up`,
              },
              {
                name: 'The most that ε allows',
                value: percent(result.bound),
                note: 'for any attacker, on average over bits that are fair coins',
              },
            ]}
          />
          <LineFigure
            title="How many bits come out, at other noises"
            summary={`At a noise of ${short(result.sweep[0]!.deviation)} people ${percent(result.sweep[0]!.right)} of the bits come out, at ${short(result.sweep.at(-1)!.deviation)} people ${percent(result.sweep.at(-1)!.right)}.`}
            caption="The same questions and bits, with fresh noise. One number says little: 200 coins come out right 43 to 57 % of the time."
            series={series}
            x={{ label: 'noise on each answer', unit: 'people', scale: 'log' }}
            y={{ label: 'bits read rightly', min: 0.4, max: 1, format: shortPercent }}
            references={[{ axis: 'x', value: QUARTER_ROOT, label: '√n ⁄ 4' }]}
            showLatest={false}
            height={260}
          />
        </>
      )}
    </Cell>
  );
}
