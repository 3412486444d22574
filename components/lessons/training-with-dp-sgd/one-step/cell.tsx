'use client';

import { type ReactNode, useEffect, useState } from 'react';
import earlier from '@/components/embed/recorded-runs/one-step.json';
import { Cell } from '@/components/notebook/cell';
import { EmptyStage } from '@/components/notebook/empty-stage';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { Button } from '@/components/ui/button';
import { count, fixed, short } from '@/components/ui/format';
import type { OneStepParams, OneStepResult } from '../experiments/one-step';
import { DigitRow } from './digit-row';
import { Directions } from './directions';
import { oneStepParameters } from './parameters';

const STAGES = [
  'Each digit’s gradient',
  'Clip each one',
  'Add them up',
  'Add the noise',
  'Move the weights',
] as const;

function Fact({ name, value, children }: { name: string; value: string; children: ReactNode }) {
  return (
    <div className="rounded-control border border-line px-3 py-2">
      <dt className="text-sm leading-snug text-secondary">{name}</dt>
      <dd className="text-xl font-semibold tabular-nums" data-figure={name}>
        {value}
      </dd>
      <dd className="text-sm leading-snug text-secondary">{children}</dd>
    </div>
  );
}

/** What happens in a stage, with this lot's numbers. */
function words(stage: number, result: OneStepResult, ranWith: OneStepParams): string {
  const { lotSize, clipped } = result;
  const { maxGradNorm: clip, expectedBatchSize: expected } = ranWith;
  switch (stage) {
    case 1:
      return `${count(lotSize)} of 60,000 digits came; ${count(expected)} were expected. Each says on its own how all ${count(result.parameters)} weights should change so that it is read better: its gradient. The bar is its length. A digit that is read well asks for little, one that is misread for much.`;
    case 2:
      return `Whoever pulls harder than C = ${short(clip)} is shortened to ${short(clip)}; the direction stays. That was done to ${count(clipped)} of ${count(lotSize)}. From here on nobody’s influence exceeds ${short(clip)}.`;
    case 3:
      return 'The shortened gradients are added up, each weight by itself. Where digits disagree they cancel, so the sum is shorter than all of them end to end.';
    case 4:
      return `To each of the ${count(result.parameters)} numbers of the sum comes normal noise with standard deviation σC = ${short(ranWith.noiseMultiplier * clip)}. It is as large whether seven digits came or two thousand: it has to hide one digit, which could have changed the sum by ${short(clip)}.`;
    default:
      return `The noisy sum is divided by the expected ${count(expected)}, not by the ${count(lotSize)} that came, and by C; then it is multiplied by the learning rate and subtracted from the weights. Somebody who saw the new weights could learn no more than the noisy sum tells.`;
  }
}

function Numbers({
  stage,
  result,
  ranWith,
}: {
  stage: number;
  result: OneStepResult;
  ranWith: OneStepParams;
}) {
  const { lotSize, cosine, parameters } = result;
  const { maxGradNorm, noiseMultiplier, expectedBatchSize } = ranWith;
  return (
    <dl className="grid gap-2 @lg:grid-cols-2 @4xl:grid-cols-3">
      <Fact name="Clipped sum" value={short(result.clippedSumNorm)}>
        long. At most {count(lotSize)} × C = {short(lotSize * maxGradNorm)}, if all pulled one way; unclipped
        it would be {short(result.rawSumNorm)}.
      </Fact>
      {stage < 4 ? null : (
        <>
          <Fact name="Noise drawn" value={short(result.noiseNorm)}>
            long. Expected σC√{count(parameters)} ={' '}
            {short(noiseMultiplier * maxGradNorm * Math.sqrt(parameters))}.
          </Fact>
          <Fact name="Noisy sum" value={short(result.noisySumNorm)}>
            long.
          </Fact>
          <Fact name="Same direction" value={cosine === null ? '–' : fixed(cosine, 3)}>
            {cosine === null
              ? 'The lot is empty: all of the sum is noise.'
              : 'the cosine between clean and noisy sum: 1 is the same direction, 0 has nothing to do with it.'}
          </Fact>
        </>
      )}
      {stage < 5 ? null : (
        <>
          <Fact name="Noisy mean" value={short(result.noisyMeanNorm)}>
            long: {short(result.noisySumNorm)} / {count(expectedBatchSize)}, the expected lot.
          </Fact>
          <Fact name="Weights move by" value={short(result.changeNorm)}>
            η × mean / C = {short(result.learningRate)} × {short(result.noisyMeanNorm)} / {short(maxGradNorm)}
            . This η was tuned for lots of some 2,000 at this σ; with few digits it throws the weights far
            off.
          </Fact>
        </>
      )}
    </dl>
  );
}

