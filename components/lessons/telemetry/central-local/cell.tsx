'use client';

import { useMemo, useState } from 'react';
import { LineFigure } from '@/components/charts/line-figure';
import { line, type SeriesRole } from '@/components/charts/series';
import { Cell } from '@/components/notebook/cell';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { Button } from '@/components/ui/button';
import { count, short, shortPercent } from '@/components/ui/format';
import { CrowdExample } from '../crowd-example';
import type { CentralParams, CentralResult } from '../experiments/central';
import { PROTOCOL_NAMES, type ProtocolId } from '../protocols';
import { centralParameters } from './parameters';

const percent = (share: number) => shortPercent(share, 2);

/** Four can be told apart in one chart; the symmetric encoding is never the best. */
const COMPARED: readonly [ProtocolId, SeriesRole][] = [
  ['choice', 'plain'],
  ['optimised', 'private'],
  ['hadamard', 'attacker'],
  ['sketch', 'noise'],
];

/** Why n must be large: the price of trusting nobody. */
export function CentralLocalCell() {
  const { values, set, panel, resetAll } = useParameters(centralParameters);
  const { localEpsilon, protocol, emojiCount, skew, crowdSeed } = values;
  const [all, setAll] = useState(false);
  const handle = useExperiment<CentralParams, null, CentralResult>({
    cellId: 'central-local',
    experimentId: 'central-against-local',
    mode: 'reactive',
    params: { epsilon: localEpsilon, categories: emojiCount, skew, protocol, seed: crowdSeed },
  });
  const { result, ranWith } = handle;
  const series = useMemo(() => {
    if (result === null || ranWith === null) return [];
    const { points, protocols } = result;
    if (all)
      return COMPARED.map(([id, role]) => {
        const errors = points.map(({ people: x }, i) => ({ x, y: protocols[id][i] ?? null }));
        return line(id, PROTOCOL_NAMES[id], role, errors);
      });
    const read = (label: string, role: SeriesRole, side: 'local' | 'central') => {
      const errors = (kind: 'expected' | 'measured') =>
        points.map(({ people: x, [side]: { [kind]: y } }) => ({ x, y }));
      return [
        line(`${side}-expected`, `${label}, by the formula`, role, errors('expected')),
        line(`${side}-measured`, `${label}, measured`, role, errors('measured'), { dots: true }),
      ];
    };
    return [
      ...read(`Local: ${PROTOCOL_NAMES[ranWith.protocol]}`, 'private', 'local'),
      ...read('Central: a trusted server adds Laplace noise', 'plain', 'central'),
    ];
  }, [result, ranWith, all]);
  const at = result?.points.find((point) => point.people === 10_000);

  return (
    <Cell
      intro="The same ε, the same question, the same people. On the one side every phone adds noise, on the other one server that knows everything adds it once."
      handle={handle}
      resetSettings={resetAll}
      controls={
        <>
          <ParameterPanel {...panel} />
          <CrowdExample epsilon={localEpsilon} onEpsilon={(found) => set('localEpsilon', found)} />
          <Button small data-stays="first" onClick={() => setAll(!all)} aria-pressed={all}>
            {all ? 'Compare with a trusted server' : 'Compare all protocols'}
          </Button>
        </>
      }
      stage={
        result === null || at === undefined ? null : (
          <LineFigure
            title={all ? 'Error of each protocol' : 'Error, local and central'}
            summary={`With 10,000 people the typical error of a share is ${percent(at.local.expected)} locally and ${percent(at.central.expected)} with a trusted server.`}
            caption={
              all
                ? 'Root mean square error of an estimated share, by the formulas. The sketch stops improving where collisions of its hash functions outweigh the noise.'
                : 'Root mean square error of an estimated share. Dots are measured in five simulated surveys of each size.'
            }
            series={series}
            x={{ label: 'people', scale: 'log', format: count }}
            y={{ label: 'error of a share', scale: 'log', format: percent }}
            showLatest={false}
            height={320}
          />
        )
      }
    >
      {at === undefined ? null : (
        <p className="text-sm text-secondary">
          With 10,000 people the local error is{' '}
          <strong className="text-text tabular-nums" data-figure="ratio">
            {short(at.local.expected / at.central.expected, 2)}
          </strong>{' '}
          times the central one; with a hundred times as many people, ten times that.
        </p>
      )}
    </Cell>
  );
}
