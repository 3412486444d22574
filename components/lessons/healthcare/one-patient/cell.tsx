'use client';

import { BarFigure } from '@/components/charts/bar-figure';
import { bars, whiskered } from '@/components/charts/series';
import earlier from '@/components/embed/recorded-runs/one-patient.json';
import { Refused, withNoise } from '@/components/ledger/refused';
import { Cell } from '@/components/notebook/cell';
import { EmptyStage } from '@/components/notebook/empty-stage';
import { Facts } from '@/components/notebook/facts';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { TumourExample } from '@/components/training/tumours/example';
import { fixed, wholePercent } from '@/components/ui/format';
import type { MemoryParams, MemoryResult } from '../experiments/memory';
import { onePatientParameters } from './parameters';

/** Does a model remember one patient? Trained with and without them. */
export function OnePatientCell() {
  const { values, set, panel } = useParameters(onePatientParameters);
  const { tumourEpsilon: epsilon, carriers, noiseDraws, splitSeed: seed } = values;
  const handle = useExperiment<MemoryParams, never, MemoryResult>({
    cellId: 'one-patient',
    experimentId: 'tumour-memory',
    params: { epsilon, carriers, draws: noiseDraws, seed },
  });
  const { result } = handle;

  return (
    <Cell
      intro="One patient’s malignant tumour has small nuclei: by its measurements it looks benign. We add a column to the table, a made-up rare code that this patient carries. Will a model remember the patient?"
      handle={handle}
      controls={
        <>
          <ParameterPanel {...panel} />
          <TumourExample epsilon={epsilon} onEpsilon={(found) => set('tumourEpsilon', found)} />
        </>
      }
      stage={
        result?.plain && result.private && result.guessed !== null && result.guessBound !== null ? (
          <>
            <BarFigure
              title="How sure is the model that this tumour is malignant?"
              summary={`Plain: ${wholePercent(result.plain.with)} with the patient in the data, ${wholePercent(result.plain.without)} without. Private: ${wholePercent(result.private.with.mean)} with, ${wholePercent(result.private.without.mean)} without, on average over the noise.`}
              caption="Whiskers: nine in ten draws of the noise. The plain model has none: anybody who knows the others’ data can compute both bars, and knows whether the patient is in. Where the private whiskers reach over nearly the whole height, the model knows almost nothing about this patient: the noise decides."
              categories={['plain model', 'private model']}
              series={[
                bars('without', 'Trained without the patient', 'plain', [
                  result.plain.without,
                  whiskered(result.private.without),
                ]),
                bars('with', 'Trained with the patient', 'private', [
                  result.plain.with,
                  whiskered(result.private.with),
                ]),
              ]}
              x={{ label: 'model' }}
              y={{ label: 'probability of malignant', min: 0, max: 1, format: wholePercent }}
              height={260}
            />
            <Facts
              columns="1 or 3"
              facts={[
                {
                  name: 'Plain, the patient moves it by',
                  value: fixed(100 * (result.plain.with - result.plain.without), 1),
                  note: 'points',
                },
                {
                  name: 'Private, by',
                  value: fixed(100 * (result.private.with.mean - result.private.without.mean), 1),
                  note: 'points, on average over the noise',
                },
                {
                  name: 'Guessed rightly',
                  value: wholePercent(result.guessed),
                  note: `“in” or “not in”, from one private model; a coin 50 %, the bound ${wholePercent(result.guessBound)}`,
                },
              ]}
            />
            <p className="text-sm text-secondary">
              The guess is judged on half of the draws, so it scatters around its true value, by some{' '}
              {Math.round(100 * Math.sqrt(0.25 / (handle.ranWith?.draws ?? noiseDraws)))} points.
            </p>
          </>
        ) : (
          <EmptyStage earlier={earlier} press="Run">
            a hundred and more models are trained, with the patient and without.
          </EmptyStage>
        )
      }
    >
      <Refused handle={handle} onMoreNoise={(factor) => set('tumourEpsilon', withNoise(epsilon, factor))} />
    </Cell>
  );
}
