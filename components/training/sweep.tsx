'use client';

import { useCallback, useMemo } from 'react';
import { LineFigure } from '@/components/charts/line-figure';
import { Refused } from '@/components/ledger/refused';
import { WhatIf } from '@/components/ledger/what-if';
import { formatEpsilon } from '@/components/ledger/words';
import { Cell } from '@/components/notebook/cell';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { Button } from '@/components/ui/button';
import { Columns } from '@/components/ui/columns';
import { percent } from '@/components/ui/format';
import type { AccountRequest } from '@/lib/ledger';
import { epsilonOfEvents } from '@/lib/runs/accountant';
import { eventOf, plannedPoints, type SweepSubject, sweepNoise } from '@/lib/runs/sweep-plan';
import type { SweepParams, SweepResult } from '@/lib/runs/sweep-runs';
import type { SweepPoint } from '@/lib/runs/sweep-store';
import { type CurveOptions, spreads, sweepSeries } from './curve';
import { BackToDefaults, Note, SeededNote } from './private-run';
import type { SweepParameters } from './settings';
import { useAccounted } from './use-accounted';
import { useKeptPoints } from './use-kept-points';

export interface SweepProps {
  /** Of the cell. */
  id: string;
  intro: string;
  /** Of the experiment that trains. */
  experiment: string;
  subject: SweepSubject;
  parameters: SweepParameters;
  /** Whom the ledger counts. */
  account: AccountRequest;
  figure: { title: string; caption: string; yLabel: string; empty: string };
  curve: CurveOptions;
}

interface PriceProps {
  subject: SweepSubject;
  account: SweepProps['account'];
  /** ε of each private run that is missing, parted by spaces: the same text is the same runs. */
  missing: string;
  steps: number;
  secure: boolean;
}

/** What the runs that are still missing would cost, before any of them runs. */
function Price({ subject, account, missing, steps, secure }: PriceProps) {
  const work = useCallback(() => {
    const events = missing
      .split(' ')
      .map((epsilon) => eventOf(subject, sweepNoise(subject, Number(epsilon), steps), steps));
    return { events, together: epsilonOfEvents(events, subject.delta) };
  }, [subject, missing, steps]);
  const priced = useAccounted(missing === '' ? nothing : work);
  const phases = useMemo(
    () => priced?.events.map((event) => ({ perStep: [{ ...event, steps: 1 }], steps: event.steps })) ?? null,
    [priced],
  );
  if (missing === '') return <Note>All private runs are done: Run costs nothing more.</Note>;
  if (!secure) return <SeededNote several />;
  const runs = missing.split(' ').length;
  return (
    <>
      <p className="text-sm text-secondary" data-price>
        {runs} private {runs === 1 ? 'run is' : 'runs are'} missing. Who sees all of their models has an ε of{' '}
        <strong className="text-text tabular-nums">
          {priced === null ? '…' : formatEpsilon(priced.together)}
        </strong>
        .
      </p>
      {phases ? <WhatIf account={account} phases={phases} /> : null}
    </>
  );
}

const nothing = () => ({ events: [], together: 0 });

