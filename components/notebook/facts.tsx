/** The three or so numbers that a run comes down to, side by side. */
export function Facts({ facts }: { facts: readonly { name: string; value: string; note: string }[] }) {
  return (
    <dl className="grid grid-cols-3 gap-2 @lg:gap-3">
      {facts.map(({ name, value, note }) => (
        <div key={name} className="rounded-control border border-line px-2.5 py-2 @lg:px-3">
          <dt className="text-sm leading-snug text-secondary">{name}</dt>
          <dd className="text-lg @lg:text-2xl font-semibold tabular-nums" data-figure={name}>
            {value}
          </dd>
          <dd className="text-sm leading-snug text-secondary">{note}</dd>
        </div>
      ))}
    </dl>
  );
}
