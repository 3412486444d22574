import type { ReactNode } from 'react';

export interface Reading {
  name: string;
  value: ReactNode;
  note: ReactNode;
}

/** Figures side by side, each with a name above and a remark below. Three in a row stand one above another on a phone. */
export function Readings({ readings, columns = 3 }: { readings: readonly Reading[]; columns?: 2 | 3 }) {
  return (
    <dl className={`grid gap-2 @lg:gap-3 ${columns === 2 ? 'grid-cols-2' : '@lg:grid-cols-3'}`}>
      {readings.map(({ name, value, note }) => (
        <div key={name} className="rounded-control border border-line px-3 py-2">
          <dt className="text-sm leading-snug text-secondary">{name}</dt>
          <dd className="text-lg font-semibold tabular-nums @lg:text-2xl" data-figure={name}>
            {value}
          </dd>
          <dd className="text-sm leading-snug text-secondary">{note}</dd>
        </div>
      ))}
    </dl>
  );
}
