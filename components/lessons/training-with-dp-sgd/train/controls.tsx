'use client';

import { useMemo } from 'react';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import type { Parameters } from '@/components/notebook/use-parameters';
import { BackToDefaults, Note, Price, Randomness } from '@/components/training/private-run';
import { Fold } from '@/components/ui/fold';
import { short } from '@/components/ui/format';
import { MNIST_ACCOUNT } from '@/lib/runs/accounts/mnist';
import { trainPhases, trainRelease } from '../account';
import type { TrainMnistParams } from '../experiments/train-mnist';
import { learningRates, PEOPLE, patience } from '../train-choices';
import type { trainParameters } from './parameters';

/** What the choices come down to: the rates, and σ of everything that one step releases. */
function Rates({ params }: { params: TrainMnistParams }) {
  const rates = learningRates(params, params.noiseMultiplier);
  return (
    <p className="text-sm text-secondary" data-rates>
      Learning rate {short(rates.private)} private, {short(rates.plain)} plain.
      {params.clipping === 'adaptive'
        ? ` With its count, a step costs as much as one with σ ${short(trainRelease(params).noiseMultiplier)}.`
        : null}
    </p>
  );
}

interface TrainControlsProps {
  parameters: Parameters<typeof trainParameters.declarations>;
  /** The same as the experiment calls them. */
  params: TrainMnistParams;
}

export function TrainControls({ parameters: { panel, resetAll }, params }: TrainControlsProps) {
  const { people, clipping, noiseMultiplier, expectedBatchSize, steps } = params;
  const phases = useMemo(
    () => trainPhases({ people, clipping, noiseMultiplier, expectedBatchSize, steps }),
    [people, clipping, noiseMultiplier, expectedBatchSize, steps],
  );
  const wait = patience(params, params);
  return (
    <>
      <ParameterPanel {...panel} only={['noiseMultiplier']} />
      <Price noise={params.noiseSource} account={MNIST_ACCOUNT} phases={phases} />
      {params.delta >= 1 / PEOPLE[people] ? (
        <p data-stays className="text-sm text-danger" role="status">
          δ is not below 1/60,000: such a promise could be kept by publishing one person’s digit outright.
        </p>
      ) : null}
      <Fold title="Training" open>
        <ParameterPanel {...panel} only={['steps', 'expectedBatchSize', 'maxGradNorm', 'delta']} />
      </Fold>
      <Fold title="Model, optimiser, rate">
        <div className="grid gap-3">
          <ParameterPanel
            {...panel}
            only={['trainFeatures', 'trainModel', 'trainOptimizer', 'clippingRule', 'rateScale']}
          />
          <Rates params={params} />
        </div>
      </Fold>
      {wait ? (
        <div data-stays>
          <Note>{wait}</Note>
        </div>
      ) : null}
      <Randomness {...panel} />
      <BackToDefaults onClick={resetAll} />
    </>
  );
}
