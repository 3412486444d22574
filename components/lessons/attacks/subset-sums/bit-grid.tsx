'use client';

import { Figure } from '@/components/charts/figure';

interface BitGridProps {
  secret: ArrayLike<number>;
  guess: ArrayLike<number>;
}

const ACROSS = 20;
const SIDE = 20;

/** Everybody's bit as it was computed back; a wrong one is crossed out. */
export function BitGrid({ secret, guess }: BitGridProps) {
  const people = Array.from({ length: secret.length }, (_, i) => i);
  const wrong = people.filter((i) => secret[i] !== guess[i]).length;
  const height = Math.ceil(people.length / ACROSS) * SIDE;
  return (
    <Figure
      title="Everybody’s bit, as it was computed back"
      summary={`Of ${people.length} bits ${wrong} are wrong.`}
      caption="One square a person, filled where the bit was read as 1. A cross: read wrongly."
      legend={[]}
      xTitle="200 people"
      yTitle=""
      table={() => ({
        columns: ['person', 'secret bit', 'computed back'],
        rows: people.map((i) => [i + 1, secret[i]!, guess[i]!]),
      })}
    >
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: named by the figure around it */}
      <svg
        width={ACROSS * SIDE}
        height={height}
        viewBox={`0 0 ${ACROSS * SIDE} ${height}`}
        className="block h-auto max-w-full"
      >
        {people.map((i) => {
          const [x, y] = [(i % ACROSS) * SIDE + 2, Math.floor(i / ACROSS) * SIDE + 2];
          const size = SIDE - 4;
          return (
            <g key={i}>
              <rect
                x={x}
                y={y}
                width={size}
                height={size}
                fill={guess[i] === 1 ? 'var(--private)' : 'var(--surface)'}
                stroke="var(--private)"
              />
              {secret[i] === guess[i] ? null : (
                <path
                  d={`M${x - 1} ${y - 1}l${size + 2} ${size + 2}m0 ${-size - 2}l${-size - 2} ${size + 2}`}
                  stroke="var(--plain)"
                  strokeWidth="3"
                />
              )}
            </g>
          );
        })}
      </svg>
    </Figure>
  );
}
