'use client';

import { memo, useMemo, useRef, useState } from 'react';
import { Figure } from '@/components/charts/figure';
import { Mark, markOutline } from '@/components/charts/mark';
import { useWidth } from '@/components/charts/use-width';
import { Button } from '@/components/ui/button';
import { percent, plural, wholePercent } from '@/components/ui/format';
import type { ClassifyResult, JudgedPatient } from './experiments/classify';
import { byError, errorsOf, isMisjudged } from './judged';
import { Plane, type PlaneAxis, planeScales } from './plane';

const HEIGHT = 300;
/** Beyond this, in log-odds, a model is sure: 0.25 % and 99.75 %. */
const SURE = 6;
const logOdds = (share: number) => Math.log(share / (1 - share));
const ODDS_AXIS: PlaneAxis = {
  place: (share) => (Math.min(SURE, Math.max(-SURE, logOdds(share))) + SURE) / (2 * SURE),
  ticks: [0.01, 0.1, 0.5, 0.9, 0.99],
  format: wholePercent,
};
const scalesOf = (width: number) => planeScales({ width, height: HEIGHT, x: ODDS_AXIS, y: ODDS_AXIS });
/** A finger is this wide, in pixels: the nearest dot within is meant. */
const REACH = 16;

/** In pixels: small enough for a crowd, and large enough to cover a small one. */
const SMALL = 2.6;
const LARGE = 4.6;
const markerOf = (patient: JudgedPatient) => (patient.malignant ? 'triangle' : 'circle');

/**
 * Every patient faintly, in one outline: five hundred elements of their own cost a slow phone a tenth of a second. Each has a part of it,
 * whoever is misjudged, so that old and new outlines fit and a browser can let the dots glide.
 */
const Crowd = memo(function Crowd({
  patients,
  width,
}: {
  patients: readonly JudgedPatient[];
  width: number;
}) {
  const { across, up } = scalesOf(width);
  const tenth = (pixels: number) => Math.round(pixels * 10) / 10;
  return (
    <path
      d={patients
        .map((patient) =>
          markOutline(markerOf(patient), tenth(across(patient.plain)), tenth(up(patient.private)), SMALL),
        )
        .join('')}
      fill="none"
      stroke="var(--secondary)"
      strokeWidth={1.5}
      opacity={0.45}
      className="motion-safe:transition-[d] motion-safe:duration-200"
      data-crowd
    />
  );
});

const said = ({ row, malignant, private: dp, plain }: JudgedPatient) =>
  `Patient ${row + 1}: ${malignant ? 'malignant' : 'benign'}. The private model says ${percent(dp)}, the plain one ${percent(plain)}.`;

