import { Mark } from './mark';
import { CODING, type SeriesRole } from './series';

export interface LegendEntry {
  label: string;
  role: SeriesRole;
  kind: 'line' | 'dots' | 'bar';
  faint?: boolean;
  /** Where the line is broken in another way than its role is. */
  dash?: string | undefined;
  /** The newest value, printed beside the name. */
  latest?: string | undefined;
}

const WIDTH = 28;

function Sample({ role, kind, faint = false, dash: own }: LegendEntry) {
  const { colour: color, dash: usual, marker, hatch } = CODING[role];
  const dash = own ?? usual;
  return (
    <svg width={WIDTH} height="14" viewBox={`0 0 ${WIDTH} 14`} aria-hidden="true" className="shrink-0">
      {kind === 'bar' ? (
        <g stroke={color} strokeWidth="1.5">
          <rect x="6" y="1" width="16" height="12" rx="1.5" fill={hatch === null ? color : 'none'} />
          {hatch === null ? null : (
            <path
              d={
                hatch === 45
                  ? 'M6 9l8-8M10 13L22 1M18 13l4-4'
                  : hatch === 135
                    ? 'M14 1l8 8M6 1l12 12M6 9l4 4'
                    : 'M6 4h16M6 7h16M6 10h16'
              }
              fill="none"
            />
          )}
        </g>
      ) : (
        <g opacity={faint ? 0.55 : 1}>
          {kind === 'line' ? (
            <line
              x1="0"
              x2={WIDTH}
              y1="7"
              y2="7"
              stroke={color}
              strokeWidth={faint ? 1.25 : 2}
              strokeDasharray={dash}
            />
          ) : null}
          <Mark marker={marker} x={WIDTH / 2} y={7} size={3.5} color={color} hollow={faint} />
        </g>
      )}
    </svg>
  );
}

export function Legend({ entries }: { entries: readonly LegendEntry[] }) {
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm" aria-label="Legend">
      {entries.map((entry) => (
        <li key={`${entry.role} ${entry.label}`} className="flex items-center gap-2">
          <Sample {...entry} />
          <span className={entry.faint ? 'text-secondary' : ''}>{entry.label}</span>
          {entry.latest === undefined ? null : (
            <span className="font-medium tabular-nums">{entry.latest}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
