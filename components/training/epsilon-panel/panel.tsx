'use client';

/**
 * ε on the training: one slider; the accuracy of a private against a plain model; a hundred test digits that turn right or wrong; and
 * what was spent. Recorded runs follow the slider; let go, and a real one is trained and charged. Complete in itself, so that any page
 * may show it: it wants a `NotebookProvider` around it, and nothing else.
 */
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { Refused } from '@/components/ledger/refused';
import { WhatIf } from '@/components/ledger/what-if';
import { CellProgress } from '@/components/notebook/cell-progress';
import { FailurePanel } from '@/components/notebook/failure-panel';
import { useNotebook } from '@/components/notebook/notebook-provider';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { ProvenanceLine } from '@/components/notebook/provenance-line';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { usePrepared } from '@/components/notebook/use-prepared';
import { Button } from '@/components/ui/button';
import type { Refusal } from '@/lib/ledger';
import { epsilonOf } from '@/lib/runs/accountant';
import { MNIST_ACCOUNT } from '@/lib/runs/accounts/mnist';
import { poissonPhases } from '@/lib/runs/phases';
import { StopPrice } from '../private-run';
import { SelfStartLine } from '../self-start/self-start-line';
import { useSelfStart } from '../self-start/use-self-start';
import { useAccounted } from '../use-accounted';
import { EpsilonFigure, EpsilonReading } from './figure';
import { panelParameters } from './parameters';
import { secondsPerUnit } from './ready';
import { filmOf, type RecordedCurves, recordedPair } from './recorded';
import recordedCurves from './recorded.json';
import { ResultSaid } from './result-said';
import { DIGIT_EXPERIMENT, DIGIT_PREPARATION, digitKind, digitWork, FIXED, releaseWith } from './run';
import { type DigitUpdate, type OwnRun, untilPoint, whatIsShown } from './shown';
import { useFilm } from './use-film';

const RECORDED = recordedCurves as RecordedCurves;

export interface EpsilonPanelProps {
  /** Of the cell that it is: unique on its page, a key of the provider's titles, the `id` of its element. */
  cellId: string;
  /** Plays the recorded run once, as a film, when it comes; a still where readers want less motion. Any touch ends it. */
  plays?: boolean;
  /** Hears of ε as it is moved, for a door into the lesson that takes it along. */
  onEpsilon?: (epsilon: number) => void;
  /** Of the curves, in pixels. */
  height?: number;
}

type Params = typeof FIXED & { noiseMultiplier: number; noiseSource: 'cryptographic'; seed: number };

interface Result {
  refusal: Refusal | null;
  continuedFrom: number | null;
}

/** Of the weights' start, which is no secret. */
const SEED = 1;
const paramsOf = (noiseMultiplier: number): Params => ({
  ...FIXED,
  noiseMultiplier,
  noiseSource: 'cryptographic',
  seed: SEED,
});
const PREPARATION = { people: FIXED.people, features: FIXED.features };
const KIND = digitKind(FIXED);

export default function EpsilonPanel({ cellId, plays = false, onEpsilon, height = 200 }: EpsilonPanelProps) {
  const { elementId, titleOf } = useNotebook();
  const place = elementId(cellId);
  const { values, panel, set } = useParameters(panelParameters);
  const { epsilon, noiseMultiplier } = values;
  const params = useMemo(() => paramsOf(noiseMultiplier), [noiseMultiplier]);
  const handle = useExperiment<Params, DigitUpdate, Result>({
    cellId,
    experimentId: DIGIT_EXPERIMENT,
    params,
  });
  const { state, stale, updates, ranWith, provenance, failure } = handle;
  const busy = state === 'preparing' || state === 'running';

  const zone = useRef<HTMLDivElement>(null);
  // Of the one run that was filmed.
  const film = useFilm(plays && epsilon === RECORDED.film.epsilon, RECORDED.film, zone);
  const start = useSelfStart<Params, DigitUpdate, Result>({
    handle,
    zone,
    kind: KIND,
    params,
    workOf: digitWork,
    whole: ({ refusal, continuedFrom }) => refusal === null && continuedFrom === null,
  });
  usePrepared(cellId, DIGIT_PREPARATION, PREPARATION, (found) => start.prepared(secondsPerUnit(found)));

  const heard = useRef(onEpsilon);
  useEffect(() => {
    heard.current = onEpsilon;
  });
  useEffect(() => heard.current?.(epsilon), [epsilon]);

  const whole = useAccounted(
    useCallback(() => ranWith && epsilonOf(releaseWith(ranWith.noiseMultiplier), FIXED.delta), [ranWith]),
  );
  const own = useMemo<OwnRun | null>(
    () =>
      updates.length === 0 || whole === null
        ? null
        : { updates, epsilon: whole, total: FIXED.steps, seeded: false, stale, busy },
    [updates, whole, stale, busy],
  );
  const recorded = useMemo(() => recordedPair(RECORDED, epsilon), [epsilon]);
  const frames = useMemo(() => filmOf(RECORDED), []);
  const settled = whatIsShown(recorded, own, true);
  const shown =
    film.point !== null && settled.origin === 'recorded' ? untilPoint(settled, film.point, frames) : settled;
  const phases = useMemo(() => poissonPhases(releaseWith(noiseMultiplier)), [noiseMultiplier]);

  return (
    <section
      id={place}
      data-cell={place}
      data-state={state}
      data-stale={stale}
      aria-labelledby={`${place}-title`}
      className="@container grid min-w-0 gap-3"
    >
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id={`${place}-title`} className="text-lg font-semibold leading-tight">
          {titleOf(cellId)}
        </h2>
        {busy ? (
          <Button small look="danger" onClick={handle.stop} aria-keyshortcuts="Escape">
            Stop
          </Button>
        ) : (
          <Button small look="primary" onClick={handle.run} data-command="run">
            Run
          </Button>
        )}
      </div>
      <div ref={zone}>
        <ParameterPanel {...panel} only={['epsilon']} />
      </div>
      {busy ? <CellProgress {...handle} /> : <SelfStartLine {...start} />}
      {failure ? (
        <FailurePanel failure={failure} run={handle.run} restartOnNextBackend={handle.restartOnNextBackend} />
      ) : null}
      {own ? <StopPrice state={state} noise="cryptographic" epsilon={own.epsilon} /> : null}
      <EpsilonFigure shown={shown} epsilon={epsilon} height={height} />
      <EpsilonReading shown={shown} />
      <WhatIf account={MNIST_ACCOUNT} phases={phases} small />
      {provenance ? <ProvenanceLine provenance={provenance} /> : null}
      <ResultSaid own={state === 'done' ? own : null} />
      <Refused handle={handle} onMoreNoise={(factor) => set('noiseMultiplier', noiseMultiplier * factor)} />
    </section>
  );
}