function Stage({ stage, result, ranWith }: { stage: number; result: OneStepResult; ranWith: OneStepParams }) {
  const { digits, lotSize, cosine, clippedSumNorm, noisySumNorm, noiseNorm } = result;
  const longest = digits.reduce((most, { gradNorm }) => Math.max(most, gradNorm), 1e-9);
  return (
    <>
      <p aria-live="polite">{words(stage, result, ranWith)}</p>
      {stage <= 2 ? (
        <>
          {digits.length === 0 ? <p>Nobody came. It happens, and the step is still taken.</p> : null}
          <ul aria-label="Digits of the lot" className="grid gap-2 @4xl:grid-cols-2">
            {digits.map((digit) => (
              <DigitRow
                key={digit.index}
                digit={digit}
                clip={stage === 1 ? null : ranWith.maxGradNorm}
                longest={longest}
              />
            ))}
          </ul>
          {lotSize > digits.length ? (
            <p className="text-sm text-secondary">… and {count(lotSize - digits.length)} more.</p>
          ) : null}
        </>
      ) : (
        <Numbers stage={stage} result={result} ranWith={ranWith} />
      )}
      {stage >= 4 && cosine !== null ? (
        <div className="grid gap-1">
          <Directions clean={clippedSumNorm} noisy={noisySumNorm} noise={noiseNorm} cosine={cosine} />
          <p className="text-sm text-secondary">
            True to scale: from the dot, the clean sum (thick, to the square), the noise (dashed) and the
            noisy sum (to the circle).
          </p>
        </div>
      ) : null}
    </>
  );
}

/** Gradients, clip, sum, noise, update: one step of private training, taken apart. */
export function OneStepCell() {
  const { values, set, panel, resetAll } = useParameters(oneStepParameters);
  const { stepClip, stepSigma, stepLot, stepEarlier, stepSeed } = values;
  const [stage, setStage] = useState(1);
  // The digits are 11 MB: they come when they are asked for. From then on the cell follows its sliders.
  const [loaded, setLoaded] = useState(false);
  const handle = useExperiment<OneStepParams, null, OneStepResult>({
    cellId: 'one-step',
    experimentId: 'one-step',
    mode: loaded ? 'reactive' : 'on-run',
    params: {
      maxGradNorm: stepClip,
      noiseMultiplier: stepSigma,
      expectedBatchSize: stepLot,
      earlierSteps: stepEarlier,
      seed: stepSeed,
    },
  });
  const { state, result, ranWith } = handle;
  useEffect(() => {
    if (state === 'done') setLoaded(true);
  }, [state]);

  return (
    <Cell
      intro="A real step on real digits. It is reproducible, not private: it shows what the guarantee hides. No ε covers anything shown here."
      handle={handle}
      resetSettings={() => {
        resetAll();
        setStage(1);
      }}
      controls={
        <>
          <ParameterPanel {...panel} only={['stepClip', 'stepSigma', 'stepLot', 'stepEarlier']} />
          <Button
            small
            data-stays="first"
            disabled={!result}
            onClick={() => set('stepSeed', (stepSeed + 1) % 1_000_000)}
          >
            New lot
          </Button>
        </>
      }
      stage={
        result === null || ranWith === null ? (
          <EmptyStage earlier={earlier} press="Run">
            a few of the 60,000 digits are drawn, and one step is taken with them. The first time it loads 11
            MB of data from this site.
          </EmptyStage>
        ) : (
          <section aria-label="Stages of the step" className="grid gap-4">
            <div className="flex flex-wrap items-center gap-2">
              <Button small disabled={stage === 1} onClick={() => setStage(stage - 1)}>
                Previous stage
              </Button>
              <Button
                small
                look="primary"
                disabled={stage === STAGES.length}
                onClick={() => setStage(stage + 1)}
              >
                Next stage
              </Button>
              <h3 className="font-semibold" data-stage={stage}>
                {stage} of {STAGES.length}: {STAGES[stage - 1]}
              </h3>
            </div>
            <Stage stage={stage} result={result} ranWith={ranWith} />
          </section>
        )
      }
    />
  );
}
