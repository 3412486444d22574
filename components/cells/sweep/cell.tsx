'use client';

import { useCallback, useMemo, useState } from 'react';
import { LineFigure } from '@/components/charts/line-figure';
import { RefusalDialog } from '@/components/ledger/refusal-dialog';
import { useLater } from '@/components/ledger/use-later';
import { WhatIf } from '@/components/ledger/what-if';
import { formatEpsilon } from '@/components/ledger/words';
import { Cell } from '@/components/notebook/cell';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { Button } from '@/components/ui/button';
import { MNIST_SHA256 } from '@/lib/data/mnist-identity';
import { composeEvents } from '@/lib/privacy';
import { MNIST_DELTA } from '@/lib/runtime/experiments/mnist-account';
import type { SweepMnistParams, SweepMnistResult } from '@/lib/runtime/experiments/sweep-mnist';
import { eventOf, plannedPoints, SWEEP_CLIP, SWEEP_LOT } from '@/lib/runtime/experiments/sweep-plan';
import type { SweepPoint } from '@/lib/runtime/experiments/sweep-store';
import { spreads, sweepSeries } from './curve';
import { sweepParameters } from './parameters';
import { useKeptPoints } from './use-kept-points';

const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
const ENDS = [0.1, 8] as const;

/** What the runs that are still missing would cost, before any of them runs. */
function Price({ sigmas, steps, secure }: { sigmas: readonly number[]; steps: number; secure: boolean }) {
  const compute = useCallback(
    () =>
      composeEvents(
        sigmas.map((sigma) => eventOf(sigma, steps)),
        MNIST_DELTA,
        'rdp',
      ).epsilon,
    [sigmas, steps],
  );
  const together = useLater(compute);
  const phases = useMemo(
    () => sigmas.map((sigma) => ({ perStep: [eventOf(sigma, 1)], steps })),
    [sigmas, steps],
  );
  if (sigmas.length === 0)
    return <p className="text-sm text-secondary">All private runs are done: Run costs nothing more.</p>;
  if (!secure)
    return (
      <p className="text-sm text-secondary">
        Seeded runs are written into the ledger as “not private”: no ε covers them.
      </p>
    );
  return (
    <>
      <p className="text-sm text-secondary" data-price>
        {sigmas.length} private {sigmas.length === 1 ? 'run is' : 'runs are'} missing. Who sees all of their
        models has an ε of{' '}
        <strong className="text-text tabular-nums">
          {together === null ? '…' : formatEpsilon(together)}
        </strong>
        , by the accountant that set their noise (RDP). The ledger below counts more tightly (PLD).
      </p>
      <WhatIf dataset={`sha256:${MNIST_SHA256}`} unit="example" delta={MNIST_DELTA} phases={phases} />
    </>
  );
}

function Spreads({ points }: { points: readonly SweepPoint[] }) {
  return (
    <table className="w-full text-sm tabular-nums">
      <caption className="pb-1 text-left font-semibold">Finished runs</caption>
      <thead>
        <tr className="border-b border-line text-left text-secondary">
          {['ε', 'Runs', 'Mean', 'Worst to best'].map((name) => (
            <th key={name} scope="col" className="py-1 pr-3 font-medium">
              {name}
            </th>
          ))}
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

/** Accuracy against ε, run by run. */
export function SweepCell() {
  const { values, set, resetAll } = useParameters(sweepParameters);
  const { sweepGrid, sweepRepeats, sweepSteps, sweepNoise, sweepSeed } = values;
  const params = useMemo<SweepMnistParams>(
    () => ({
      grid: sweepGrid,
      repeats: sweepRepeats,
      steps: sweepSteps,
      noiseSource: sweepNoise,
      seed: sweepSeed,
    }),
    [sweepGrid, sweepRepeats, sweepSteps, sweepNoise, sweepSeed],
  );
  const handle = useExperiment<SweepMnistParams, SweepPoint, SweepMnistResult>({
    cellId: 'sweep',
    title: 'Accuracy against ε',
    experimentId: 'sweep-mnist',
    mode: 'on-run',
    params,
  });
  const { state, updates, result, stale } = handle;
  const busy = state === 'preparing' || state === 'running';
  const plan = useMemo(() => plannedPoints(params, MNIST_DELTA), [params]);
  const keys = useMemo(() => plan.map(({ key }) => key), [plan]);
  const { kept, forget } = useKeptPoints(keys, `${state} ${updates.length}`);
  // While it runs, what it reports; otherwise what is kept for the settings on the screen.
  const points = useMemo(() => {
    if (stale && !busy) return kept;
    const found = new Map([...kept, ...(result?.points ?? updates)].map((one) => [one.key, one]));
    return [...found.values()];
  }, [stale, busy, kept, updates, result]);
  const finished = useMemo(() => new Set(points.map(({ key }) => key)), [points]);
  const sigmas = useMemo(
    () =>
      plan
        .filter(({ key, epsilon }) => epsilon !== null && !finished.has(key))
        .map(({ noiseMultiplier }) => noiseMultiplier),
    [plan, finished],
  );
  const series = useMemo(() => sweepSeries(points, ENDS), [points]);
  const [dismissed, setDismissed] = useState<SweepMnistResult | null>(null);
  const refusal = state === 'done' && result !== dismissed ? (result?.refusal ?? null) : null;
  const done = plan.filter(({ key }) => finished.has(key)).length;

  async function startOver() {
    handle.reset();
    await forget();
  }

  return (
    <Cell
      id="sweep"
      title="Accuracy against ε"
      intro="A training for every ε on the axis, several times over, and plain ones for comparison."
      handle={handle}
      runLabel={done > 0 && done < plan.length ? 'Run the rest' : 'Run'}
      controls={
        <>
          <ParameterPanel
            set={sweepParameters}
            values={values}
            onChange={set}
            only={['sweepGrid', 'sweepRepeats', 'sweepSteps', 'sweepNoise', 'sweepSeed']}
          />
          <Price sigmas={sigmas} steps={sweepSteps} secure={sweepNoise === 'cryptographic'} />
          <p className="text-sm text-secondary">
            The plain runs are written into the ledger too, as runs without noise: no ε covers them.
          </p>
          <Button small look="quiet" onClick={resetAll}>
            Settings back to defaults
          </Button>
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
            title="Test accuracy against ε"
            summary={
              points.length === 0
                ? 'Only published points so far.'
                : spreads(points)
                    .map(
                      ({ epsilon, spread }) =>
                        `${epsilon === null ? 'Plain' : `ε ${epsilon}`}: ${percent(spread.mean)} in ${spread.runs} runs.`,
                    )
                    .join(' ')
            }
            caption={`Softmax regression on oriented gradients, lots of ${SWEEP_LOT.toLocaleString('en')}, clip ${SWEEP_CLIP}, δ = 1e-5. Line: mean; band: worst to best. Diamonds are published results of other models, at the ε they printed: Abadi et al. 2016 (0.5, 2 and 8), Papernot et al. 2021 (2.93), Tramèr and Boneh 2021 (3).`}
            series={series}
            x={{ label: 'ε (nats)', scale: 'log', min: ENDS[0], max: ENDS[1] }}
            y={{ label: 'test accuracy', format: percent, max: 1 }}
            height={320}
            showLatest={false}
          />
        </>
      }
    >
      {points.length === 0 ? null : <Spreads points={points} />}
      {refusal === null ? null : (
        <RefusalDialog refusal={refusal} onRaised={handle.run} onClose={() => setDismissed(result)} />
      )}
    </Cell>
  );
}
