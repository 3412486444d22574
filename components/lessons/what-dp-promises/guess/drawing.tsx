import { Mark } from '@/components/charts/mark';
import { linearTicks } from '@/components/charts/numbers';
import { fixed } from '@/components/ui/format';
import { answerDensity } from '@/lib/privacy/two-worlds';

/** True count without the reader; with the reader it is one more. */
export const COUNT = 41;
/** Answers from here to there are on the axis. */
const RANGE = [COUNT - 10.5, COUNT + 11.5] as const;

export const HEIGHT = 372;
const CURVES = { top: 26, bottom: 176 };
const AXIS = 200;
const STRIPS = [
  { top: 226, bottom: 284 },
  { top: 308, bottom: 366 },
] as const;
const SIDE = 12;
/** A third of a person each. */
const BINS = 66;

export const WORLDS = [
  {
    id: 'with',
    label: 'with you',
    count: COUNT + 1,
    colour: 'var(--private)',
    dash: undefined,
    marker: 'circle',
  },
  {
    id: 'without',
    label: 'without you',
    count: COUNT,
    colour: 'var(--plain)',
    dash: '6 4',
    marker: 'square',
  },
] as const;

/** Pixels of the noise's scale from which on the word fits under both curves. */
const ROOM_FOR_WORD = 26;

export interface DrawingProps {
  width: number;
  epsilon: number;
  /** Drawn so far, world by world. */
  answers: { readonly with: readonly number[]; readonly without: readonly number[] };
  /** An answer that somebody published: how likely it is in either world is told once the reader has guessed. */
  published: { answer: number; guessed: boolean } | null;
}

const inRange = (x: number) => x >= RANGE[0] && x <= RANGE[1];

/** Two densities that overlap, and under them the answers drawn so far in either world. */
export function Drawing({ width, epsilon, answers, published }: DrawingProps) {
  const answer = published?.answer ?? null;
  const across = (x: number) => SIDE + ((x - RANGE[0]) / (RANGE[1] - RANGE[0])) * (width - 2 * SIDE);
  // Both curves to one scale, so that their ratio at a place can be seen.
  const peak = epsilon / 2;
  const up = (density: number) => CURVES.bottom - (density / peak) * (CURVES.bottom - CURVES.top);
  const xs = Array.from({ length: 241 }, (_, i) => RANGE[0] + (i / 240) * (RANGE[1] - RANGE[0]));
  const grid = [...xs, COUNT, COUNT + 0.5, COUNT + 1].sort((a, b) => a - b);
  const at = (x: number, y: number) => `${across(x).toFixed(1)} ${y.toFixed(1)}`;
  const curve = (count: number) =>
    `M${grid.map((x) => at(x, up(answerDensity(x, count, epsilon)))).join('L')}`;
  const shared = grid
    .map((x) => at(x, up(Math.min(answerDensity(x, COUNT, epsilon), answerDensity(x, COUNT + 1, epsilon)))))
    .join('L');
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by the element around it
    <svg
      width="100%"
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      className="block font-sans"
      fontSize="12"
    >
      <path
        d={`M${at(RANGE[0], CURVES.bottom)}L${shared}L${at(RANGE[1], CURVES.bottom)}Z`}
        fill="var(--line)"
        opacity="0.55"
      />
      <text
        x={across(COUNT + 0.5)}
        y={CURVES.bottom - 10}
        textAnchor="middle"
        fill="var(--secondary)"
        opacity={ROOM_FOR_WORD * epsilon <= across(1) - across(0) ? 1 : 0}
      >
        overlap
      </text>
      {WORLDS.map(({ id, count, colour, dash }) => (
        <path
          key={id}
          d={curve(count)}
          fill="none"
          stroke={colour}
          strokeWidth="2.25"
          strokeDasharray={dash}
          strokeLinejoin="round"
        />
      ))}
      <line x1={SIDE} x2={width - SIDE} y1={CURVES.bottom} y2={CURVES.bottom} stroke="var(--line-strong)" />
      {linearTicks(RANGE[0], RANGE[1], width < 420 ? 4 : 7).map((tick) => (
        <g key={tick}>
          <line
            x1={across(tick)}
            x2={across(tick)}
            y1={CURVES.bottom}
            y2={CURVES.bottom + 5}
            stroke="var(--line-strong)"
          />
          <text x={across(tick)} y={AXIS - 6} textAnchor="middle" fill="var(--secondary)">
            {tick}
          </text>
        </g>
      ))}
      {answer !== null && inRange(answer) ? (
        <g>
          <line
            x1={across(answer)}
            x2={across(answer)}
            y1={CURVES.top - 8}
            y2={STRIPS[1].bottom}
            stroke="var(--text)"
            strokeWidth="1.5"
            strokeDasharray="3 3"
          />
          {published?.guessed
            ? WORLDS.map(({ id, count, colour, marker }) => (
                <Mark
                  key={id}
                  marker={marker}
                  x={across(answer)}
                  y={up(answerDensity(answer, count, epsilon))}
                  color={colour}
                />
              ))
            : null}
          <text
            x={across(answer) + (answer > COUNT + 6 ? -6 : 6)}
            y={CURVES.top - 12}
            textAnchor={answer > COUNT + 6 ? 'end' : 'start'}
            fontWeight="600"
            fill="var(--text)"
          >
            published: {fixed(answer, 1)}
          </text>
        </g>
      ) : null}
      {WORLDS.map((world, i) => (
        <Strip
          key={world.id}
          world={world}
          place={STRIPS[i]!}
          answers={answers[world.id]}
          width={width}
          across={across}
        />
      ))}
    </svg>
  );
}

function Strip({
  world,
  place,
  answers,
  width,
  across,
}: {
  world: (typeof WORLDS)[number];
  place: { top: number; bottom: number };
  answers: readonly number[];
  width: number;
  across(x: number): number;
}) {
  const { label, count, colour, marker } = world;
  const dot = Math.min(3.4, ((width - 2 * SIDE) / BINS) * 0.42);
  const shown = answers.filter(inRange);
  const binOf = (x: number) => Math.floor(((x - RANGE[0]) / (RANGE[1] - RANGE[0])) * BINS);
  const heights = new Map<number, number>();
  const stacked = shown.map((x) => {
    const bin = binOf(x);
    const height = heights.get(bin) ?? 0;
    heights.set(bin, height + 1);
    return { x: RANGE[0] + ((bin + 0.5) / BINS) * (RANGE[1] - RANGE[0]), height };
  });
  // The tallest stack must fit; dots then overlap rather than leave the picture.
  const step = Math.min(
    2 * dot + 0.8,
    (place.bottom - place.top - 2 * dot) / Math.max(1, Math.max(0, ...heights.values()) - 1),
  );
  const outside = answers.length - shown.length;
  return (
    <g>
      <text x={SIDE} y={place.top - 6} fill="var(--text)" fontWeight="600">
        {label}
        <tspan fill="var(--secondary)" fontWeight="400">
          {` · the true count is ${count}`}
          {outside > 0 ? ` · ${outside} ${outside === 1 ? 'answer lies' : 'answers lie'} further out` : ''}
        </tspan>
      </text>
      <line x1={SIDE} x2={width - SIDE} y1={place.bottom} y2={place.bottom} stroke="var(--line)" />
      {stacked.map(({ x, height }, i) => (
        <Mark
          // A dot is its draw: the same one at every ε.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={i}
          marker={marker}
          x={across(x)}
          y={place.bottom - dot - 1 - height * step}
          size={dot}
          color={colour}
        />
      ))}
    </g>
  );
}
