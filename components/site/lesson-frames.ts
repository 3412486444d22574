/** A frame of each lesson, recorded: what a cell of it really showed. Written by `npm run record-lesson-frames`. */
import frames from './lesson-frames.json' with { type: 'json' };

export interface LessonFrame {
  /** Id of the cell that is on it. */
  cell: string;
  date: string;
}

/** Pixels of each file, light and dark. */
export const FRAME_SIZE = { width: 480, height: 270 };

export const LESSON_FRAMES: Readonly<Record<string, LessonFrame>> = frames;

/** Where a frame is, from the root of the site. */
export const framePath = (lesson: string, theme: 'light' | 'dark') => `/frames/${lesson}-${theme}.webp`;
