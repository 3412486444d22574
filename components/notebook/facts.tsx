import type { ReactNode } from 'react';

/** How many stand side by side: on a phone, and where there is room. */
const COLUMNS = {
  2: 'grid-cols-2',
  3: 'grid-cols-3',
  '1 or 3': '@lg:grid-cols-3',
  '2 or 3': 'grid-cols-2 @lg:grid-cols-3',
  '2 or 4': 'grid-cols-2 @lg:grid-cols-4',
} as const;

export interface Fact {
  name: string;
  value: ReactNode;
  note?: ReactNode;
}

/** The few numbers that a run comes down to, each with its name above and a remark below. */
export function Facts({ facts, columns = 3 }: { facts: readonly Fact[]; columns?: keyof typeof COLUMNS }) {
  return (
    <dl className={`grid gap-2 @lg:gap-3 ${COLUMNS[columns]}`}>
      {facts.map(({ name, value, note }) => (
        <div
          key={name}
          className={`rounded-control border border-line px-2.5 py-2 @lg:px-3 ${note ? '' : 'grid content-between'}`}
        >
          <dt className="text-sm leading-snug text-secondary">{name}</dt>
          <dd className="text-lg font-semibold tabular-nums @lg:text-2xl" data-figure={name}>
            {value}
          </dd>
          {note ? <dd className="text-sm leading-snug text-secondary">{note}</dd> : null}
        </div>
      ))}
    </dl>
  );
}
