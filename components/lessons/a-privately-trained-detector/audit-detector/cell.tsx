'use client';

import { useMemo } from 'react';
import earlier from '@/components/embed/recorded-runs/audit-detector.json';
import { Refused } from '@/components/ledger/refused';
import { Cell } from '@/components/notebook/cell';
import { EmptyStage } from '@/components/notebook/empty-stage';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { RunAuditFound } from '@/components/training/audit/run-audit';
import { Price, Randomness } from '@/components/training/private-run';
import type { RunAudit } from '@/lib/runs/audit-run';
import { SCENES_ACCOUNT, scenePhases } from '../account';
import type { AuditDetectorParams } from '../experiments/audit-detector';
import { detectorParameters } from '../train-detector/parameters';

/** The private head above, once more, with canaries among the people. */
export function AuditDetectorCell() {
  const { values, set, panel } = useParameters(detectorParameters);
  const { noiseMultiplier, maxGradNorm, steps, noiseSource, seed } = values;
  const phases = useMemo(() => scenePhases({ noiseMultiplier, steps }), [noiseMultiplier, steps]);
  const handle = useExperiment<AuditDetectorParams, never, RunAudit>({
    cellId: 'audit-detector',
    experimentId: 'audit-detector',
    params: { noiseMultiplier, maxGradNorm, steps, noiseSource, seed },
  });
  const { result } = handle;
  return (
    <Cell
      intro="Your private head once more, at the settings above, with 1,000 canaries among the 2,000 people. A coin decides which are really there. How much of the claimed ε can an auditor prove from what the steps released?"
      handle={handle}
      runLabel="Audit my run"
      controls={
        <>
          <ParameterPanel {...panel} only={['epsilon', 'noiseMultiplier', 'steps']} />
          <Price noise={noiseSource} account={SCENES_ACCOUNT} phases={phases}>
            The lesson’s people learn along, so they pay the ε of a private run once more. The canaries are
            nobody’s.
          </Price>
          <Randomness {...panel} />
        </>
      }
      stage={
        result?.bounds ? (
          <RunAuditFound result={result} />
        ) : (
          <EmptyStage earlier={earlier} press="Audit my run">
            one private training on the lesson’s scenes, at the settings of the cell above, with canaries. It
            takes about as long.
          </EmptyStage>
        )
      }
    >
      <Refused
        handle={handle}
        onFewerSteps={(fewer) => set('steps', fewer)}
        onMoreNoise={(factor) => set('noiseMultiplier', noiseMultiplier * factor)}
      />
    </Cell>
  );
}
