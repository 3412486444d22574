/**
 * A hundred test digits, and which of two models reads each wrongly: the private one at the left lower corner (a disc), the plain one at
 * the right (a square), as in every chart. One picture and four paths: it is redrawn at every position of a slider.
 */
import { basePath } from '@/lib/runtime/assets';
import { countRight, WALL_DIGITS, type WallMarks } from './wall';

const ACROSS = 10;
const SIDE = 28;
const ALL = ACROSS * SIDE;

const places = (right: readonly boolean[]) =>
  right.flatMap((is, i) => (is ? [] : [{ x: (i % ACROSS) * SIDE, y: Math.floor(i / ACROSS) * SIDE }]));

/** The left or the right half of each place. */
const halves = (at: ReturnType<typeof places>, left: boolean) =>
  at.map(({ x, y }) => `M${x + (left ? 0 : SIDE / 2)} ${y}h${SIDE / 2}v${SIDE}h${-SIDE / 2}z`).join('');
const discs = (at: ReturnType<typeof places>) =>
  at.map(({ x, y }) => `M${x + 2} ${y + 23}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z`).join('');
const squares = (at: ReturnType<typeof places>) =>
  at.map(({ x, y }) => `M${x + 20} ${y + 20}h6v6h-6z`).join('');

export function DigitWall({ marks, words }: { marks: WallMarks; words: string }) {
  const wrong = { private: places(marks.privateRight), plain: places(marks.plainRight) };
  const right = { private: countRight(marks.privateRight), plain: countRight(marks.plainRight) };
  return (
    <figure className="min-w-0" data-wall={words}>
      <div
        role="img"
        aria-label={`${WALL_DIGITS} test digits, ${words}: the private model reads ${right.private} rightly, the plain one ${right.plain}.`}
        className="relative aspect-square w-full overflow-hidden rounded-control border border-line"
      >
        {/* biome-ignore lint/performance/noImgElement: a static export has no image service, and the sheet is shown as it is */}
        <img
          src={`${basePath()}/digits/wall.png`}
          alt=""
          width={ALL}
          height={ALL}
          decoding="async"
          className="absolute inset-0 h-full w-full opacity-80 invert dark:invert-0"
        />
        <svg viewBox={`0 0 ${ALL} ${ALL}`} className="absolute inset-0 h-full w-full" aria-hidden="true">
          <path d={halves(wrong.private, true)} fill="var(--private)" fillOpacity="0.45" />
          <path d={halves(wrong.plain, false)} fill="var(--plain)" fillOpacity="0.45" />
          <path d={discs(wrong.private)} fill="var(--private)" stroke="var(--surface)" strokeWidth="1" />
          <path d={squares(wrong.plain)} fill="var(--plain)" stroke="var(--surface)" strokeWidth="1" />
        </svg>
      </div>
      <figcaption className="mt-1.5 grid gap-0.5 text-sm">
        <span className="flex flex-wrap justify-between gap-x-4 tabular-nums">
          <span>
            <span aria-hidden="true" className="text-private">
              ●{' '}
            </span>
            private reads <strong>{right.private}</strong> of {WALL_DIGITS}
          </span>
          <span>
            <span aria-hidden="true" className="text-plain">
              ■{' '}
            </span>
            plain reads <strong>{right.plain}</strong>
          </span>
        </span>
        <span className="text-secondary">Every hundredth test digit, {words}. Coloured: read wrongly.</span>
      </figcaption>
    </figure>
  );
}
