'use client';

import { useMemo } from 'react';
import earlier from '@/components/embed/recorded-runs/audit-digits.json';
import { Refused } from '@/components/ledger/refused';
import { Cell } from '@/components/notebook/cell';
import { EmptyStage } from '@/components/notebook/empty-stage';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { RunAuditFound } from '@/components/training/audit/run-audit';
import { Price, Randomness } from '@/components/training/private-run';
import { MNIST_ACCOUNT } from '@/lib/runs/accounts/mnist';
import type { RunAudit } from '@/lib/runs/audit-run';
import { trainPhases } from '../account';
import type { TrainMnistParams } from '../experiments/train-mnist';
import { trainParameters } from '../train/parameters';
import { paramsOf } from '../train/settings';

/** The training above, once more, with canaries among the digits. */
export function AuditDigitsCell() {
  const { values, set, panel } = useParameters(trainParameters);
  const params = useMemo(() => paramsOf(values), [values]);
  const phases = useMemo(() => trainPhases(params), [params]);
  const handle = useExperiment<TrainMnistParams, never, RunAudit>({
    cellId: 'audit-digits',
    experimentId: 'audit-digits',
    params,
  });
  const { result } = handle;
  return (
    <Cell
      intro="Your private training once more, at the settings above, with 1,000 canaries in it. A coin decides which are really there. How much of the claimed ε can an auditor prove from what the steps released?"
      handle={handle}
      runLabel="Audit my run"
      controls={
        <>
          <ParameterPanel {...panel} only={['epsilon', 'noiseMultiplier', 'steps']} />
          <Price noise={params.noiseSource} account={MNIST_ACCOUNT} phases={phases}>
            The digits learn along, so they pay the ε of a private run once more. The canaries are nobody’s.
          </Price>
          <Randomness {...panel} />
        </>
      }
      stage={
        result?.bounds ? (
          <RunAuditFound result={result} />
        ) : (
          <EmptyStage earlier={earlier} press="Audit my run">
            one private training at the settings of the cell above, with canaries. It takes about as long.
          </EmptyStage>
        )
      }
    >
      <Refused
        handle={handle}
        onFewerSteps={(fewer) => set('steps', fewer)}
        onMoreNoise={(factor) => set('noiseMultiplier', values.noiseMultiplier * factor)}
      />
    </Cell>
  );
}
