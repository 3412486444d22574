'use client';

import { useMemo } from 'react';
import { LineFigure } from '@/components/charts/line-figure';
import { line } from '@/components/charts/series';
import { TurnedExample } from '@/components/label/turned-example';
import { formatEpsilon } from '@/components/ledger/words';
import { Cell } from '@/components/notebook/cell';
import { EmptyStage } from '@/components/notebook/empty-stage';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { Button } from '@/components/ui/button';
import type { ComposedRun, ComposedTotals, ComposeRunsParams } from '../experiments/compose-runs';
import { composeParameters, DATASET_SIZE, MOST_COMPOSED } from './parameters';
import {
  appended,
  flattened,
  formatSequence,
  type Group,
  parseSequence,
  runInWords,
  runText,
} from './sequence';

const WAYS = [
  { id: 'naive', label: 'Added up', role: 'plain', faint: false },
  { id: 'advanced', label: 'Advanced composition', role: 'attacker', faint: false },
  { id: 'rdp', label: 'RDP', role: 'private', faint: true },
  { id: 'pld', label: 'PLD', role: 'private', faint: false },
  { id: 'gdp', label: 'GDP, an approximation: no bound', role: 'noise', faint: false },
] as const;

const CONTROLS = {
  training: ['nextKind', 'nextSigma', 'nextSteps', 'nextLot'],
  query: ['nextKind', 'nextEpsilon'],
  release: ['nextKind', 'nextSigma'],
} as const;

const four = (value: number) => Number(value.toPrecision(4));

/** Build a list of runs and watch ε grow by several accountants. */
export function ComposeCell() {
  const { values, set, panel } = useParameters(composeParameters);
  const { runs: written, composeDelta, nextKind, nextSigma, nextSteps, nextLot, nextEpsilon } = values;
  const groups = useMemo(() => parseSequence(written), [written]);
  const runs = useMemo(() => flattened(groups), [groups]);
  const handle = useExperiment<ComposeRunsParams, readonly ComposedTotals[], readonly ComposedTotals[]>({
    cellId: 'compose',
    experimentId: 'compose-runs',
    mode: 'reactive',
    params: { runs, delta: composeDelta },
  });
  const found = handle.result ?? handle.latest;
  const last = found?.at(-1) ?? null;
  const series = useMemo(() => {
    const points = (way: (typeof WAYS)[number]['id']) =>
      (found ?? []).map((total) => ({ x: total.runs, y: total[way] }));
    return WAYS.map(({ id, label, role, faint }) =>
      line(id, label, role, [{ x: 0, y: 0 }, ...points(id)], { faint }),
    );
  }, [found]);

  const next: ComposedRun =
    nextKind === 'training'
      ? {
          kind: 'poisson-gaussian',
          sampleRate: four(nextLot / DATASET_SIZE),
          noiseMultiplier: four(nextSigma),
          steps: nextSteps,
        }
      : nextKind === 'release'
        ? { kind: 'gaussian', noiseMultiplier: four(nextSigma), count: 1 }
        : { kind: 'laplace', scale: 1 / four(nextEpsilon), sensitivity: 1, count: 1 };
  const write = (changed: readonly Group[]) => set('runs', formatSequence(changed));
  const full = runs.length >= MOST_COMPOSED;

  return (
    <Cell
      intro="Put runs on the list. Nothing is run or charged here: this is what they would cost together."
      handle={handle}
      controls={
        <>
          <ParameterPanel {...panel} only={CONTROLS[nextKind]} />
          <div className="flex flex-wrap gap-2">
            <Button small look="primary" disabled={full} onClick={() => write(appended(groups, next, 1))}>
              Add it
            </Button>
            <Button small disabled={full} onClick={() => write(appended(groups, next, 10))}>
              Add ten
            </Button>
          </div>
          <ParameterPanel {...panel} only={['composeDelta']} />
          {last === null || handle.ranWith === null || handle.state !== 'done' ? null : (
            <TurnedExample
              events={handle.ranWith.runs}
              epsilon={last.pld}
              delta={handle.ranWith.delta}
              unit="record"
              data="No data: a list of planned runs"
              plan
            />
          )}
        </>
      }
      stage={
        runs.length === 0 ? (
          <EmptyStage>The list is empty: ε = 0. Add a run.</EmptyStage>
        ) : (
          <LineFigure
            title="ε after each run"
            summary={
              last === null
                ? 'No runs yet.'
                : `After ${last.runs} runs: ${formatEpsilon(last.naive)} added up, ${formatEpsilon(last.advanced)} by advanced composition, ${formatEpsilon(last.rdp)} by RDP, ${formatEpsilon(last.pld)} by PLD; the GDP approximation says ${formatEpsilon(last.gdp)}.`
            }
            caption={`At δ = ${composeDelta}. All lines but the dash-dotted one are bounds: the lowest of them is the best known.`}
            series={series}
            x={{ label: 'runs so far', whole: true, min: 0, max: runs.length }}
            y={{ label: 'ε (nats)', min: 0, format: formatEpsilon }}
            height={300}
          />
        )
      }
    >
      <section aria-label="The list of runs" className="grid gap-2">
        {groups.length === 0 ? null : (
          <ol className="grid gap-1">
            {groups.map((group, index) => (
              <li
                // biome-ignore lint/suspicious/noArrayIndexKey: the same run may stand in several places
                key={`${index} ${runText(group.run)}`}
                className="flex flex-wrap items-center gap-2 rounded-control border border-line px-3 py-1.5"
              >
                <span className="min-w-0 grow">
                  <strong className="tabular-nums">{group.times} ×</strong> {runInWords(group.run)}
                </span>
                <span className="flex gap-1">
                  <Button
                    small
                    aria-label={`One less of: ${runInWords(group.run)}`}
                    onClick={() => write(groups.with(index, { ...group, times: group.times - 1 }))}
                  >
                    −
                  </Button>
                  <Button
                    small
                    disabled={full}
                    aria-label={`One more of: ${runInWords(group.run)}`}
                    onClick={() => write(groups.with(index, { ...group, times: group.times + 1 }))}
                  >
                    +
                  </Button>
                  <Button
                    small
                    look="quiet"
                    aria-label={`Remove: ${runInWords(group.run)}`}
                    onClick={() => write(groups.toSpliced(index, 1))}
                  >
                    Remove
                  </Button>
                </span>
              </li>
            ))}
          </ol>
        )}
        {full ? (
          <p className="text-sm text-secondary" role="status">
            The list holds {MOST_COMPOSED} runs at most.
          </p>
        ) : null}
      </section>
    </Cell>
  );
}
