'use client';

import { useRef } from 'react';
import { useWidth } from '@/components/charts/use-width';
import { noiseParameters } from './parameters';
import { FACES } from './recorded';
import type { Visit } from './visits';

const HEIGHT = 80;
const PLOT = { left: 22, right: 10, top: 10, bottom: 20 };
const { max } = noiseParameters.declarations.noise;
const MOST = FACES.length;
const TICKS = [0, 0.1, 0.2, 0.3, 0.4];

/** The visits in a sentence. */
const inWords = (visits: readonly Visit[]) =>
  visits.length === 0
    ? 'No position visited yet.'
    : `Faces found at the noise scales visited: ${visits.map(({ noise, found, live }) => `${noise}: ${found}${live ? '' : ' (recorded)'}`).join(', ')}.`;

/** A curve that the slider draws: each position that was visited leaves a dot. */
export function VisitsCurve({ visits, noise }: { visits: readonly Visit[]; noise: number }) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box) ?? 560;
  const across = (x: number) => PLOT.left + (x / max) * (width - PLOT.left - PLOT.right);
  const up = (y: number) => HEIGHT - PLOT.bottom - (y / MOST) * (HEIGHT - PLOT.top - PLOT.bottom);
  const line = visits.map(({ noise: x, found }) => `${across(x).toFixed(1)} ${up(found).toFixed(1)}`);
  return (
    <div
      ref={box}
      role="img"
      aria-label={inWords(visits)}
      data-visits={visits.length}
      style={{ height: HEIGHT }}
    >
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: named by the element around it */}
      <svg
        width="100%"
        height={HEIGHT}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        className="block font-sans"
        fontSize="11"
      >
        {[0, MOST / 2, MOST].map((tick) => (
          <g key={tick}>
            <line x1={PLOT.left} x2={width - PLOT.right} y1={up(tick)} y2={up(tick)} stroke="var(--line)" />
            <text x={PLOT.left - 6} y={up(tick) + 4} textAnchor="end" fill="var(--secondary)">
              {tick}
            </text>
          </g>
        ))}
        {TICKS.map((tick) => (
          <text key={tick} x={across(tick)} y={HEIGHT - 5} textAnchor="middle" fill="var(--secondary)">
            {tick}
          </text>
        ))}
        <line
          x1={across(noise)}
          x2={across(noise)}
          y1={PLOT.top - 6}
          y2={HEIGHT - PLOT.bottom}
          stroke="var(--line-strong)"
          strokeDasharray="3 3"
        />
        {line.length > 1 ? (
          <path
            d={`M${line.join('L')}`}
            fill="none"
            stroke="var(--private)"
            strokeWidth="1.5"
            opacity="0.45"
          />
        ) : null}
        {visits.map(({ noise: x, found, live }) => (
          <circle
            key={x}
            cx={across(x)}
            cy={up(found)}
            r={3.6}
            fill={live ? 'var(--private)' : 'var(--surface)'}
            stroke="var(--private)"
            strokeWidth="1.5"
          />
        ))}
      </svg>
    </div>
  );
}
