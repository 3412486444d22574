'use client';

import { useMemo, useState } from 'react';
import { Histogram } from '@/components/charts/histogram';
import { LineFigure } from '@/components/charts/line-figure';
import type { LineSeries } from '@/components/charts/series';
import { RefusalDialog } from '@/components/ledger/refusal-dialog';
import { WhatIf } from '@/components/ledger/what-if';
import { Cell } from '@/components/notebook/cell';
import { Facts } from '@/components/notebook/facts';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { BrokenOff } from '@/components/training/broken-off';
import { Button } from '@/components/ui/button';
import { Fold } from '@/components/ui/fold';
import { MNIST_SHA256 } from '@/lib/data/mnist-identity';
import type { Phase } from '@/lib/ledger';
import { MNIST_DELTA } from '@/lib/runs/accounts/mnist';
import { type BrokenRun, DIGIT_CHECKPOINTS } from '@/lib/runs/broken-off';
import type { TrainMnistParams, TrainMnistResult, TrainMnistUpdate } from '../experiments/train-mnist';
import { chargedNoise, learningRates, patience, type TrainChoices } from '../train-choices';
import { DigitGrid } from './digit-grid';
import { NORM_BINS } from './norm-bins';
import { OpacusItem } from './opacus-item';
import { TRAINING_DIGITS, trainParameters } from './parameters';

const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
const short = (value: number) => String(Number(value.toPrecision(3)));

interface Pin {
  id: number;
  label: string;
  updates: readonly TrainMnistUpdate[];
}

const line = (
  id: string,
  label: string,
  role: LineSeries['role'],
  updates: readonly TrainMnistUpdate[],
  read: (update: TrainMnistUpdate) => number,
  faint = false,
): LineSeries => ({
  id,
  label,
  role,
  faint,
  points: updates.map((update) => ({ x: update.step, y: read(update) })),
});

function Figures({ latest, epsilon }: { latest: TrainMnistUpdate; epsilon: number }) {
  const gap = 100 * (latest.plainAccuracy - latest.privateAccuracy);
  const facts = [
    {
      name: 'Private',
      value: percent(latest.privateAccuracy),
      note: `ε spent ${short(latest.epsilon)} of ${short(epsilon)}`,
    },
    { name: 'Plain', value: percent(latest.plainAccuracy), note: 'no promise at all' },
    { name: 'Price of privacy', value: gap.toFixed(1), note: 'points of test accuracy' },
  ];
  return <Facts facts={facts} />;
}

function Explanation() {
  return (
    <div className="grid place-content-center gap-2 rounded-control border border-dashed border-line-strong px-6 py-12 text-center text-secondary">
      <p className="text-text">
        Press <strong>Run</strong> to train two models on all 60,000 digits, here in your browser.
      </p>
      <p>The first time it loads 11 MB of data from this site; then a run takes seconds.</p>
    </div>
  );
}

