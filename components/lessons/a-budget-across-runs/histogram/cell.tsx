'use client';

import { useMemo } from 'react';
import { BarFigure } from '@/components/charts/bar-figure';
import type { BarSeries, SeriesRole } from '@/components/charts/series';
import { TurnedExample } from '@/components/label/turned-example';
import { formatEpsilon } from '@/components/ledger/words';
import { Cell } from '@/components/notebook/cell';
import { Facts } from '@/components/notebook/facts';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { count, short } from '@/components/ui/format';
import type { PrivateHistogramParams, PrivateHistogramResult } from '../experiments/private-histogram';
import { histogramParameters } from './parameters';

const bars = (id: string, label: string, role: SeriesRole, values: readonly number[]): BarSeries => ({
  id,
  label,
  role,
  values: values.map((value) => ({ value })),
});

/** Many groups, one histogram: what parallel composition is worth, and people drawn from it. */
export function HistogramCell() {
  const { values, set, panel, resetAll } = useParameters(histogramParameters);
  const handle = useExperiment<PrivateHistogramParams, null, PrivateHistogramResult>({
    cellId: 'histogram',
    experimentId: 'private-histogram',
    mode: 'reactive',
    params: {
      epsilon: values.histogramEpsilon,
      groups: values.histogramGroups,
      overlap: values.histogramOverlap,
      people: values.histogramPeople,
      seed: values.histogramSeed,
    },
  });
  const { result } = handle;
  const { categories, counted, drawn } = useMemo(() => {
    const truth = bars('truth', 'True', 'plain', result?.truth ?? []);
    return {
      categories: (result?.truth ?? []).map((_, i) => String(i + 1)),
      counted: [
        truth,
        bars('parallel', 'Noise for one histogram', 'private', result?.parallel ?? []),
        bars('shared', 'Noise for as many questions', 'attacker', result?.shared ?? []),
      ],
      drawn: [truth, bars('synthetic', 'Synthetic people', 'noise', result?.synthetic ?? [])],
    };
  }, [result]);
  const x = { label: 'group' };

  return (
    <Cell
      intro="Made-up people fall into groups, and each group is counted with noise. Whoever sees that nobody is in two groups may spend all of ε on every count."
      handle={handle}
      resetSettings={resetAll}
      controls={
        <>
          <ParameterPanel {...panel} />
          <TurnedExample
            events={[{ kind: 'pure', epsilon: values.histogramEpsilon, count: 1 }]}
            epsilon={values.histogramEpsilon}
            data="Made-up people"
            seeded
            byRisk={{
              release: 'pure',
              parameter: histogramParameters.declarations.histogramEpsilon,
              onEpsilon: (found) => set('histogramEpsilon', found),
            }}
          />
        </>
      }
      stage={
        result === null ? null : (
          <BarFigure
            title="People in each group"
            summary={`A count is off by ${short(result.error.parallel)} on average as one histogram, and by ${short(result.error.shared)} if ε is shared out among the groups.`}
            caption={`All three at ε = ${formatEpsilon(values.histogramEpsilon)} in all, but for the true counts, which have none.`}
            categories={categories}
            series={counted}
            x={x}
            y={{ label: 'people', format: count }}
          />
        )
      }
    >
      {result === null ? null : (
        <>
          <Facts
            columns="2 or 4"
            facts={[
              {
                name: 'Error, one histogram',
                value: short(result.error.parallel),
                note: 'people a count, on average',
              },
              {
                name: 'Error, ε shared out',
                value: short(result.error.shared),
                note: 'people a count, on average',
              },
              {
                name: 'Cost of the histogram',
                value: formatEpsilon(result.cost.parallel),
                note: `each count at ε = ${formatEpsilon(result.cost.each)}`,
              },
              {
                name: 'The same, added up',
                value: formatEpsilon(result.cost.addedUp),
                note: 'true as well, and wasteful',
              },
            ]}
          />
          <BarFigure
            title="Synthetic people, drawn from the noisy histogram"
            summary={`${count(result.synthetic.reduce((sum, one) => sum + one, 0))} synthetic people; a group is off by ${short(result.error.synthetic)} on average.`}
            caption="They cost nothing more: they are made from what was released. They know these groups, and nothing else about anybody."
            categories={categories}
            series={drawn}
            x={x}
            y={{ label: 'people', format: count }}
          />
        </>
      )}
    </Cell>
  );
}
