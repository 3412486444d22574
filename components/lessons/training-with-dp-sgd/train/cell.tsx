'use client';

import { Refused } from '@/components/ledger/refused';
import { Cell } from '@/components/notebook/cell';
import { EmptyStage } from '@/components/notebook/empty-stage';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { usePrepared } from '@/components/notebook/use-prepared';
import { AccuracyFacts } from '@/components/training/accuracy-facts';
import { BrokenOff } from '@/components/training/broken-off';
import { StopPrice } from '@/components/training/private-run';
import { DIGIT_CHECKPOINTS } from '@/lib/runs/broken-off';
import { AnsweredDigits } from './answered-digits';
import { TrainControls } from './controls';
import { AccuracyCurves, SpentAndLoss } from './curves';
import { LotLengths } from './lot-lengths';
import { OpacusItem } from './opacus-item';
import { trainParameters } from './parameters';
import { PinButtons, type TrainHandle, usePins } from './pins';
import { paramsOf, valuesOf } from './settings';

/** Private and plain training at the same settings, live. */
export function TrainCell() {
  const parameters = useParameters(trainParameters);
  const { values, set } = parameters;
  const params = paramsOf(values);
  const handle: TrainHandle = useExperiment({
    cellId: 'train',
    experimentId: 'train-mnist',
    params,
  });
  // The wider features take some seconds of work, and more memory: too much for somebody who may never press Run.
  const { people, features } = params;
  usePrepared('train', 'prepare-digits', features === 'gradients' ? { people, features } : null);
  const { updates, latest, ranWith, provenance } = handle;
  const pinned = usePins(handle);
  const shown = latest && ranWith && { updates, latest, ranWith, pins: pinned.pins, total: ranWith.steps };
  return (
    <Cell
      handle={handle}
      menu={<OpacusItem params={params} />}
      controls={<TrainControls parameters={parameters} params={params} />}
      actions={<PinButtons {...pinned} />}
      stage={
        <>
          <BrokenOff database={DIGIT_CHECKPOINTS} handle={handle} valuesOf={valuesOf} set={set} />
          {shown ? (
            <>
              <AccuracyFacts latest={shown.latest} epsilon={provenance?.epsilon ?? values.epsilon} />
              <StopPrice
                state={handle.state}
                noise={ranWith!.noiseSource}
                epsilon={provenance?.epsilon ?? values.epsilon}
              />
              <AccuracyCurves run={shown} />
            </>
          ) : (
            <EmptyStage>
              <p className="text-text">
                Press <strong>Run</strong> to train two models on all 60,000 digits, here in your browser.
              </p>
              <p>
                The first time, 11 MB of data are loaded from this site, while you read if nothing speaks
                against it; then a run takes seconds.
              </p>
            </EmptyStage>
          )}
        </>
      }
    >
      {shown ? (
        <>
          <SpentAndLoss run={shown} />
          <LotLengths {...shown.latest} />
          <AnsweredDigits {...shown.latest} />
        </>
      ) : null}
      <Refused
        handle={handle}
        onFewerSteps={(fewer) => set('steps', fewer)}
        onMoreNoise={(factor) => set('noiseMultiplier', values.noiseMultiplier * factor)}
      />
    </Cell>
  );
}
