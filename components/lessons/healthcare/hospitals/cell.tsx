'use client';

import { BarFigure } from '@/components/charts/bar-figure';
import type { SeriesRole } from '@/components/charts/series';
import { bars } from '@/components/charts/series';
import earlier from '@/components/embed/recorded-runs/hospitals.json';
import { Refused, withNoise } from '@/components/ledger/refused';
import { Cell } from '@/components/notebook/cell';
import { EmptyStage } from '@/components/notebook/empty-stage';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { TumourExample } from '@/components/training/tumours/example';
import { fixed, percent, wholePercent } from '@/components/ui/format';
import type { HospitalParams, HospitalResult, Way } from '../experiments/hospitals';
import { hospitalParameters } from './parameters';

const NAMES = ['small hospital', 'middle hospital', 'large hospital'];
const SHORT = ['small', 'middle', 'large'];
const WAYS: readonly [Way, string, SeriesRole][] = [
  ['alone', 'Alone, plain', 'plain'],
  ['alonePrivate', 'Alone, private', 'attacker'],
  ['pooledPrivate', 'Pooled, private', 'private'],
  ['pooled', 'Pooled, plain', 'noise'],
];

/** Several hospitals: what each gains from a pool. */
export function HospitalsCell() {
  const { values, set, panel } = useParameters(hospitalParameters);
  const { tumourEpsilon: epsilon, smallHospital, caseMix, draws, splitSeed: seed } = values;
  const handle = useExperiment<HospitalParams, never, HospitalResult>({
    cellId: 'hospitals',
    experimentId: 'tumour-hospitals',
    params: { epsilon, smallHospital, caseMix, draws, seed },
  });
  const { result } = handle;
  const hospitals = result?.hospitals ?? [];
  const series = WAYS.map(([way, label, role]) => {
    const scattered = hospitals.map(({ accuracy: { [way]: found } }) => ({
      value: found.mean,
      low: found.mean - found.spread,
      high: Math.min(1, found.mean + found.spread),
    }));
    return bars(way, label, role, scattered);
  });
  const [small] = hospitals;

  return (
    <Cell
      intro="Each has patients of its own. Should it learn alone, or pool its data with the others, and under which protection?"
      handle={handle}
      controls={
        <>
          <ParameterPanel {...panel} />
          <TumourExample epsilon={epsilon} onEpsilon={(found) => set('tumourEpsilon', found)} />
        </>
      }
      stage={
        small ? (
          <>
            <BarFigure
              title="Accuracy for each hospital"
              summary={hospitals
                .map(
                  ({ patients, accuracy }, i) =>
                    `${NAMES[i]}, ${patients} patients: ${WAYS.map(([way, label]) => `${label.toLowerCase()} ${percent(accuracy[way].mean)}`).join(', ')}.`,
                )
                .join(' ')}
              caption={`On patients of the common mix whom no model has seen. Whiskers: standard deviation over folds and draws. Training patients: ${hospitals.map(({ patients, malignant }) => `${patients} (${malignant} malignant)`).join(', ')}.`}
              categories={NAMES}
              shortCategories={SHORT}
              series={series}
              x={{ label: 'hospital' }}
              y={{ label: 'accuracy', min: 0.5, max: 1, format: wholePercent }}
              height={280}
            />
            <p className="text-sm text-secondary">
              What the private pool changes, against learning alone without privacy:{' '}
              {hospitals.map(({ accuracy }, i) => (
                <span key={NAMES[i]}>
                  {SHORT[i]}{' '}
                  <strong className="text-text tabular-nums" data-figure={`gain ${SHORT[i]}`}>
                    {fixed(100 * (accuracy.pooledPrivate.mean - accuracy.alone.mean), 1)}
                  </strong>
                  {i < 2 ? ', ' : ' points.'}
                </span>
              ))}
            </p>
          </>
        ) : (
          <EmptyStage earlier={earlier} press="Run">
            a few seconds.
          </EmptyStage>
        )
      }
    >
      <Refused handle={handle} onMoreNoise={(factor) => set('tumourEpsilon', withNoise(epsilon, factor))} />
    </Cell>
  );
}
