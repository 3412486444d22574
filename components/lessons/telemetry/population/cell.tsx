'use client';

import { BarFigure } from '@/components/charts/bar-figure';
import { bars } from '@/components/charts/series';
import { Cell } from '@/components/notebook/cell';
import { EmptyStage } from '@/components/notebook/empty-stage';
import { Facts } from '@/components/notebook/facts';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { Button } from '@/components/ui/button';
import { count, shortPercent } from '@/components/ui/format';
import type { PopulationParams, PopulationResult } from '../experiments/population';
import { useNames } from '../use-names';
import { populationParameters } from './parameters';

/** A crowd of phones, each lying a little, and what a server can tell all the same. */
export function PopulationCell() {
  const { values, set, panel, resetAll } = useParameters(populationParameters);
  const { people, localEpsilon, protocol, emojiCount, skew, simulation, crowdSeed } = values;
  const names = useNames();
  const atOnce = simulation === 'at-once';
  const handle = useExperiment<PopulationParams, null, PopulationResult>({
    cellId: 'population',
    experimentId: 'population',
    mode: atOnce ? 'reactive' : 'on-run',
    params: {
      people,
      epsilon: localEpsilon,
      protocol,
      categories: emojiCount,
      skew,
      simulation,
      seed: crowdSeed,
    },
  });
  const { result, ranWith } = handle;
  const estimates = result?.bars.map(({ estimate: value, low, high }) => ({ value, low, high })) ?? [];
  const truths = result?.bars.map(({ truth }) => truth) ?? [];
  const shown = estimates.length;

  return (
    <Cell
      intro="Each of these made-up people has one favourite, and no phone can be held to what it says. The server estimates all the same."
      handle={handle}
      resetSettings={resetAll}
      controls={<ParameterPanel {...panel} />}
      actions={
        <Button small onClick={() => set('crowdSeed', (crowdSeed + 1) % 1_000_000)}>
          Other coins
        </Button>
      }
      stage={
        result !== null && ranWith !== null ? (
          <>
            <BarFigure
              title="How popular is each emoji?"
              summary={`${result.covered} of ${shown} intervals hold the true share. Typical error ${shortPercent(result.error)}. The first, ${names.emoji(0).name}: truly ${shortPercent(result.bars[0]!.truth)}, estimated ${shortPercent(result.bars[0]!.estimate)}.`}
              caption={
                ranWith.simulation === 'at-once'
                  ? 'Share of all people. The counts of the server were drawn at once, from exactly the distribution that single reports would give.'
                  : `Share of all people. Each of the ${count(ranWith.people)} phones made its own report.`
              }
              categories={result.bars.map((_, i) => `${names.emoji(i).sign} ${names.emoji(i).name}`)}
              shortCategories={result.bars.map((_, i) => names.emoji(i).sign)}
              series={[
                bars('truth', 'Truth (made up)', 'plain', truths),
                bars('estimate', 'Estimate, with 95 % interval', 'private', estimates),
              ]}
              x={{ label: 'emoji, most used first' }}
              y={{ label: 'share of people', format: shortPercent }}
              height={280}
            />
            <Facts
              facts={[
                { name: 'Typical error', value: shortPercent(result.error), note: 'root mean square' },
                { name: 'Expected', value: shortPercent(result.expectedError), note: 'by the formula' },
                { name: 'Intervals right', value: `${result.covered} of ${shown}`, note: '95 % on average' },
              ]}
            />
          </>
        ) : (
          <EmptyStage>
            {atOnce ? 'Phones are reporting …' : 'Press Run: every phone makes its own report.'}
          </EmptyStage>
        )
      }
    >
      {names.problem === null ? null : (
        <p className="text-sm text-danger" role="status">
          {names.problem} Numbers stand for emoji until the page is reloaded.
        </p>
      )}
    </Cell>
  );
}
