import { CODING, type SeriesRole } from './series';

export interface TooltipLine {
  label: string;
  role: SeriesRole;
  value: string;
}

/** What is said beside the pointer. */
export function PlotTooltip({ heading, lines }: { heading: string; lines: readonly TooltipLine[] }) {
  return (
    <div className="rounded-control border border-line bg-raised px-3 py-2 text-sm shadow-(--shadow)">
      <p className="mb-1 font-medium tabular-nums">{heading}</p>
      <ul className="grid gap-0.5">
        {lines.map(({ label, role, value }) => (
          <li key={`${role} ${label}`} className="flex items-center gap-2">
            <svg width="16" height="4" aria-hidden="true" className="shrink-0">
              <line
                x2="16"
                y1="2"
                y2="2"
                stroke={CODING[role].colour}
                strokeWidth="2"
                strokeDasharray={CODING[role].dash}
              />
            </svg>
            <span className="text-secondary">{label}</span>
            <span className="ml-auto pl-3 font-medium tabular-nums">{value}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
