'use client';

import { useMemo } from 'react';
import { LineFigure } from '@/components/charts/line-figure';
import { line } from '@/components/charts/series';
import { TurnedExample } from '@/components/label/turned-example';
import { Cell } from '@/components/notebook/cell';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { count } from '@/components/ui/format';
import type { PlanRunsParams, RunsThatFit } from '../experiments/plan-runs';
import { DATASET_SIZE, NOISE_MULTIPLIERS, planParameters } from './parameters';

const WAYS = [
  { id: 'pld', label: 'PLD', role: 'private', faint: false },
  { id: 'rdp', label: 'RDP', role: 'private', faint: true },
  { id: 'naive', label: 'Added up', role: 'plain', faint: false },
] as const;

const inWords = (runs: number) => (runs === 0 ? 'none' : runs >= 10_000 ? '10,000 or more' : count(runs));

/** Given a budget: how many runs, at which σ. */
export function PlanCell() {
  const { values, panel } = useParameters(planParameters);
  const { budgetEpsilon, planSigma, planSteps, planLot, planDelta } = values;
  // The σ that was asked for comes first: its answer should not wait for the chart.
  const noiseMultipliers = useMemo(
    () => [planSigma, ...NOISE_MULTIPLIERS.filter((sigma) => sigma !== planSigma)],
    [planSigma],
  );
  const handle = useExperiment<PlanRunsParams, readonly RunsThatFit[], readonly RunsThatFit[]>({
    cellId: 'plan',
    experimentId: 'plan-runs',
    mode: 'reactive',
    params: {
      targetEpsilon: budgetEpsilon,
      delta: planDelta,
      sampleRate: planLot / DATASET_SIZE,
      steps: planSteps,
      noiseMultipliers,
    },
  });
  const found = handle.latest ?? handle.result;
  const ranWith = handle.ranWith;
  const asked = found?.[0] ?? null;
  const series = useMemo(() => {
    const ascending = [...(found ?? [])].sort((a, b) => a.noiseMultiplier - b.noiseMultiplier);
    const points = (way: (typeof WAYS)[number]['id']) =>
      ascending.map((at) => ({ x: at.noiseMultiplier, y: at[way] > 0 ? at[way] : null }));
    return WAYS.map(({ id, label, role, faint }) => line(id, label, role, points(id), { faint }));
  }, [found]);

  return (
    <Cell
      intro="Equal DP-SGD runs on one data set, all under one budget. Runs you throw away count too."
      handle={handle}
      controls={
        <>
          <ParameterPanel {...panel} />
          {asked === null || ranWith === null || asked.pld === 0 ? null : (
            <TurnedExample
              events={[
                {
                  kind: 'poisson-gaussian',
                  sampleRate: ranWith.sampleRate,
                  noiseMultiplier: planSigma,
                  steps: ranWith.steps * asked.pld,
                },
              ]}
              epsilon={ranWith.targetEpsilon}
              delta={ranWith.delta}
              unit="record"
              data="No data: as many runs as fit the budget"
              plan
            />
          )}
        </>
      }
      stage={
        asked !== null && ranWith !== null ? (
          <div className="grid gap-4">
            <dl className="grid grid-cols-3 gap-3">
              {WAYS.map(({ id, label }) => (
                <div key={id} className="rounded-control border border-line px-3 py-2">
                  <dt className="text-sm text-secondary">{label}</dt>
                  <dd className="text-2xl font-semibold tabular-nums" data-runs={id}>
                    {inWords(asked[id])}
                  </dd>
                  <dd className="text-sm text-secondary">{asked[id] === 1 ? 'run fits' : 'runs fit'}</dd>
                </div>
              ))}
            </dl>
            <LineFigure
              title="Runs that fit the budget"
              summary={`At noise multiplier ${asked.noiseMultiplier}: ${inWords(asked.pld)} by PLD, ${inWords(asked.rdp)} by RDP, ${inWords(asked.naive)} by adding up.`}
              caption={`Runs of ${ranWith.steps} steps that stay below ε = ${ranWith.targetEpsilon} together. Where a line has not begun, not even one fits.`}
              series={series}
              x={{ label: 'noise multiplier σ of each run', scale: 'log' }}
              y={{ label: 'runs', scale: 'log', min: 1 }}
              showLatest={false}
            />
          </div>
        ) : (
          <p className="py-10 text-center text-secondary">Working it out …</p>
        )
      }
    >
      <p className="text-sm text-secondary">
        Twice the noise buys about four times the runs, as long as the accountant composes tightly; by adding
        up it buys little more than twice.
      </p>
    </Cell>
  );
}
