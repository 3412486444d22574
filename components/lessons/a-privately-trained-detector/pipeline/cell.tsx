'use client';

import { TurnedExample } from '@/components/label/turned-example';
import { Cell } from '@/components/notebook/cell';
import { Facts } from '@/components/notebook/facts';
import { ParameterPanel, ParameterToggle } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { percent, short } from '@/components/ui/format';
import type { PrivacyEvent } from '@/lib/privacy';
import { SCENE_DELTA } from '@/lib/runs/accounts/scenes';
import type { PipelineParams, PipelineResult } from '../experiments/pipeline';
import { HABITS } from './habits';
import { pipelineParameters } from './parameters';

const NONE = 'no guarantee';
const worth = (epsilon: number) => (epsilon === Number.POSITIVE_INFINITY ? NONE : `ε = ${short(epsilon)}`);

/** What the ε is worth, as the mechanism that really runs: the odds are read off its trade-off curve, not off ε and δ. */
function mechanismOf(result: PipelineResult): PrivacyEvent[] {
  const { groupSize, sensitivity, sampleRate, noiseMultiplier, steps } = result;
  const run: PrivacyEvent = {
    kind: 'group-poisson-gaussian',
    ...{ groupSize, sampleRate, noiseMultiplier: noiseMultiplier / sensitivity, steps },
  };
  // A mean over those drawn is bounded but where too few are: half of δ is for that (`training-habits`).
  return sensitivity === 1
    ? [run]
    : [run, { kind: 'approximate', epsilon: 0, delta: SCENE_DELTA / 2, count: 1 }];
}

/** Switches of a training pipeline, and what the ε that it prints is worth with them. */
export function PipelineCell() {
  const { values, set, panel, resetAll } = useParameters(pipelineParameters);
  const handle = useExperiment<PipelineParams, null, PipelineResult>({
    cellId: 'pipeline',
    experimentId: 'pipeline-worth',
    mode: 'reactive',
    params: values,
  });
  const { result, ranWith, stale } = handle;
  const shown = stale ? null : result;

  return (
    <Cell
      intro="A detector is trained with clipping and noise, and the program prints an ε. Switch on what such programs do besides, and see what the ε is worth."
      handle={handle}
      resetSettings={resetAll}
      controls={
        <>
          <ParameterPanel {...panel} only={['printedEpsilon', 'rareTimes', 'machineLot', 'framesEach']} />
          {result === null || !Number.isFinite(result.training) ? null : (
            <TurnedExample
              events={mechanismOf(result)}
              epsilon={result.training}
              delta={SCENE_DELTA}
              data="People in the training pictures: what this pipeline would release, as far as its ε is worth anything"
              plan
            />
          )}
        </>
      }
      stage={
        <>
          {result === null ? null : (
            <div aria-live="polite" data-worth>
              <Facts
                columns="1 or 3"
                facts={[
                  {
                    name: 'Printed',
                    value: `ε = ${short(result.printed)}`,
                    note: 'and it would be printed whatever is switched on',
                  },
                  {
                    name: 'Worth, for who is in the training pictures',
                    value: worth(result.training),
                    note: inWords(result),
                  },
                  {
                    name: 'Worth, for who is in the validation pictures',
                    value: result.validation === 0 ? 'not looked at' : worth(result.validation),
                    note:
                      result.validation === 0
                        ? 'nothing that is released depends on them'
                        : 'the choice among checkpoints looks at them without noise',
                  },
                ]}
              />
            </div>
          )}
          <ul className="grid gap-2" aria-label="Habits of a pipeline">
            {HABITS.map(({ id, breaks, instead, source }) => (
              <li key={id} className="rounded-control border border-line px-3 py-2">
                <div className="flex flex-wrap items-center justify-between gap-x-3">
                  <ParameterToggle
                    parameter={pipelineParameters.declarations[id]}
                    value={values[id]}
                    onChange={(on) => set(id, on)}
                  />
                  <span className="text-sm tabular-nums" data-alone={id}>
                    by itself: <strong>{shown === null ? '…' : worth(shown.alone[id])}</strong>
                  </span>
                </div>
                <p className="text-sm text-secondary">
                  {breaks} <strong className="text-text">Instead:</strong> {instead}{' '}
                  <span className="whitespace-normal">({source}.)</span>
                </p>
              </li>
            ))}
          </ul>
        </>
      }
    >
      {result === null || ranWith === null ? null : (
        <p className="text-sm text-secondary">
          The plan: 2,000 people, {result.steps} steps, σ = {short(result.noiseMultiplier, 5)}, δ = 1e-5, an
          expected lot of 256. Every number is an upper bound that was proved, at the same δ, for the mildest
          form of the habit. Other forms are worse. All switches together multiply: a group of{' '}
          {result.groupSize}, each drawn with probability {percent(result.sampleRate)}, each moving the sum{' '}
          {short(result.sensitivity)} times as far.
        </p>
      )}
    </Cell>
  );
}

function inWords({ training, printed, groupSize, sampleRate, sensitivity }: PipelineResult): string {
  if (training === Number.POSITIVE_INFINITY) return 'nothing bounds what one person does';
  if (training === printed) return 'as printed';
  return [
    groupSize > 1 ? `one person is ${groupSize} examples` : null,
    `each drawn with probability ${percent(sampleRate)}`,
    sensitivity > 1 ? `each moves the sum ${short(sensitivity)} times as far` : null,
  ]
    .filter((one) => one !== null)
    .join('; ');
}
