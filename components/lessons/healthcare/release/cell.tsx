'use client';

import { useMemo } from 'react';
import earlier from '@/components/embed/recorded-runs/release.json';
import { EpsilonRiskField } from '@/components/label/epsilon-risk-field';
import { Refused, withNoise } from '@/components/ledger/refused';
import { WhatIf } from '@/components/ledger/what-if';
import { Cell } from '@/components/notebook/cell';
import { EmptyStage } from '@/components/notebook/empty-stage';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import type { ClassifyParams, ClassifyResult } from '@/components/training/tumours/experiments/classify';
import { ClassifierTable } from '@/components/training/tumours/figures';
import { BREAST_CANCER_SHA256 } from '@/lib/data/breast-cancer';
import { TUMOUR_DELTA, tumourAccount, tumourPhases } from '@/lib/runs/accounts/tumours';
import { releaseParameters } from './parameters';

/** One private training with cryptographic noise, charged before it runs. */
export function ReleaseCell() {
  const { values, set, panel } = useParameters(releaseParameters);
  const { tumourEpsilon: epsilon, models, threshold, splitSeed: seed } = values;
  const handle = useExperiment<ClassifyParams, never, ClassifyResult>({
    cellId: 'release',
    experimentId: 'tumour-classify',
    params: { epsilon, threshold, models, noiseSource: 'cryptographic', seed },
  });
  const { result } = handle;
  // Each patient is in the training set of all folds but one.
  const times = models === 'five' ? 4 : 1;
  const phases = useMemo(() => tumourPhases(epsilon, times), [epsilon, times]);
  return (
    <Cell
      intro="The same training with cryptographic noise: private, never the same twice, and charged before it begins."
      handle={handle}
      runLabel="Release"
      controls={
        <>
          <ParameterPanel {...panel} only={['tumourEpsilon', 'models']} />
          <EpsilonRiskField
            release="gaussian"
            parameter={releaseParameters.declarations.tumourEpsilon}
            events={phases[0]!.perStep}
            {...{ times, delta: TUMOUR_DELTA, unit: 'patient' }}
            onEpsilon={(found) => set('tumourEpsilon', found)}
          />
          <WhatIf account={tumourAccount(BREAST_CANCER_SHA256)} phases={phases} />
        </>
      }
      stage={
        result?.plain ? (
          <ClassifierTable result={result} />
        ) : (
          <EmptyStage earlier={earlier} press="Release">
            the ledger is charged first.
          </EmptyStage>
        )
      }
    >
      <Refused handle={handle} onMoreNoise={(factor) => set('tumourEpsilon', withNoise(epsilon, factor))} />
    </Cell>
  );
}