function Spreads({ points }: { points: readonly SweepPoint[] }) {
  return (
    <table className="w-full text-sm tabular-nums">
      <caption className="pb-1 text-left font-semibold">Finished runs</caption>
      <thead>
        <tr className="border-b border-line text-left text-secondary">
          <Columns names={['ε', 'Runs', 'Mean', 'Worst to best']} className="py-1 pr-3 font-medium" />
        </tr>
      </thead>
      <tbody>
        {spreads(points).map(({ epsilon, spread }) => (
          <tr key={epsilon ?? 'plain'} className="border-b border-line" data-row={epsilon ?? 'plain'}>
            <th scope="row" className="py-1 pr-3 text-left font-medium">
              {epsilon ?? 'none (plain)'}
            </th>
            <td className="py-1 pr-3">{spread.runs}</td>
            <td className="py-1 pr-3">{percent(spread.mean)}</td>
            <td className="py-1 pr-3">
              {percent(spread.low)} to {percent(spread.high)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A model's worth against ε, run by run. */
export function Sweep({ id, intro, experiment, subject, parameters, account, figure, curve }: SweepProps) {
  const { values, panel, resetAll } = useParameters(parameters);
  const { sweepGrid, sweepRepeats, sweepSteps, sweepNoise, sweepSeed } = values;
  const params = useMemo<SweepParams>(
    () => ({
      grid: sweepGrid,
      repeats: sweepRepeats,
      steps: sweepSteps,
      noiseSource: sweepNoise,
      seed: sweepSeed,
    }),
    [sweepGrid, sweepRepeats, sweepSteps, sweepNoise, sweepSeed],
  );
  const handle = useExperiment<SweepParams, SweepPoint, SweepResult>({
    cellId: id,
    experimentId: experiment,
    params,
  });
  const { state, updates, result, stale } = handle;
  const busy = state === 'preparing' || state === 'running';
  const plan = useMemo(() => plannedPoints(subject, params), [subject, params]);
  const keys = useMemo(() => plan.map(({ key }) => key), [plan]);
  const { kept, forget } = useKeptPoints(keys, `${state} ${updates.length}`);
  // While it runs, what it reports; otherwise what is kept for the settings on the screen.
  const points = useMemo(() => {
    if (stale && !busy) return kept;
    const found = new Map([...kept, ...(result?.points ?? updates)].map((one) => [one.key, one]));
    return [...found.values()];
  }, [stale, busy, kept, updates, result]);
  const finished = useMemo(() => new Set(points.map(({ key }) => key)), [points]);
  const missing = plan
    .filter(({ key, epsilon }) => epsilon !== null && !finished.has(key))
    .map(({ epsilon }) => epsilon)
    .join(' ');
  const series = useMemo(() => sweepSeries(points, curve), [points, curve]);
  const done = plan.filter(({ key }) => finished.has(key)).length;

  async function startOver() {
    handle.reset();
    await forget();
  }

  return (
    <Cell
      intro={intro}
      handle={handle}
      runLabel={done > 0 && done < plan.length ? 'Run the rest' : 'Run'}
      controls={
        <>
          <ParameterPanel {...panel} />
          <Price
            subject={subject}
            account={account}
            missing={missing}
            steps={sweepSteps}
            secure={sweepNoise === 'cryptographic'}
          />
          <Note>
            The plain runs are written into the ledger too, as runs without noise: no ε covers them.
          </Note>
          <BackToDefaults onClick={resetAll} />
        </>
      }
      actions={
        <Button small disabled={busy || done === 0} onClick={startOver}>
          Start over
        </Button>
      }
      stage={
        <>
          <p className="text-sm text-secondary" data-finished={done} aria-live="polite">
            {done} of {plan.length} runs finished. Finished runs are kept in this browser: after Stop or a
            reload the sweep goes on with the rest. A run that was broken off is charged for the steps that it
            may have taken, and begins anew.
          </p>
          <LineFigure
            title={figure.title}
            summary={
              points.length === 0
                ? figure.empty
                : spreads(points)
                    .map(
                      ({ epsilon, spread }) =>
                        `${epsilon === null ? 'Plain' : `ε ${epsilon}`}: ${percent(spread.mean)} in ${spread.runs} runs.`,
                    )
                    .join(' ')
            }
            caption={figure.caption}
            series={series}
            x={{ label: 'ε (nats)', scale: 'log', min: curve.ends[0], max: curve.ends[1] }}
            y={{ label: figure.yLabel, format: percent, max: 1, ...curve.floor }}
            height={320}
            showLatest={false}
          />
        </>
      }
    >
      {points.length === 0 ? null : <Spreads points={points} />}
      <Refused handle={handle} />
    </Cell>
  );
}
