/** Numbers of an attack, side by side. */
export interface Fact {
  name: string;
  value: string;
  note: string;
}

export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="grid grid-cols-2 gap-2 @lg:gap-3">
      {facts.map(({ name, value, note }) => (
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

/** What a cell shows before its first run. */
export function BeforeRun({ press = 'Run', children }: { press?: string; children: React.ReactNode }) {
  return (
    <p className="rounded-control border border-dashed border-line-strong px-6 py-12 text-center text-secondary">
      Press <strong className="text-text">{press}</strong>: {children}
    </p>
  );
}
