/** A hundred figures, so many of them filled: a share as something to look at. The words beside it say the same. */

interface IconArrayProps {
  /** 0 … 1; what does not fill a whole figure fills a part of one. */
  share: number;
  /** What the whole picture says, for those who do not see it. */
  label: string;
  title: string;
}

const SIDE = 10;
/** Of a figure, in units of the picture. */
const SIZE = 8;

export function IconArray({ share, label, title }: IconArrayProps) {
  const filled = SIDE * SIDE * share;
  return (
    <figure className="grid gap-1">
      <svg
        viewBox={`0 0 ${SIDE * 10} ${SIDE * 10}`}
        role="img"
        aria-label={label}
        className="w-full max-w-40"
        data-icon-array={Math.round(1000 * share) / 10}
      >
        {Array.from({ length: SIDE * SIDE }, (_, i) => {
          const part = Math.min(1, Math.max(0, filled - i));
          const x = 10 * (i % SIDE) + 1;
          const y = 10 * Math.floor(i / SIDE) + 1;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is the figure
            <g key={i}>
              <rect {...{ x, y }} width={SIZE} height={SIZE} rx="2" fill="none" stroke="var(--line-strong)" />
              {part > 0 ? (
                <rect {...{ x, y }} width={SIZE * part} height={SIZE} rx="2" fill="var(--attacker)" />
              ) : null}
            </g>
          );
        })}
      </svg>
      <figcaption className="text-sm text-secondary">{title}</figcaption>
    </figure>
  );
}
