/** A frame of each lesson, recorded: what a cell of it really showed. Written by `npm run record-lesson-frames`. */
import { type Card, SITE_CARD } from '@/lib/notebook/site-address';
import frames from './lesson-frames.json' with { type: 'json' };

export interface LessonFrame {
  /** Id of the cell that is on it. */
  cell: string;
  date: string;
  /** Whether a card of it was kept as well. */
  card?: boolean;
}

/** Pixels of each file, light and dark. */
export const FRAME_SIZE = { width: 480, height: 270 };

export const LESSON_FRAMES: Readonly<Record<string, LessonFrame>> = frames;

/** Where a frame is, from the root of the site. */
export const framePath = (lesson: string, theme: 'light' | 'dark') => `/frames/${lesson}-${theme}.webp`;

/** Pixels of the picture that links to a lesson show elsewhere: the size that Open Graph's readers ask for. */
export const CARD_SIZE = { width: 1200, height: 630 };

/** Where that picture is, from the root of the site: the same figure, under the lesson's title. JPEG, for not all of them read WebP. */
export const cardPath = (lesson: string) => `/cards/${lesson}.jpg`;

/** What a link to a lesson, or to a cell of it, shows elsewhere; the site's own picture where none was recorded. @param cells of the lesson */
export function cardOf(lesson: string, cells: readonly { id: string; title: string }[]): Card {
  const frame = LESSON_FRAMES[lesson];
  const shown = frame?.card ? cells.find(({ id }) => id === frame.cell) : undefined;
  if (shown === undefined) return SITE_CARD;
  return { path: cardPath(lesson), ...CARD_SIZE, alt: `The cell “${shown.title}”, as it ran` };
}
