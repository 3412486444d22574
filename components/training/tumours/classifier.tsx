'use client';

import { Cell } from '@/components/notebook/cell';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { TumourExample } from './example';
import type { ClassifyParams, ClassifyResult } from './experiments/classify';
import { ClassifierCurves, ClassifierTable } from './figures';
import type { classifierParameters } from './parameters';
import { PatientDots } from './patient-dots';

export interface TumourClassifierProps {
  id: string;
  intro: string;
  /** Under the keys of the page that it stands on. */
  parameters: typeof classifierParameters;
}

/** Plain and private models of 569 tumours, trained anew whenever the slider moves. */
export function TumourClassifier({ id, intro, parameters }: TumourClassifierProps) {
  const { values, set, panel, resetAll } = useParameters(parameters);
  const { tumourEpsilon: epsilon, threshold, splitSeed: seed } = values;
  const handle = useExperiment<ClassifyParams, never, ClassifyResult>({
    cellId: id,
    experimentId: 'tumour-classify',
    mode: 'reactive',
    params: { epsilon, threshold, models: 'five', noiseSource: 'seeded', seed },
  });
  const { result, ranWith } = handle;
  return (
    <Cell
      intro={intro}
      handle={handle}
      resetSettings={resetAll}
      controls={
        <>
          <ParameterPanel {...panel} />
          <TumourExample epsilon={epsilon} onEpsilon={(found) => set('tumourEpsilon', found)} />
          <p data-stays className="text-sm text-secondary">
            A preview: the noise comes from the seed, so it protects nobody. The ledger says so once.
          </p>
        </>
      }
      stage={
        result === null || ranWith === null ? null : (
          <PatientDots result={result} threshold={ranWith.threshold} />
        )
      }
    >
      {result === null ? null : (
        <>
          <ClassifierTable result={result} />
          <ClassifierCurves result={result} />
        </>
      )}
      <p className="text-sm text-secondary">
        <strong className="text-text">Not medical advice.</strong> A teaching model on a historic table;
        nobody’s tumour is to be judged by it.
      </p>
    </Cell>
  );
}
