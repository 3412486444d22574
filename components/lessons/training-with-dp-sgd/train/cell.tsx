'use client';

import { useMemo, useRef } from 'react';
import { RiskField } from '@/components/label/risk-field';
import { Refused } from '@/components/ledger/refused';
import { Cell } from '@/components/notebook/cell';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { usePrepared } from '@/components/notebook/use-prepared';
import { BrokenOff } from '@/components/training/broken-off';
import { EpsilonFacts, EpsilonFigure } from '@/components/training/epsilon-panel/figure';
import { secondsPerUnit } from '@/components/training/epsilon-panel/ready';
import { ResultSaid } from '@/components/training/epsilon-panel/result-said';
import {
  DIGIT_PREPARATION,
  differsFromRecorded,
  digitKind,
  digitWork,
} from '@/components/training/epsilon-panel/run';
import { StopPrice } from '@/components/training/private-run';
import { SelfStartLine } from '@/components/training/self-start/self-start-line';
import { useSelfStart } from '@/components/training/self-start/use-self-start';
import { DIGIT_CHECKPOINTS } from '@/lib/runs/broken-off';
import { trainRelease } from '../account';
import { AnsweredDigits } from './answered-digits';
import { TrainControls } from './controls';
import { SpentAndLoss } from './curves';
import { LotLengths } from './lot-lengths';
import { OpacusItem } from './opacus-item';
import { trainParameters } from './parameters';
import { PinButtons, type TrainHandle, usePins } from './pins';
import { Remembered } from './remembered';
import { paramsOf, valuesOf } from './settings';
import { useShown } from './use-shown';

/** Private and plain training at the same settings: recorded while ε moves, live when it is let go. */
export function TrainCell() {
  const parameters = useParameters(trainParameters);
  const { values, set, panel } = parameters;
  const params = useMemo(() => paramsOf(values), [values]);
  const release = useMemo(() => trainRelease(params), [params]);
  const handle: TrainHandle = useExperiment({
    cellId: 'train',
    experimentId: 'train-mnist',
    params,
  });
  const zone = useRef<HTMLDivElement>(null);
  const start = useSelfStart({
    handle,
    zone,
    kind: digitKind(params),
    params,
    workOf: digitWork,
    whole: ({ refusal, continuedFrom }) => refusal === null && continuedFrom === null,
  });
  // The wider features take some seconds of work, and more memory: too much for somebody who may never press Run.
  const { people, features, model } = params;
  usePrepared('train', DIGIT_PREPARATION, features === 'gradients' ? { people, features } : null, (found) =>
    start.prepared(model === 'softmax' ? secondsPerUnit(found) : null),
  );
  const { updates, latest, ranWith, state } = handle;
  const pinned = usePins(handle);
  const { shown, own } = useShown(handle, values.epsilon, differsFromRecorded(params), pinned.pins);
  const run = latest && ranWith && { updates, latest, ranWith, pins: pinned.pins, total: ranWith.steps };
  return (
    <Cell
      handle={handle}
      menu={<OpacusItem params={params} />}
      controls={
        <>
          <div ref={zone}>
            <ParameterPanel {...panel} only={['epsilon']} />
          </div>
          <TrainControls parameters={parameters} params={params} />
        </>
      }
      actions={<PinButtons {...pinned} />}
      stage={
        <>
          <BrokenOff database={DIGIT_CHECKPOINTS} handle={handle} valuesOf={valuesOf} set={set} />
          <EpsilonFigure shown={shown} epsilon={values.epsilon} />
          <div className="grid gap-1">
            <SelfStartLine {...start} />
            {release.noiseMultiplier === values.noiseMultiplier ? (
              <RiskField
                run={release}
                delta={values.delta}
                range={trainParameters.declarations.noiseMultiplier}
                unit="digit"
                onNoise={(noiseMultiplier) => set('noiseMultiplier', noiseMultiplier)}
              />
            ) : null}
          </div>
          <EpsilonFacts shown={shown} />
          {ranWith ? (
            <StopPrice
              state={state}
              noise={ranWith.noiseSource}
              epsilon={handle.provenance?.epsilon ?? values.epsilon}
            />
          ) : null}
          <ResultSaid own={state === 'done' ? own : null} />
        </>
      }
    >
      {run ? (
        <>
          <SpentAndLoss run={run} />
          <Remembered {...run.latest} />
          <LotLengths {...run.latest} />
          <AnsweredDigits {...run.latest} />
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
