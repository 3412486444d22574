'use client';

import { type ReactNode, useEffect, useId, useState } from 'react';
import { FailurePanel } from '@/components/notebook/failure-panel';
import { useNotebook, useNotebookState } from '@/components/notebook/notebook-provider';
import { useParameters } from '@/components/notebook/use-parameters';
import { formatValue, linkKey } from '@/lib/notebook';
import { BACKEND_LABELS, type BackendName } from '@/lib/runtime/backend';
import { PLAYGROUND } from '../playground-entry';
import { facesFound } from './found';
import { HERO, noiseParameters } from './parameters';
import { Picture } from './picture';
import { FACES, frameAt, RECORDED } from './recorded';
import { useLiveLook } from './use-live-look';
import { useNoisyPicture } from './use-noisy-picture';
import { usePlay } from './use-play';
import { type Visit, withVisit } from './visits';
import { VisitsCurve } from './visits-curve';

const CELL = PLAYGROUND.id;
const { noise: PARAMETER } = noiseParameters.declarations;
const { made } = RECORDED;
/** Whole positions of the slider: a hundred of them are a noise scale of 1. */
const POSITIONS = Math.round(PARAMETER.max / PARAMETER.step);
const toPosition = (noise: number) => Math.round(noise / PARAMETER.step);
const toNoise = (position: number) => Number((position * PARAMETER.step).toFixed(2));

/** A picture, noise, and what a detector still finds: recorded until it is loaded, live from the first touch. */
export function NoiseHalf({ children }: { children?: ReactNode }) {
  const id = useId();
  const { hiddenKeys, frozen, elementId } = useNotebook();
  const ready = useNotebookState((state) => state.ready);
  const { values, set } = useParameters(noiseParameters);
  const [moved, setMoved] = useState(false);
  const [visits, setVisits] = useState<readonly Visit[]>([]);
  const { source, noisy } = useNoisyPicture();
  // A link that names a strength is a wish to see that one.
  const touched = moved || (ready && values.noise !== PARAMETER.default);
  const play = usePlay(noisy !== null && ready);
  const { handle, look } = useLiveLook(CELL, values.noise, source, touched);
  const { end } = play;
  useEffect(() => {
    if (touched) end();
  }, [touched, end]);

  const playing = !touched && play.noise !== null;
  const noise = playing ? (play.noise ?? 0) : values.noise;
  const live = !playing && look !== null;
  const detections = live ? look.detections : frameAt(noise).detections;
  const found = facesFound(detections);
  const visited = touched || play.phase !== 'still';

  useEffect(() => {
    if (visited) setVisits((now) => withVisit(now, { noise, found: found.count, live }));
  }, [visited, noise, found.count, live]);

  const position = toPosition(noise);
  const said = `${found.count} of ${FACES.length} faces found`;
  const backend = handle.backend?.name as BackendName | undefined;
  return (
    <section
      id={elementId(CELL)}
      aria-labelledby={`${id}-title`}
      data-cell={elementId(CELL)}
      data-state={handle.state}
      data-noise-half
      className="grid min-w-0 content-start gap-2 rounded-cell border border-line bg-surface p-3 shadow-(--shadow)"
    >
      <h2 id={`${id}-title`} className="sr-only">
        Noise on a picture
      </h2>
      <Picture noise={noise} noisy={noisy} detections={detections} found={found} live={live} />
      {hiddenKeys.has(linkKey('noise', PARAMETER)) ? null : (
        <div className="grid grid-cols-[auto_1fr_auto] items-center gap-x-3">
          <label htmlFor={`${id}-slider`} className="font-semibold">
            Noise scale
          </label>
          <input
            id={`${id}-slider`}
            type="range"
            className="slider slider-fat"
            style={{ '--fill': `${(100 * position) / POSITIONS}%` } as React.CSSProperties}
            min={0}
            max={POSITIONS}
            step={1}
            value={position}
            disabled={frozen}
            aria-valuetext={`${formatValue(PARAMETER, noise)}, ${said}`}
            onPointerDown={() => setMoved(true)}
            onChange={(event) => {
              setMoved(true);
              set('noise', toNoise(Number(event.target.value)));
            }}
          />
          <output htmlFor={`${id}-slider`} className="w-12 text-right text-xl font-semibold tabular-nums">
            {noise.toFixed(2)}
          </output>
        </div>
      )}
      {handle.failure ? <FailurePanel {...handle} failure={handle.failure} /> : null}
      <VisitsCurve visits={visits} noise={noise} />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        {children}
        <p className="text-xs text-secondary" data-made>
          {live
            ? `Live: ${look.detector}, ${backend ? BACKEND_LABELS[backend] : 'this browser'}, ${Math.round(look.detectMs)} ms; seed ${HERO.seed}.`
            : `Recorded: ${made.title}, ${made.date}; seed ${made.seed}.`}
        </p>
      </div>
      <p role="status" className="sr-only">
        {live && touched ? `Noise scale ${noise}: ${said}, live.` : ''}
      </p>
    </section>
  );
}
