'use client';

import { BarFigure } from '@/components/charts/bar-figure';
import { bars, whiskered } from '@/components/charts/series';
import earlier from '@/components/embed/recorded-runs/subgroups.json';
import { Refused, withNoise } from '@/components/ledger/refused';
import { Cell } from '@/components/notebook/cell';
import { EmptyStage } from '@/components/notebook/empty-stage';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { TumourExample } from '@/components/training/tumours/example';
import { wholePercent } from '@/components/ui/format';
import type { SubgroupParams, SubgroupResult } from '../experiments/subgroups';
import { NAMES } from './groups';
import { subgroupParameters } from './parameters';
import { Prices } from './prices';

const SHORT = ['mal. small', 'mal. large', 'ben. small', 'ben. large', 'all'];

/** Errors by group: whom privacy costs most. */
export function SubgroupsCell() {
  const { values, set, panel } = useParameters(subgroupParameters);
  const { tumourEpsilon: epsilon, border, kept, draws, splitSeed: seed } = values;
  const handle = useExperiment<SubgroupParams, never, SubgroupResult>({
    cellId: 'subgroups',
    experimentId: 'tumour-subgroups',
    params: { epsilon, border, kept, draws, seed },
  });
  const { result, ranWith } = handle;
  const groups = result?.overall ? [...result.groups, result.overall] : [];
  const misjudged = (by: 'private' | 'plain') => groups.map(({ [by]: found }) => found && whiskered(found));
  const [small] = groups;

  return (
    <Cell
      intro="The same models, judged group by group. Most malignant tumours have large nuclei. A few do not. Who pays most for privacy?"
      handle={handle}
      controls={
        <>
          <ParameterPanel {...panel} />
          <TumourExample epsilon={epsilon} onEpsilon={(found) => set('tumourEpsilon', found)} />
        </>
      }
      stage={
        small && result && ranWith ? (
          <>
            <BarFigure
              title="Misjudged, by group"
              summary={groups
                .map(
                  ({ patients, plain, private: dp }, i) =>
                    `${NAMES[i]}, ${patients} patients: ${dp ? wholePercent(dp.mean) : 'none'} private, ${plain ? wholePercent(plain.mean) : 'none'} plain.`,
                )
                .join(' ')}
              caption={`Share of each group that is called the wrong thing, in five-fold cross-validation. Whiskers: least and greatest of ${ranWith.draws} draws. Groups of ${groups.map(({ patients }) => patients).join(', ')} patients; ${result.left.toFixed(0)} of the small group in an average training set.`}
              categories={NAMES}
              shortCategories={SHORT}
              series={[
                bars('private', 'Private', 'private', misjudged('private')),
                bars('plain', 'Plain', 'plain', misjudged('plain')),
              ]}
              x={{ label: 'group' }}
              y={{ label: 'misjudged', min: 0, format: wholePercent }}
              height={280}
            />
            <Prices result={result} draws={ranWith.draws} />
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
