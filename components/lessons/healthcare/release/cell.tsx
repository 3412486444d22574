'use client';

import { useMemo } from 'react';
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
import { tumourAccount, tumourPhases } from '@/lib/runs/accounts/tumours';
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
  const phases = useMemo(() => tumourPhases(epsilon, models === 'five' ? 4 : 1), [epsilon, models]);
  return (
    <Cell
      intro="The same training with cryptographic noise: private, never the same twice, and charged before it begins."
      handle={handle}
      runLabel="Release"
      controls={
        <>
          <ParameterPanel {...panel} only={['tumourEpsilon', 'models']} />
          <WhatIf account={tumourAccount(BREAST_CANCER_SHA256)} phases={phases} />
        </>
      }
      stage={
        result?.plain ? (
          <ClassifierTable result={result} />
        ) : (
          <EmptyStage>
            Press <strong className="text-text">Release</strong>. The ledger is charged first.
          </EmptyStage>
        )
      }
    >
      <Refused handle={handle} onMoreNoise={(factor) => set('tumourEpsilon', withNoise(epsilon, factor))} />
    </Cell>
  );
}