/** Every tested patient as a dot: what the plain model says of them across, what the private one says upwards. */
export function PatientDots({ result, threshold }: { result: ClassifyResult; threshold: number }) {
  const { patients } = result;
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const [chosen, setChosen] = useState<number | null>(null);
  const errors = useMemo(
    () => ({
      private: errorsOf(patients, threshold, 'private'),
      plain: errorsOf(patients, threshold, 'plain'),
    }),
    [patients, threshold],
  );
  const wrong = useMemo(() => byError(patients, threshold), [patients, threshold]);
  const shown = patients.find(({ row }) => row === chosen) ?? null;
  const dp = errors.private;

  function step(by: number) {
    const at = wrong.findIndex(({ row }) => row === chosen);
    const next = at < 0 ? (by > 0 ? 0 : wrong.length - 1) : (at + by + wrong.length) % wrong.length;
    setChosen(wrong[next]?.row ?? null);
  }

  function point(x: number, y: number) {
    if (width === null) return;
    const { across, up } = scalesOf(width);
    let nearest: number | null = null;
    let least = REACH;
    for (const patient of patients) {
      const distance = Math.hypot(across(patient.plain) - x, up(patient.private) - y);
      if (distance > least) continue;
      least = distance;
      nearest = patient.row;
    }
    setChosen(nearest);
  }

  return (
    <section className="grid gap-2" data-patient-dots>
      <p className="text-sm">
        Of {plural(result.tested, 'patient')} the private models misjudge{' '}
        <strong data-figure="misjudged private">{dp.missed + dp.alarms}</strong>: {dp.missed} with cancer{' '}
        {dp.missed === 1 ? 'is' : 'are'} sent home, {dp.alarms} without it {dp.alarms === 1 ? 'is' : 'are'}{' '}
        alarmed. The plain models misjudge{' '}
        <strong data-figure="misjudged plain">{errors.plain.missed + errors.plain.alarms}</strong>:{' '}
        {errors.plain.missed} and {errors.plain.alarms}.
      </p>
      <Figure
        title="Every patient a dot"
        summary={`${result.tested} patients. Misjudged by the private models: ${dp.missed} malignant, ${dp.alarms} benign; by the plain ones ${errors.plain.missed} and ${errors.plain.alarms}.`}
        caption="Triangles are malignant, circles benign. To the right: the plain model says “malignant”; upwards: the private one does. The two lines are where each begins to call a tumour malignant. Large red marks are on the wrong side for the private model. Each patient is judged by a model that has not seen them."
        legend={[]}
        xTitle="probability of malignant, plain model (log-odds axis)"
        yTitle="probability of malignant, private model"
        table={() => ({
          columns: ['patient', 'diagnosis', 'private says', 'plain says', 'private wrong', 'plain wrong'],
          rows: patients.map((patient) => [
            patient.row + 1,
            patient.malignant ? 'malignant' : 'benign',
            patient.private,
            patient.plain,
            isMisjudged(patient, threshold, 'private') ? 'yes' : 'no',
            isMisjudged(patient, threshold, 'plain') ? 'yes' : 'no',
          ]),
        })}
      >
        <div ref={frame} style={{ minHeight: HEIGHT }}>
          {width === null ? null : (
            <Plane width={width} height={HEIGHT} x={ODDS_AXIS} y={ODDS_AXIS} onPointerDown={point}>
              {(across, up) => (
                <>
                  <line
                    x1={across(threshold)}
                    x2={across(threshold)}
                    y1={up(1)}
                    y2={up(0)}
                    stroke="var(--plain)"
                    strokeWidth={2}
                    strokeDasharray="6 4"
                  />
                  <line
                    x1={across(0)}
                    x2={across(1)}
                    y1={up(threshold)}
                    y2={up(threshold)}
                    stroke="var(--private)"
                    strokeWidth={2}
                  />
                  <Crowd patients={patients} width={width} />
                  {wrong.map((patient) => (
                    // Larger, dark and filled, so that they are seen without their colour too.
                    <Mark
                      key={patient.row}
                      marker={markerOf(patient)}
                      x={0}
                      y={0}
                      size={LARGE}
                      color="var(--danger)"
                      transform={`translate(${across(patient.plain).toFixed(1)} ${up(patient.private).toFixed(1)})`}
                      className="motion-safe:transition-transform motion-safe:duration-200"
                      data-misjudged
                    />
                  ))}
                  {shown === null ? null : (
                    <circle
                      cx={across(shown.plain)}
                      cy={up(shown.private)}
                      r={9}
                      fill="none"
                      stroke="var(--text)"
                      strokeWidth={2}
                    />
                  )}
                </>
              )}
            </Plane>
          )}
        </div>
      </Figure>
      <div className="no-print flex flex-wrap items-center gap-2 text-sm">
        <Button small look="quiet" disabled={wrong.length === 0} onClick={() => step(-1)}>
          Previous
        </Button>
        <Button small look="quiet" disabled={wrong.length === 0} onClick={() => step(1)}>
          Next misjudged patient
        </Button>
        <span role="status" className="tabular-nums" data-chosen>
          {shown === null ? 'Or point at a dot.' : said(shown)}
        </span>
      </div>
    </section>
  );
}
