'use client';

import { useCallback, useMemo } from 'react';
import { LineFigure } from '@/components/charts/line-figure';
import { line } from '@/components/charts/series';
import { Refused, withNoise } from '@/components/ledger/refused';
import { Cell } from '@/components/notebook/cell';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { BackToDefaults, Price } from '@/components/training/private-run';
import { useAccounted } from '@/components/training/use-accounted';
import { Columns } from '@/components/ui/columns';
import { Fold } from '@/components/ui/fold';
import { SCENES_ACCOUNT, symbolPhases } from '../account';
import type { RareSymbolParams, RareSymbolResult, RareSymbolUpdate } from '../experiments/rare-symbol';
import { FOUND_IOU, FOUND_SCORE, WHO } from '../symbol-account';
import { Forms, LOOKS } from './forms';
import { rareSymbolParameters } from './parameters';
import { RecordedForm, RecordedSymbol } from './recorded-symbol';

function Heads({ heads, newForms }: Pick<RareSymbolUpdate, 'heads' | 'newForms'>) {
  return (
    <table className="w-full text-sm tabular-nums">
      <caption className="pb-1 text-left font-semibold">Who finds the symbol?</caption>
      <thead>
        <tr className="border-b border-line text-left text-secondary">
          <Columns
            names={['Head', 'Person', 'Best score on their form', 'Found there', 'Found on new forms']}
            className="py-1 pr-3 align-bottom font-medium"
          />
        </tr>
      </thead>
      <tbody>
        {WHO.map((who) => {
          const { score, found, foundInNew } = heads[who];
          return (
            <tr key={who} className="border-b border-line" data-head={who} data-found={found}>
              <th scope="row" className="py-1 pr-3 text-left font-medium">
                {LOOKS[who].name}
              </th>
              <td className="py-1 pr-3">{LOOKS[who].person}</td>
              <td className="py-1 pr-3">{score.toFixed(3)}</td>
              <td className="py-1 pr-3">{found ? <strong>yes</strong> : 'no'}</td>
              <td className="py-1 pr-3" data-new={foundInNew}>
                {foundInNew} of {newForms}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Until their noise is known. */
const NONE: ReturnType<typeof symbolPhases> = [];

/** One person alone drew a symbol: which of four heads know it? */
export function RareSymbolCell() {
  const { values, set, panel, resetAll } = useParameters(rareSymbolParameters);
  const { symbolEpsilon, symbolSteps, symbolNoise, symbolSeed } = values;
  const params = useMemo<RareSymbolParams>(
    () => ({ epsilon: symbolEpsilon, steps: symbolSteps, noiseSource: symbolNoise, seed: symbolSeed }),
    [symbolEpsilon, symbolSteps, symbolNoise, symbolSeed],
  );
  const handle = useExperiment<RareSymbolParams, RareSymbolUpdate, RareSymbolResult>({
    cellId: 'rare-symbol',
    experimentId: 'rare-symbol',
    params,
  });
  const { latest, updates, ranWith } = handle;
  const phases = useAccounted(
    useCallback(
      () => symbolPhases({ epsilon: symbolEpsilon, steps: symbolSteps }),
      [symbolEpsilon, symbolSteps],
    ),
  );
  const series = useMemo(
    () =>
      WHO.map((who) => {
        const { name, person } = LOOKS[who];
        const scores = updates.map(({ step, heads }) => ({ x: step, y: heads[who].score }));
        const role = name === 'Plain' ? 'plain' : 'private';
        return line(who, `${name}, ${person}`, role, scores, { faint: person === 'without' });
      }),
    [updates],
  );

  return (
    <Cell
      intro="Four heads learn side by side: plain and private, each with the one person who drew the symbol and without. A symbol counts as found where a box of its class has a score of 0.3 or more and lies on it. Only boxes of that class are drawn."
      handle={handle}
      controls={
        <>
          <ParameterPanel {...panel} only={['symbolEpsilon', 'symbolSteps']} />
          <Price noise={symbolNoise} several account={SCENES_ACCOUNT} phases={phases ?? NONE}>
            Both private heads are released, so both are paid for. The plain ones are written down too.
          </Price>
          <Fold title="Randomness">
            <ParameterPanel {...panel} only={['symbolNoise', 'symbolSeed']} />
          </Fold>
          <BackToDefaults onClick={resetAll} />
        </>
      }
      stage={
        latest && ranWith ? (
          <>
            <Forms
              title="That person’s own form, seen by the four heads"
              pixels={latest.forms.own}
              boxes={(who) => latest.heads[who].boxes.own}
            />
            <div className="overflow-x-auto">
              <Heads heads={latest.heads} newForms={latest.newForms} />
            </div>
          </>
        ) : (
          <>
            <RecordedForm />
            <RecordedSymbol />
          </>
        )
      }
    >
      {latest && ranWith ? (
        <>
          <LineFigure
            title="Best score for the symbol on that person’s form"
            summary={WHO.map(
              (who) => `${LOOKS[who].name}, ${LOOKS[who].person}: ${latest.heads[who].score.toFixed(3)}.`,
            ).join(' ')}
            caption={`Of boxes of the symbol’s class that overlap with it by ${FOUND_IOU} or more. From ${FOUND_SCORE} on it counts as found. Looked up on a training form: no ε covers these numbers of the plain heads.`}
            series={series}
            x={{ label: 'step', whole: true, min: 0, max: ranWith.steps }}
            y={{ label: 'score', min: 0, max: 1 }}
            references={[{ axis: 'y', value: FOUND_SCORE, label: 'found' }]}
            height={240}
          />
          <Forms
            title="The symbol on somebody else’s form, which nobody trained on"
            pixels={latest.forms.fresh}
            boxes={(who) => latest.heads[who].boxes.fresh}
          />
          <RecordedSymbol />
        </>
      ) : null}
      <Refused
        handle={handle}
        onMoreNoise={(factor) => set('symbolEpsilon', withNoise(symbolEpsilon, factor))}
      />
    </Cell>
  );
}
