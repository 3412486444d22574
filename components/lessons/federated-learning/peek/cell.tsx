'use client';

import { useState } from 'react';
import { Cell } from '@/components/notebook/cell';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { Fold } from '@/components/ui/fold';
import { plural, short } from '@/components/ui/format';
import type { PeekParams, PeekResult, Seen } from '../experiments/peek';
import { AHEAD, ALIKE, STRANGERS } from '../naming';
import { DigitPad, type Drawing } from './digit-pad';
import { peekParameters } from './parameters';
import { Queue, TenRows, ViewCard } from './what-is-read';

/** Be the server: what is read off one client’s update and off a sum, and whose it is. */
export function PeekCell() {
  const { values, panel, resetAll } = useParameters(peekParameters);
  const { digit, digits, peekNoise, peekClients, peekClip, seed } = values;
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const [chosen, setChosen] = useState<Seen>('sum');
  const handle = useExperiment<PeekParams, never, PeekResult>({
    cellId: 'peek',
    experimentId: 'federated-peek',
    mode: 'reactive',
    params: {
      digit,
      drawn: drawing && { key: drawing.key, label: drawing.label },
      digits,
      localSteps: 5,
      maxUpdateNorm: peekClip,
      noiseMultiplier: peekNoise,
      clients: peekClients,
      seed,
    },
    inputs: drawing ? [{ key: drawing.key, value: drawing.pixels }] : [],
  });
  const { result, ranWith } = handle;
  const cut = result !== null && ranWith !== null && result.length > ranWith.maxUpdateNorm;
  const views: [Seen, string, string][] = [
    ['alone', 'One update, as it is', 'plain federated learning'],
    ['clipped', 'Clipped', cut ? `cut to length ${short(ranWith.maxUpdateNorm)}` : 'short enough: not cut'],
    ['noisy', 'Clipped, with noise', `σ = ${short(ranWith?.noiseMultiplier ?? peekNoise)}`],
    ['sum', `The sum of ${ranWith?.clients ?? peekClients}`, 'secure aggregation, no noise'],
  ];
  return (
    <Cell
      intro="You are the server. Each client trains on its own picture and sends only how the model’s weights moved. You divide each of the model’s ten rows by its last number, and look."
      handle={handle}
      resetSettings={() => {
        resetAll();
        setDrawing(null);
      }}
      controls={
        <>
          <ParameterPanel {...panel} only={['peekClients', 'peekNoise']} />
          <Fold title="Draw your own digit">
            <DigitPad drawing={drawing} onChange={setDrawing} />
          </Fold>
          <Fold title="More settings">
            <ParameterPanel {...panel} only={['peekClip', 'digit', 'digits', 'seed']} />
          </Fold>
        </>
      }
      stage={
        result === null ? null : (
          <>
            <Queue result={result} />
            <ul className="grid grid-cols-2 gap-2 @3xl:grid-cols-4" aria-label="What the server reads">
              {views.map(([id, title, note]) => (
                <ViewCard
                  key={id}
                  {...{ id, title, note }}
                  view={result.read[id]}
                  chosen={id === chosen}
                  onChoose={() => setChosen(id)}
                />
              ))}
            </ul>
          </>
        )
      }
    >
      {result === null ? null : (
        <>
          <TenRows title={views.find(([id]) => id === chosen)![1]} view={result.read[chosen]} />
          <p className="text-sm text-secondary">
            Beside each large picture stands, small, the digit among{' '}
            {plural(result.read.sum.members, 'digit')} in the sum that it is most like. Likeness is structural
            similarity (SSIM, windows of 7 × 7): 1 for the same picture. Among many digits, one is always a
            little like any smudge. So each picture is compared with {STRANGERS} strangers’ digits too, and
            named (in red) only if it is at {ALIKE} or more, and {AHEAD} ahead of every stranger. That nobody
            is named proves nothing: another attack may see more. The update was {short(result.length)} long
            before clipping. Pictures are test digits
            {ranWith?.drawn ? ' and your drawing' : ''}, and the noise comes from a seed: a demonstration, so
            nothing is charged.
          </p>
        </>
      )}
    </Cell>
  );
}
