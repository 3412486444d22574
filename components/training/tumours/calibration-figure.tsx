'use client';

import { useRef } from 'react';
import { Figure } from '@/components/charts/figure';
import { Mark } from '@/components/charts/mark';
import { CODING } from '@/components/charts/series';
import { useWidth } from '@/components/charts/use-width';
import { percent } from '@/components/ui/format';
import type { CalibrationBin } from '@/lib/training/binary-metrics';
import type { ClassifierFigures } from './experiments/classify';
import { Plane, type PlaneAxis } from './plane';

const HEIGHT = 240;
const SHARE: PlaneAxis = {
  place: (share) => share,
  ticks: [0, 0.25, 0.5, 0.75, 1],
  format: String,
};
/** Half the size of a mark that stands for one patient, and of one for everybody: the area follows the number. */
const SMALLEST = 1.6;
const LARGEST = 15;

interface Group {
  said: number;
  happened: number;
  count: number;
}
const groups = (bins: readonly CalibrationBin[]): Group[] =>
  bins.flatMap(({ said, happened, count }) =>
    said === null || happened === null ? [] : [{ said, happened, count }],
  );

/** What was said against what happened, with marks as large as the groups behind them. */
export function CalibrationFigure({ dp, plain }: { dp: ClassifierFigures; plain: ClassifierFigures }) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const models = [
    { role: 'plain', name: 'Plain', bins: groups(plain.calibration) },
    { role: 'private', name: 'Private', bins: groups(dp.calibration) },
  ] as const;
  const all = Math.max(...models.map(({ bins }) => bins.reduce((sum, { count }) => sum + count, 0)));
  return (
    <Figure
      title="Calibration: said against happened"
      summary={`Mean gap ${percent(dp.calibrationError)} private, ${percent(plain.calibrationError)} plain.`}
      caption="Tested patients in eight groups by the probability that the model gave: how many of each were malignant. A mark’s area is the number of patients in its group: small ones stand for a few, and say little."
      legend={[
        { label: 'Private', role: 'private', kind: 'line', latest: undefined },
        { label: 'Plain', role: 'plain', kind: 'line', latest: undefined },
        { label: 'Said is what happens', role: 'noise', kind: 'line', faint: true },
      ]}
      xTitle="probability said"
      yTitle="share malignant"
      table={() => ({
        columns: ['model', 'probability said', 'share malignant', 'patients'],
        rows: models.flatMap(({ name, bins }) =>
          bins.map(({ said, happened, count }) => [name, said, happened, count]),
        ),
      })}
    >
      <div ref={frame} style={{ minHeight: HEIGHT }}>
        {width === null ? null : (
          <Plane width={width} height={HEIGHT} x={SHARE} y={SHARE}>
            {(across, up) => (
              <>
                <line
                  x1={across(0)}
                  y1={up(0)}
                  x2={across(1)}
                  y2={up(1)}
                  stroke={CODING.noise.colour}
                  strokeDasharray={CODING.noise.dash}
                  opacity={0.55}
                />
                {models.map(({ role, bins }) => (
                  <g key={role} data-calibration={role}>
                    <polyline
                      points={bins.map(({ said, happened }) => `${across(said)},${up(happened)}`).join(' ')}
                      fill="none"
                      stroke={CODING[role].colour}
                      strokeWidth={1.5}
                      strokeDasharray={CODING[role].dash}
                      opacity={0.7}
                    />
                    {bins.map(({ said, happened, count }) => (
                      <g key={said} fillOpacity={0.55} data-patients={count}>
                        <Mark
                          marker={CODING[role].marker}
                          x={across(said)}
                          y={up(happened)}
                          size={Math.max(SMALLEST, LARGEST * Math.sqrt(count / all))}
                          color={CODING[role].colour}
                        />
                      </g>
                    ))}
                  </g>
                ))}
              </>
            )}
          </Plane>
        )}
      </div>
    </Figure>
  );
}
