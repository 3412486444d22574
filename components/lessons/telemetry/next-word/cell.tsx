'use client';

import { useMemo } from 'react';
import { LineFigure } from '@/components/charts/line-figure';
import { line } from '@/components/charts/series';
import { Cell } from '@/components/notebook/cell';
import { Facts } from '@/components/notebook/facts';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { count, short, shortPercent } from '@/components/ui/format';
import { PROMISED_ALARMS } from '../account';
import { CrowdExample } from '../crowd-example';
import type { WordsParams, WordsResult } from '../experiments/words';
import { useNames } from '../use-names';
import { nextWordParameters } from './parameters';

const SHOWN = 24;

interface WordsProps {
  name: string;
  title: string;
  /** Said where there are none. */
  none: string;
  words: readonly { word: number; share: number; alarm: boolean }[];
}

/** Words with their share, as many as one can read. */
function Words({ name, title, none, words }: WordsProps) {
  const names = useNames();
  return (
    <section aria-label={name}>
      <h3 className="font-semibold">{title}</h3>
      {words.length === 0 ? (
        <p className="text-secondary">{none}</p>
      ) : (
        <ul className="mt-2 flex flex-wrap gap-1.5">
          {words.slice(0, SHOWN).map(({ word, share, alarm }) => (
            <li key={word} className="rounded-control border border-line px-2 py-0.5 text-sm">
              {names.word(word)} <span className="text-secondary">{shortPercent(share)}</span>
              {alarm ? <strong> (false alarm)</strong> : null}
            </li>
          ))}
          {words.length > SHOWN ? (
            <li className="px-2 py-0.5 text-sm text-secondary">and {words.length - SHOWN} more</li>
          ) : null}
        </ul>
      )}
    </section>
  );
}

/** Heavy hitters: which words stand out of the noise. */
export function NextWordCell() {
  const { values, set, panel, resetAll } = useParameters(nextWordParameters);
  const { vocabulary, falseAlarm, people, localEpsilon, protocol, skew, crowdSeed } = values;
  const handle = useExperiment<WordsParams, null, WordsResult>({
    cellId: 'next-word',
    experimentId: 'next-word',
    mode: 'reactive',
    params: { people, epsilon: localEpsilon, protocol, vocabulary, skew, falseAlarm, seed: crowdSeed },
  });
  const { result, ranWith } = handle;
  const alarms = result?.alarms;
  const series = useMemo(() => {
    const ranked = (shares: readonly number[] = []) => shares.map((y, i) => ({ x: i + 1, y }));
    return [
      line('estimate', 'Estimated share', 'private', ranked(result?.estimates), { dots: true }),
      line('truth', 'True share (made up)', 'plain', ranked(result?.truth)),
    ];
  }, [result]);

  return (
    <Cell
      intro="Which word do people type next? The server looks for the frequent ones; the others are lost in the noise."
      handle={handle}
      resetSettings={resetAll}
      controls={
        <>
          <ParameterPanel {...panel} />
          <CrowdExample epsilon={localEpsilon} onEpsilon={(found) => set('localEpsilon', found)} />
        </>
      }
      stage={
        result === null ? null : (
          <>
            <LineFigure
              title="What stands out of the noise"
              summary={`${result.found.length} words are above the threshold of ${shortPercent(result.threshold)}; ${result.falseFound} of them nobody types. ${result.hidden} words that people do type stay below it.`}
              caption="Words in order of their true use. The right half of them nobody types: whatever is found there is a false alarm. A dot above the dotted line counts as found."
              series={series}
              x={{ label: 'rank of the word', whole: true, min: 1, max: result.truth.length }}
              y={{ label: 'share of people', format: shortPercent }}
              references={[{ axis: 'y', value: result.threshold, label: 'found from here on' }]}
              showLatest={false}
              height={280}
            />
            <Facts
              columns="2 or 4"
              facts={[
                {
                  name: 'Found',
                  value: String(result.found.length),
                  note: `of ${Math.floor(result.truth.length / 2)} typed words`,
                },
                { name: 'False alarms', value: String(result.falseFound), note: 'in this survey, the first' },
                ranWith?.falseAlarm === 'any'
                  ? {
                      name: 'Surveys with a false alarm',
                      value: `${count(alarms!.surveysWithAny)} of ${count(alarms!.surveys)}`,
                      note: `promised: ${count(alarms!.surveys * PROMISED_ALARMS)} on average, or fewer`,
                    }
                  : {
                      name: 'False alarms in all',
                      value: `${count(alarms!.count)} of ${count(alarms!.chances)}`,
                      note: `${short(alarms!.expected)} expected; promised: ${count(alarms!.promised)} or fewer`,
                    },
                {
                  name: 'Hidden',
                  value: shortPercent(result.hiddenShare),
                  note: 'of all typing stays unseen',
                },
              ]}
            />
          </>
        )
      }
    >
      {result === null || alarms === undefined || ranWith === null ? null : (
        <p className="text-sm text-secondary" data-alarms>
          In {count(alarms.surveys)} surveys of this crowd, {count(alarms.count)} of {count(alarms.chances)}{' '}
          untyped words came out above the line; {short(alarms.expected)} were expected, and at most{' '}
          {short(alarms.promised)} were promised. The line is not drawn from a bell curve: it is the least
          number of reports that chance alone brings rarely enough.{' '}
          {ranWith.falseAlarm === 'any'
            ? 'The 5 % are shared out among all words, typed or not, for a server does not know which are.'
            : null}{' '}
          {ranWith.protocol === 'sketch'
            ? 'For the sketch it depends on what others type, and is worked out from the made-up truth: a real server would have to estimate that.'
            : null}
        </p>
      )}
      {result === null ? null : (
        <div className="grid gap-4 @2xl:grid-cols-2">
          <Words
            name="Words found"
            title="Found, largest estimate first"
            none="Nothing stands out. Ask more people, or allow a larger ε."
            words={result.found.map(({ word, estimate: share, truth }) => ({
              word,
              share,
              alarm: truth === 0,
            }))}
          />
          <Words
            name="Words hidden"
            title="Typed, but hidden below the noise"
            none="Nothing: every typed word was found."
            words={result.truth
              .map((share, word) => ({ word, share, alarm: false }))
              .filter(({ share, word }) => share > 0 && !(result.estimates[word]! > result.threshold))}
          />
        </div>
      )}
    </Cell>
  );
}
