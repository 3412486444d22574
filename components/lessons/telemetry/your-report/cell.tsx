'use client';

import { type ReactNode, useEffect, useId, useMemo, useState } from 'react';
import { BarFigure } from '@/components/charts/bar-figure';
import { bars } from '@/components/charts/series';
import { EpsilonRiskField } from '@/components/label/epsilon-risk-field';
import { Refused, withNoise } from '@/components/ledger/refused';
import { WhatIf } from '@/components/ledger/what-if';
import { formatEpsilon } from '@/components/ledger/words';
import { Cell } from '@/components/notebook/cell';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { Button } from '@/components/ui/button';
import { count, short, shortPercent } from '@/components/ui/format';
import { OWN_ANSWERS_ACCOUNT } from '../account';
import type { OwnReport, OwnReportParams, OwnReportResult } from '../experiments/report';
import { useNames } from '../use-names';
import { beliefs } from './belief';
import { yourReportParameters } from './parameters';

/** Reports that belong together: other settings begin a new heap, because their odds differ. */
interface Heap {
  key: string;
  reports: readonly OwnReport[];
}

function Station({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <div className="grid content-start gap-1 rounded-control border border-line px-3 py-2">
      <dt className="text-sm text-secondary">{title}</dt>
      <dd className="text-lg font-semibold leading-snug">{children}</dd>
      <dd className="text-sm text-secondary">{note}</dd>
    </div>
  );
}

