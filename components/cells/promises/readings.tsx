import type { ReactNode } from 'react';

export interface Reading {
  name: string;
  value: ReactNode;
  note: ReactNode;
}

/** A row of figures with a name above and a remark below each. */
export function Readings({ readings }: { readings: readonly Reading[] }) {
  return (
    <dl className="grid gap-2 @lg:grid-cols-3 @lg:gap-3">
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

export const percent = (value: number, digits = 1) => `${(100 * value).toFixed(digits)} %`;
