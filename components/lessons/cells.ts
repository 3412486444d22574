/** Every lesson and every cell of the site, in reading order: joined from the rooms. */
import { lesson as aBudgetAcrossRuns } from './a-budget-across-runs/lesson';
import { lesson as aPrivatelyTrainedDetector } from './a-privately-trained-detector/lesson';
import { lesson as attacks } from './attacks/lesson';
import { lesson as federatedLearning } from './federated-learning/lesson';
import { lesson as healthcare } from './healthcare/lesson';
import type { Lesson, LessonCell } from './lesson';
import { lesson as noiseOnPixels } from './noise-on-pixels/lesson';
import { lesson as telemetry } from './telemetry/lesson';
import { lesson as trainingWithDpSgd } from './training-with-dp-sgd/lesson';
import { lesson as whatDpPromises } from './what-dp-promises/lesson';
import { lesson as whichProtection } from './which-protection/lesson';

export const LESSONS: readonly Lesson[] = [
  whatDpPromises,
  noiseOnPixels,
  trainingWithDpSgd,
  aBudgetAcrossRuns,
  aPrivatelyTrainedDetector,
  attacks,
  healthcare,
  telemetry,
  federatedLearning,
  whichProtection,
];

/** @throws Error where there is none: addresses are made from this very list */
export function findLesson(slug: string): Lesson {
  const lesson = LESSONS.find((one) => one.slug === slug);
  if (!lesson) throw new Error(`There is no lesson “${slug}” in components/lessons.`);
  return lesson;
}

/** Without their cells: what may travel to a page as data. */
export const LESSON_FACTS = LESSONS.map(({ cells: _, ...facts }) => facts);

export interface CellEntry extends LessonCell {
  /** The lesson that explains it. */
  lesson: string;
}

export const CELLS: readonly CellEntry[] = LESSONS.flatMap(({ slug, cells }) =>
  cells.map((cell) => ({ ...cell, lesson: slug })),
);

/** For the frames of the cells, which do not know their rooms. */
export const CELL_TITLES: Readonly<Record<string, string>> = Object.fromEntries(
  CELLS.map(({ id, title }) => [id, title]),
);

export const findCell = (lesson: string, id: string): CellEntry | undefined =>
  CELLS.find((cell) => cell.lesson === lesson && cell.id === id);

export const findCellById = (id: string): CellEntry | undefined => CELLS.find((cell) => cell.id === id);