/** The learner's own answer, randomised on this device, again and again. */
export function YourReportCell() {
  const { values, set, panel } = useParameters(yourReportParameters);
  const { question, reportProtocol: protocol, reportEpsilon: epsilon, emojiCount, reportsAtOnce } = values;
  const answer = Math.min(values.yourAnswer, emojiCount - 1);
  const names = useNames();
  const pickerId = useId();
  const handle = useExperiment<OwnReportParams, null, OwnReportResult>({
    cellId: 'your-report',
    experimentId: 'own-report',
    params: { question, protocol, value: answer, categories: emojiCount, epsilon, reports: reportsAtOnce },
  });
  const { result, ranWith } = handle;
  const [heap, setHeap] = useState<Heap>({ key: '', reports: [] });
  const keyOf = (p: OwnReportParams) => [p.question, p.protocol, p.value, p.categories, p.epsilon].join(' ');
  const key = keyOf({ question, protocol, value: answer, categories: emojiCount, epsilon, reports: 1 });

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for every result
  useEffect(() => {
    if (result === null || ranWith === null || result.reports.length === 0) return;
    const made = keyOf(ranWith);
    setHeap((old) => {
      const known = old.key === made ? old.reports : [];
      const news = result.reports.filter((one) => !known.some((other) => other.id === one.id));
      return { key: made, reports: [...known, ...news] };
    });
  }, [result]);

  const reports = heap.key === key ? heap.reports : [];
  const last = reports.at(-1) ?? null;
  const say = (index: number) =>
    question === 'emoji' ? `${names.emoji(index).sign} ${names.emoji(index).name}` : names.word(index);
  const sign = (index: number) =>
    question === 'emoji' ? names.emoji(index).sign : names.word(index).slice(0, 3);
  const believed = useMemo(
    () =>
      beliefs(
        reports.map(({ supports }) => supports),
        epsilon,
        emojiCount,
      ),
    [reports, epsilon, emojiCount],
  );
  const best = believed.indexOf(Math.max(...believed));
  const phases = useMemo(
    () => [{ perStep: [{ kind: 'pure' as const, epsilon, count: 1 }], steps: reportsAtOnce }],
    [epsilon, reportsAtOnce],
  );
  const keep =
    protocol === 'choice'
      ? 1 / (1 + (emojiCount - 1) * Math.exp(-epsilon))
      : protocol === 'optimised'
        ? 0.5
        : 1 / (1 + Math.exp(-epsilon));
  const coin = {
    choice: `The truth with probability ${shortPercent(keep)}, else any other answer.`,
    optimised: `Yes to the truth with probability 50 %, to each other answer with ${shortPercent(1 / (Math.exp(epsilon) + 1))}.`,
    hadamard: `A half of all answers, which holds the truth with probability ${shortPercent(keep)}.`,
  }[protocol];

  return (
    <Cell
      intro="Choose an answer. Your device tosses its coins, and only what comes of them counts as sent. In fact nothing is sent: this page is the device and the server."
      handle={handle}
      runLabel={reportsAtOnce === 1 ? 'Report' : `Report ${reportsAtOnce} times`}
      controls={
        <>
          <ParameterPanel {...panel} only={['question']} />
          <div data-stays="first" className="grid gap-1">
            <label htmlFor={pickerId} className="font-medium">
              Your true answer
            </label>
            <select
              id={pickerId}
              value={answer}
              onChange={(event) => set('yourAnswer', Number(event.target.value))}
              className="min-h-10 w-full rounded-control border border-line-strong bg-surface px-2 hover:border-text"
            >
              {Array.from({ length: emojiCount }, (_, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the index is the answer
                <option key={i} value={i}>
                  {say(i)}
                </option>
              ))}
            </select>
          </div>
          <ParameterPanel
            {...panel}
            only={['reportProtocol', 'reportEpsilon', 'emojiCount', 'reportsAtOnce']}
          />
          <EpsilonRiskField
            release="pure"
            parameter={yourReportParameters.declarations.reportEpsilon}
            events={phases[0]!.perStep}
            relation="replace-one"
            onEpsilon={(found) => set('reportEpsilon', found)}
          />
          <WhatIf account={OWN_ANSWERS_ACCOUNT} phases={phases} />
        </>
      }
      stage={
        <>
          <dl className="grid gap-2 @lg:grid-cols-3">
            <Station title="On your device" note="Never leaves it.">
              {say(answer)}
            </Station>
            <Station title="The coins" note="Drawn by your browser’s cryptographic generator.">
              <span className="text-base font-normal">{coin}</span>
            </Station>
            <Station
              title="What the server sees"
              note={
                last === null
                  ? `Press Report. It costs ε = ${formatEpsilon(epsilon)}.`
                  : `Report ${reports.length} with these settings.`
              }
            >
              <span aria-live="polite" data-report>
                {last === null
                  ? 'nothing yet'
                  : last.supports.length === 0
                    ? 'no to every answer'
                    : last.supports.length === 1
                      ? say(last.supports[0]!)
                      : `${last.supports.length} answers: ${last.supports.map(sign).join(' ')}`}
              </span>
            </Station>
          </dl>
          <p>
            <strong>Plausible deniability:</strong> whatever is sent, it is at most e<sup>ε</sup> ={' '}
            <span className="tabular-nums" data-odds>
              {short(Math.exp(epsilon))}
            </span>{' '}
            times as likely for your answer as for any other.{' '}
            {reports.length > 1
              ? `After ${reports.length} reports about the same answer the odds can have grown to ${count(Number(Math.exp(epsilon * reports.length).toPrecision(2)))}.`
              : null}
          </p>
        </>
      }
      actions={
        reports.length > 0 ? (
          <Button small look="quiet" onClick={() => setHeap({ key: '', reports: [] })}>
            Clear what is shown
          </Button>
        ) : null
      }
    >
      {reports.length > 0 ? (
        <>
          <ol className="flex max-h-40 flex-wrap gap-1.5 overflow-y-auto" aria-label="Reports so far">
            {reports.map(({ id, supports }) => (
              <li key={id} className="rounded-control border border-line px-2 py-0.5 text-sm">
                {supports.length === 0
                  ? '–'
                  : supports.length === 1
                    ? say(supports[0]!)
                    : supports.map(sign).join(' ')}
              </li>
            ))}
          </ol>
          <BarFigure
            title="What the server may now believe about you"
            summary={`Most likely: ${say(best)}, with ${shortPercent(believed[best]!)}. Your answer: ${shortPercent(believed[answer]!)}.`}
            caption="By Bayes’ rule, if all answers were equally likely before. Each report multiplies the odds of what it supports by e to the ε."
            categories={believed.map((_, i) => say(i))}
            shortCategories={believed.map((_, i) => sign(i))}
            series={[bars('belief', 'Belief', 'attacker', believed)]}
            x={{ label: question === 'emoji' ? 'emoji' : 'word, its first letters' }}
            y={{ label: 'probability', min: 0, max: 1, format: shortPercent }}
            height={200}
          />
          <p className="text-sm text-secondary">
            Clearing the reports changes nothing in the <a href="#what-it-cost">ledger</a>: they were seen.
          </p>
        </>
      ) : null}
      <Refused
        handle={handle}
        onFewerSteps={(fewer) => set('reportsAtOnce', fewer)}
        onMoreNoise={(factor) => set('reportEpsilon', withNoise(epsilon, factor))}
      />
    </Cell>
  );
}
