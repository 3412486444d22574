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
import { short } from '@/components/ui/format';
import type { ShuffledLotsParams, ShuffledPoint } from '../experiments/shuffled-lots';
import { shuffledParameters } from './parameters';

/** What was found, in a sentence. */
function verdict({ poisson, atLeast, atMost }: ShuffledPoint): string {
  const known = `Poisson lots: ε = ${formatEpsilon(poisson)}. Shuffled lots: between ${short(Math.floor(1000 * atLeast) / 1000)} and ${formatEpsilon(atMost)}.`;
  if (atLeast > poisson)
    return `${known} So the ε of Poisson lots is not true of shuffled ones: theirs is at least ${short(atLeast / poisson, 2)} times as large.`;
  if (atMost < poisson) return `${known} With so little noise shuffled lots are the better ones.`;
  return `${known} Here the bounds do not say which of the two is better.`;
}

/** The same training, its lots drawn in two ways. */
export function ShuffledCell() {
  const { values, panel, resetAll } = useParameters(shuffledParameters);
  const { shuffledNoise, shuffledLots, shuffledEpochs, shuffledDelta } = values;
  const handle = useExperiment<ShuffledLotsParams, readonly ShuffledPoint[], readonly ShuffledPoint[]>({
    cellId: 'shuffled',
    experimentId: 'shuffled-lots',
    mode: 'reactive',
    params: {
      noiseMultiplier: shuffledNoise,
      lotsPerEpoch: shuffledLots,
      epochs: shuffledEpochs,
      delta: shuffledDelta,
    },
  });
  const found = handle.result ?? handle.latest;
  const last = found?.at(-1) ?? null;
  const series = useMemo(() => {
    const points = (figure: 'poisson' | 'atLeast' | 'atMost') =>
      (found ?? []).map(({ epochs: x, [figure]: y }) => ({ x, y }));
    return [
      line('poisson', 'Poisson lots', 'private', points('poisson')),
      line('least', 'Shuffled lots: at least', 'attacker', points('atLeast')),
      line('most', 'Shuffled lots: at most', 'plain', points('atMost'), { faint: true }),
    ];
  }, [found]);

  return (
    <Cell
      intro="The same noise and the same number of steps. Only how the lots are drawn differs: by chance for each example, or from a shuffled pass over the data."
      handle={handle}
      resetSettings={resetAll}
      controls={
        <>
          <ParameterPanel {...panel} />
          {last === null ? null : (
            <TurnedExample
              events={[
                {
                  kind: 'poisson-gaussian',
                  sampleRate: 1 / shuffledLots,
                  noiseMultiplier: shuffledNoise,
                  steps: shuffledLots * shuffledEpochs,
                },
              ]}
              epsilon={last.poisson}
              delta={shuffledDelta}
              unit="example"
              data="None: a plan of a training, with Poisson lots"
              plan
            />
          )}
        </>
      }
      stage={
        <LineFigure
          title="ε by how the lots are drawn"
          summary={last === null ? 'Not computed yet.' : verdict(last)}
          caption={`At δ = ${shuffledDelta}. The true ε of shuffled lots lies between the two lines; nobody knows where.`}
          series={series}
          x={{ label: 'epochs', whole: true, min: 0, max: Math.max(1, shuffledEpochs) }}
          y={{ label: 'ε (nats)', min: 0, format: formatEpsilon }}
          height={300}
        />
      }
    >
      {last === null ? null : (
        <p role="status" data-verdict>
          {verdict(last)}
        </p>
      )}
    </Cell>
  );
}
