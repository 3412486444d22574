'use client';

import { BarFigure } from '@/components/charts/bar-figure';
import { bars } from '@/components/charts/series';
import earlier from '@/components/embed/recorded-runs/population.json';
import { Cell } from '@/components/notebook/cell';
import { EmptyStage } from '@/components/notebook/empty-stage';
import { Facts } from '@/components/notebook/facts';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { Button } from '@/components/ui/button';
import { count, percent, shortPercent } from '@/components/ui/format';
import { CrowdExample } from '../crowd-example';
import type { PopulationParams, PopulationResult } from '../experiments/population';
import { useEmojiFont } from '../use-emoji-font';
import { useNames } from '../use-names';
import { populationParameters } from './parameters';
import { PhoneFieldFigure } from './phone-field';
import { useFlips } from './use-flips';

/** Before the first phones have reported. */
const NOBODY = { phones: 0, estimates: [] as number[] };

/** The ends of the axis while phones report: of the last estimates from dots alone. The first ones lie far outside. */
function steady({ field, bars }: PopulationResult): { min: number; max: number } {
  const values = [0, ...field.stages.at(-1)!.estimates, ...bars.map(({ truth }) => truth)];
  return { min: Math.min(...values), max: Math.max(...values) };
}

/** How many intervals ought to hold the truth: exactly, where that can be worked out. */
const coverageNote = ({ expectedCoverage }: PopulationResult) =>
  expectedCoverage === null
    ? 'made to hold in about 95 %'
    : `${percent(expectedCoverage)} expected of this crowd`;

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
  const { over, playing, play } = useFlips(result?.field.stages.length ?? 0);
  const stage = result === null || !playing ? null : (result.field.stages[over - 1] ?? NOBODY);
  const estimates =
    stage?.estimates ?? result?.bars.map(({ estimate: value, low, high }) => ({ value, low, high })) ?? [];
  const truths = result?.bars.map(({ truth }) => truth) ?? [];
  const shown = truths.length;
  const signs = truths.map((_, i) => names.emoji(i).sign);
  const drawn = useEmojiFont(signs);
  const say = (index: number) =>
    drawn ? `${names.emoji(index).sign} ${names.emoji(index).name}` : names.emoji(index).name;

  return (
    <Cell
      intro="Each of these made-up people has one favourite, and nobody can be sure of what one phone says. The server can still estimate the shares."
      handle={handle}
      resetSettings={resetAll}
      controls={
        <>
          <ParameterPanel {...panel} />
          <CrowdExample epsilon={localEpsilon} onEpsilon={(found) => set('localEpsilon', found)} />
        </>
      }
      actions={
        <span className="flex flex-wrap gap-2">
          <Button small onClick={play} disabled={result === null || playing}>
            Watch them report
          </Button>
          <Button small onClick={() => set('crowdSeed', (crowdSeed + 1) % 1_000_000)}>
            Other coins
          </Button>
        </span>
      }
      stage={
        result !== null && ranWith !== null ? (
          <>
            <PhoneFieldFigure
              field={result.field}
              reported={playing ? (stage?.phones ?? 0) : result.field.truths.length}
              people={ranWith.people}
              say={say}
            />
            <BarFigure
              title="How popular is each emoji?"
              summary={`${result.covered} of ${shown} intervals hold the true share. Typical error ${shortPercent(result.error)}. The first, ${names.emoji(0).name}: truly ${shortPercent(result.bars[0]!.truth)}, estimated ${shortPercent(result.bars[0]!.estimate)}.`}
              caption={
                stage !== null
                  ? `What the server makes of the first ${count(stage.phones)} reports.`
                  : ranWith.simulation === 'at-once'
                    ? 'Share of all people. Beyond the dots, the counts of the server were drawn at once, from exactly the distribution that single reports give.'
                    : `Share of all people. Each of the ${count(ranWith.people)} phones made its own report.`
              }
              categories={result.bars.map((_, i) => `${names.emoji(i).sign} ${names.emoji(i).name}`)}
              tops={drawn ? { signs } : { words: signs.map((_, i) => names.emoji(i).name) }}
              series={[
                bars('truth', 'Truth (made up)', 'plain', truths),
                bars(
                  'estimate',
                  // The first reports come without intervals.
                  stage === null ? 'Estimate, with 95 % interval' : 'Estimate so far',
                  'private',
                  estimates,
                ),
              ]}
              x={{ label: 'emoji, most used first' }}
              y={{
                label: 'share of people',
                format: shortPercent,
                ...(stage === null ? {} : steady(result)),
              }}
              height={drawn ? 280 : 330}
            />
            <Facts
              facts={[
                { name: 'Typical error', value: shortPercent(result.error), note: 'root mean square' },
                { name: 'Expected', value: shortPercent(result.expectedError), note: 'by the formula' },
                {
                  name: 'Intervals right',
                  value: `${result.covered} of ${shown}`,
                  note: coverageNote(result),
                },
              ]}
            />
          </>
        ) : (
          <EmptyStage earlier={earlier} {...(atOnce ? {} : { press: 'Run' })}>
            {atOnce ? 'Phones are reporting …' : 'every phone makes its own report.'}
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