/** Private and plain training at the same settings, live. */
export function TrainCell() {
  const { values, set, resetAll } = useParameters(trainParameters);
  const { noiseMultiplier, delta, maxGradNorm, expectedBatchSize, steps, noiseSource, seed } = values;
  const choices: TrainChoices = {
    people: 'all',
    features: values.trainFeatures,
    model: values.trainModel,
    optimizer: values.trainOptimizer,
    clipping: values.clippingRule,
    rateScale: values.rateScale,
  };
  const rates = learningRates(choices, noiseMultiplier);
  const wait = patience(choices, { steps, expectedBatchSize });
  const charges = chargedNoise(choices, noiseMultiplier, expectedBatchSize);
  const params: TrainMnistParams = {
    ...{ noiseMultiplier, delta, maxGradNorm, expectedBatchSize, steps, noiseSource, seed },
    ...choices,
  };
  const handle = useExperiment<TrainMnistParams, TrainMnistUpdate, TrainMnistResult>({
    cellId: 'train',
    experimentId: 'train-mnist',
    mode: 'on-run',
    params,
  });
  const [pins, setPins] = useState<readonly Pin[]>([]);
  const { updates, latest, ranWith, result } = handle;
  const [dismissed, setDismissed] = useState<TrainMnistResult | null>(null);
  const refusal = handle.state === 'done' && result !== dismissed ? (result?.refusal ?? null) : null;
  const phases = useMemo<Phase[]>(
    () => [
      {
        perStep: [
          {
            kind: 'poisson-gaussian',
            sampleRate: expectedBatchSize / TRAINING_DIGITS,
            noiseMultiplier: charges,
            steps: 1,
          },
        ],
        steps,
      },
    ],
    [expectedBatchSize, charges, steps],
  );

  const accuracy = useMemo<LineSeries[]>(
    () => [
      ...pins.map(({ id, label, updates: old }) =>
        line(`pin-${id}`, label, 'private', old, (u) => u.privateAccuracy, true),
      ),
      line('private', 'Private', 'private', updates, (u) => u.privateAccuracy),
      line('plain', 'Plain', 'plain', updates, (u) => u.plainAccuracy),
    ],
    [updates, pins],
  );
  const loss = useMemo<LineSeries[]>(
    () => [
      line('private', 'Private', 'private', updates, (u) => u.privateLoss),
      line('plain', 'Plain', 'plain', updates, (u) => u.plainLoss),
    ],
    [updates],
  );
  const spent = useMemo<LineSeries[]>(
    () => [
      ...pins.map(({ id, label, updates: old }) =>
        line(`pin-${id}`, label, 'private', old, (u) => u.epsilon, true),
      ),
      line('private', 'ε spent', 'private', updates, (u) => u.epsilon),
    ],
    [updates, pins],
  );
  const runSteps = ranWith?.steps ?? steps;
  const stepsAxis = { label: 'step', min: 0, max: runSteps };

  /** Brings back the settings it was started with; with them, Run goes on where it broke off. */
  function continueRun({ params }: BrokenRun<TrainMnistParams>) {
    set('trainModel', params.model);
    set('trainFeatures', params.features);
    set('trainOptimizer', params.optimizer);
    set('clippingRule', params.clipping);
    for (const name of ['rateScale', 'delta', 'steps', 'expectedBatchSize', 'maxGradNorm'] as const)
      set(name, params[name]);
    set('noiseSource', params.noiseSource);
    set('seed', params.seed);
    set('noiseMultiplier', params.noiseMultiplier);
    // After the cell has taken them over.
    setTimeout(handle.run, 50);
  }

  function pin() {
    if (!latest || !ranWith) return;
    const id = (pins.at(-1)?.id ?? 0) + 1;
    setPins([
      ...pins,
      { id, label: `Run ${id}: σ ${short(ranWith.noiseMultiplier)}, ε ${short(latest.epsilon)}`, updates },
    ]);
  }

  return (
    <Cell
      id="train"
      handle={handle}
      menu={<OpacusItem params={params} />}
      controls={
        <>
          <ParameterPanel
            set={trainParameters}
            values={values}
            onChange={set}
            only={['epsilon', 'noiseMultiplier']}
          />
          {noiseSource === 'cryptographic' ? (
            <WhatIf dataset={`sha256:${MNIST_SHA256}`} unit="example" delta={MNIST_DELTA} phases={phases} />
          ) : (
            <p className="text-sm text-secondary">
              A seeded run is written into the ledger as “not private”: no ε covers it.
            </p>
          )}
          <p className="text-sm text-secondary">
            The plain model is written into the ledger too, as a run without noise: no ε covers it.
          </p>
          {delta >= 1 / TRAINING_DIGITS ? (
            <p className="text-sm text-danger" role="status">
              δ is not below 1/60,000: such a promise could be kept by publishing one person’s digit outright.
            </p>
          ) : null}
          <Fold title="Training" open>
            <ParameterPanel
              set={trainParameters}
              values={values}
              onChange={set}
              only={['steps', 'expectedBatchSize', 'maxGradNorm', 'delta']}
            />
          </Fold>
          <Fold title="More settings">
            <div className="grid gap-3">
              <ParameterPanel
                set={trainParameters}
                values={values}
                onChange={set}
                only={['trainFeatures', 'trainModel', 'trainOptimizer', 'clippingRule', 'rateScale']}
              />
              <p className="text-sm text-secondary" data-rates>
                Learning rate {short(rates.private)} private, {short(rates.plain)} plain.
                {choices.clipping === 'adaptive'
                  ? ` With its count, a step costs as much as one with σ ${short(charges)}.`
                  : null}
              </p>
            </div>
          </Fold>
          {wait ? <p className="text-sm text-secondary">{wait}</p> : null}
          <Fold title="Randomness">
            <ParameterPanel
              set={trainParameters}
              values={values}
              onChange={set}
              only={noiseSource === 'seeded' ? ['noiseSource', 'seed'] : ['noiseSource']}
            />
          </Fold>
          <Button small look="quiet" onClick={resetAll}>
            Settings back to defaults
          </Button>
        </>
      }
      actions={
        <div className="flex flex-wrap gap-2">
          {pins.length > 0 ? (
            <Button small look="quiet" onClick={() => setPins([])}>
              Remove pinned runs
            </Button>
          ) : null}
          <Button small disabled={!latest} onClick={pin}>
            Pin this run
          </Button>
        </div>
      }
      stage={
        <>
          <BrokenOff database={DIGIT_CHECKPOINTS} state={handle.state} onContinue={continueRun} />
          {latest && ranWith ? (
            <>
              <Figures latest={latest} epsilon={handle.provenance?.epsilon ?? values.epsilon} />
              <LineFigure
                title="Test accuracy"
                summary={`Private ${percent(latest.privateAccuracy)}, plain ${percent(latest.plainAccuracy)} after ${latest.step} steps.`}
                caption="Share of the 10,000 test digits read rightly. Both models have the same features, lots and steps."
                series={accuracy}
                x={stepsAxis}
                y={{ label: 'accuracy', format: percent, max: 1 }}
              />
            </>
          ) : (
            <Explanation />
          )}
        </>
      }
    >
      {latest && ranWith ? (
        <>
          <div className="grid gap-6 @4xl:grid-cols-2">
            <LineFigure
              title="ε spent"
              summary={`ε ${short(latest.epsilon)} spent after ${latest.step} steps at δ ${ranWith.delta}.`}
              caption="Privacy spent so far, on the same steps. It only ever rises."
              series={spent}
              x={stepsAxis}
              y={{ label: 'ε (nats)', min: 0 }}
              height={200}
            />
            <LineFigure
              title="Test loss"
              summary={`Private ${short(latest.privateLoss)}, plain ${short(latest.plainLoss)} nats.`}
              caption="Mean cross-entropy on the test digits, in nats."
              series={loss}
              x={stepsAxis}
              y={{ label: 'loss (nats)', min: 0 }}
              height={200}
            />
          </div>
          {latest.lot ? (
            <Histogram
              title="Gradient lengths in the last lot"
              summary={`${latest.lot.size} digits were drawn; ${percent(latest.lot.clippedFraction)} of their gradients are longer than the clip ${short(latest.maxGradNorm)}.`}
              caption={`Before clipping. ${latest.lot.size.toLocaleString('en')} digits were drawn; ${percent(latest.lot.clippedFraction)} of the gradients are longer than ${short(latest.maxGradNorm)}. This figure looks at the training data without noise: ε does not cover it.`}
              bins={NORM_BINS.map((bin, i) => ({ ...bin, count: latest.lot?.counts[i] ?? 0 }))}
              x={{ label: 'length of one digit’s gradient', scale: 'log' }}
              counted="digits"
              marker={{ value: latest.maxGradNorm, label: 'clip C', beyond: 'cut back to C' }}
              height={190}
            />
          ) : null}
          <section aria-label="Test digits" className="grid gap-3">
            <h3 className="font-semibold">Sixteen test digits, and what the two models say</h3>
            <DigitGrid label="Test digits and answers" digits={latest.digits} />
            <h3 className="font-semibold">
              Where they differ: {latest.disagreements.plainOnly} digits only the plain model gets,{' '}
              {latest.disagreements.privateOnly} only the private one
            </h3>
            {latest.disagreements.examples.length > 0 ? (
              <DigitGrid label="Digits on which the models differ" digits={latest.disagreements.examples} />
            ) : null}
          </section>
        </>
      ) : null}
      {refusal === null ? null : (
        <RefusalDialog
          refusal={refusal}
          onFewerSteps={(fewer) => set('steps', fewer)}
          onMoreNoise={(factor) => set('noiseMultiplier', noiseMultiplier * factor)}
          onRaised={handle.run}
          onClose={() => setDismissed(result)}
        />
      )}
    </Cell>
  );
}
