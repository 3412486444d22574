'use client';

const COLUMNS = 25;
const CELL = 12;

/** Every client as a square: empty if it was not drawn, filled as far as its update reached, topped by a bar where it was clipped. */
export function ClientGrid({ lengths, clip }: { lengths: readonly (number | null)[]; clip: number }) {
  const drawn = lengths.filter((length) => length !== null);
  const clipped = drawn.filter((length) => length > clip).length;
  const rows = Math.ceil(lengths.length / COLUMNS);
  const summary =
    drawn.length === 0
      ? `${lengths.length} clients, none of them drawn.`
      : `${drawn.length} of ${lengths.length} clients were drawn; ${clipped} of their updates were longer than the clip.`;
  return (
    <figure className="grid gap-2" data-clients>
      <h3 className="font-semibold">Who took part in the last round</h3>
      <svg
        role="img"
        aria-label={summary}
        viewBox={`0 0 ${COLUMNS * CELL} ${rows * CELL}`}
        className="block w-full max-w-2xl"
      >
        {lengths.map((length, client) => {
          const x = (client % COLUMNS) * CELL + 1;
          const y = Math.floor(client / COLUMNS) * CELL + 1;
          const side = CELL - 2;
          const part = length === null ? 0 : Math.min(1, length / clip) * side;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a client is its place
            <g key={client}>
              <rect x={x} y={y} width={side} height={side} fill="none" stroke="var(--line)" />
              {length === null ? null : (
                <rect x={x} y={y + side - part} width={side} height={part} fill="var(--private)" />
              )}
              {length !== null && length > clip ? (
                <rect x={x} y={y} width={side} height={3} fill="var(--text)" />
              ) : null}
            </g>
          );
        })}
      </svg>
      <figcaption className="text-sm text-secondary">
        {summary} A square fills with the length of the client’s update and is full at the clip; a dark bar on
        top says that it was cut back to it. This picture looks at the clients without noise: ε does not cover
        it, and nobody would publish it.
      </figcaption>
    </figure>
  );
}
