'use client';

import { useMemo } from 'react';
import { LineFigure } from '@/components/charts/line-figure';
import { line } from '@/components/charts/series';
import { TurnedExample } from '@/components/label/turned-example';
import { Cell } from '@/components/notebook/cell';
import { Facts } from '@/components/notebook/facts';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { Button } from '@/components/ui/button';
import { count, fixed, percent, shortPercent } from '@/components/ui/format';
import type { OnePersonParams, OnePersonResult } from '../experiments/one-person';
import { exactAnswer, MOST_PAY, makeStaff, type StaffQuestion } from '../staff';
import { neighboursParameters } from './parameters';
import { StaffPlot } from './staff-plot';

/** An answer in words. */
const WORDS: Record<StaffQuestion, { say(answer: number): string; axis: string }> = {
  count: { say: (answer) => `${count(Math.round(answer))} people`, axis: 'people' },
  mean: { say: (answer) => `${fixed(answer, 3)} thousand`, axis: 'mean pay (thousand)' },
  slope: {
    say: (answer) => `${fixed(1000 * answer, 1)} more a year`,
    axis: 'rise of pay a year (thousand)',
  },
};

/** What one person changes, exactly and privately. */
export function NeighboursCell() {
  const { values, set, panel, resetAll } = useParameters(neighboursParameters);
  const { staffQuestion: question, takesPart, yourYears, yourPay, payRange, colleagues } = values;
  const { promiseEpsilon: epsilon, promiseSeed: seed } = values;
  const handle = useExperiment<OnePersonParams, null, OnePersonResult>({
    cellId: 'neighbours',
    experimentId: 'one-person',
    mode: 'reactive',
    params: { question, years: yourYears, pay: yourPay, colleagues, payRange, epsilon, seed },
  });
  const { result, ranWith } = handle;
  const others = useMemo(() => makeStaff(colleagues, seed), [colleagues, seed]);
  const you = { years: yourYears, pay: yourPay };
  const without = exactAnswer(question, others);
  const present = exactAnswer(question, [...others, you]);
  const { say } = WORDS[question];
  const shownQuestion = ranWith?.question ?? question;
  const series = useMemo(() => {
    const shares = (world: 'without' | 'with') =>
      (result?.bins ?? []).map(({ at: x, [world]: y }) => ({ x, y }));
    return [
      line('without', 'without you', 'plain', shares('without')),
      line('with', 'with you', 'private', shares('with')),
    ];
  }, [result]);

  return (
    <Cell
      intro="A made-up firm, and you. Drag yourself away from the others, or out of the data, and see what the published answer gives away."
      handle={handle}
      resetSettings={resetAll}
      controls={
        <>
          <ParameterPanel {...panel} only={['staffQuestion', 'takesPart', 'yourYears', 'yourPay']} />
          <Button
            small
            data-stays="first"
            onClick={() => {
              set('yourYears', 4);
              set('yourPay', MOST_PAY);
              set('takesPart', true);
            }}
          >
            Make me an outlier
          </Button>
          <ParameterPanel {...panel} only={['promiseEpsilon', 'payRange', 'colleagues', 'promiseSeed']} />
          <TurnedExample
            events={[{ kind: 'pure', epsilon, count: 1 }]}
            epsilon={epsilon}
            data="A made-up firm and you"
            seeded
            byRisk={{
              release: 'pure',
              parameter: neighboursParameters.declarations.promiseEpsilon,
              onEpsilon: (found) => set('promiseEpsilon', found),
            }}
          />
        </>
      }
      stage={
        <>
          <StaffPlot
            staff={others}
            you={you}
            takesPart={takesPart}
            payRange={payRange}
            onMove={({ years, pay }) => {
              if (years !== yourYears) set('yourYears', years);
              if (pay !== yourPay) set('yourPay', pay);
            }}
            onTakePart={(is) => set('takesPart', is)}
          />
          <div className="rounded-control border border-line px-4 py-3">
            <p className="font-semibold">Published exactly</p>
            <p>
              <strong className="tabular-nums" data-exact>
                {say(takesPart ? present : without)}
              </strong>
              . Without you <span className="tabular-nums">{say(without)}</span>, with you{' '}
              <span className="tabular-nums">{say(present)}</span>.{' '}
              <Revealed
                question={question}
                without={without}
                present={present}
                takesPart={takesPart}
                pay={yourPay}
              />
            </p>
          </div>
        </>
      }
    >
      {result === null ? null : (
        <>
          <LineFigure
            title="Published privately: 4,000 answers in each world"
            summary={`The middle answer is ${WORDS[shownQuestion].say(result.median.without)} without you and ${WORDS[shownQuestion].say(result.median.with)} with you; the curves overlap. An attacker guessed rightly ${percent(result.guessed)} of the time.`}
            caption={`Share of the private answers at each value. ${percent(result.outside)} lie further out.`}
            series={series}
            x={{ label: WORDS[shownQuestion].axis }}
            y={{
              label: 'share of answers',
              min: 0,
              format: (value) => shortPercent(value, 2),
            }}
            showLatest={false}
            height={240}
          />
          <Facts
            columns="1 or 3"
            facts={[
              {
                name: 'Middle private answer',
                value: WORDS[shownQuestion].say(takesPart ? result.median.with : result.median.without),
                note: `half of the private answers lie below; exactly it is ${WORDS[shownQuestion].say(takesPart ? result.exact.with : result.exact.without)}`,
              },
              {
                name: 'Guessed from one answer',
                value: percent(result.guessed),
                note: '“in” or “not in”, by an attacker who had practised on other answers; a coin: 50 %',
              },
              {
                name: 'Nobody can beat',
                value: percent(result.bound),
                note: (
                  <>
                    whatever they know, and wherever you stand: e<sup>ε</sup> / (1 + e<sup>ε</sup>)
                  </>
                ),
              },
            ]}
          />
          <p className="text-sm text-secondary">
            The guess is judged on 4,000 answers, half of them with you, so it scatters by 0.8 points.
          </p>
        </>
      )}
    </Cell>
  );
}

/** What somebody learns from the exact answer who knows the data of all the others. */
function Revealed({
  question,
  without,
  present,
  takesPart,
  pay,
}: {
  question: StaffQuestion;
  without: number;
  present: number;
  takesPart: boolean;
  pay: number;
}) {
  if (without === present) return <>These are the same: this answer says nothing about whether you are in.</>;
  if (!takesPart) return <>Anybody who knows the others’ data sees at once that you are not in.</>;
  if (question === 'mean')
    return (
      <>
        Anybody who knows the others’ pay and how many you are can compute yours:{' '}
        <strong>{pay} thousand</strong>.
      </>
    );
  return <>Anybody who knows the others’ data sees at once that you are in.</>;
}
