/** What can stand in other people's pages: every cell, the code cell that ends a lesson, the exercises, and the two sliders of the home page. */
import { EXERCISE_CELLS } from '@/components/exercises/cells';
import { PLAYGROUND } from '@/components/home/playground-entry';
import { CELLS, LESSONS } from '@/components/lessons/cells';

export interface Embeddable {
  lesson: string;
  id: string;
  title: string;
  summary: string;
}

/** The id of a lesson's code cell. */
export const CODE_CELL = 'code';

export const EMBEDDABLE: readonly Embeddable[] = [
  ...LESSONS.flatMap(({ slug, title }) => [
    ...CELLS.filter(({ lesson }) => lesson === slug),
    {
      lesson: slug,
      id: CODE_CELL,
      title: `Code: ${title}`,
      summary: 'A program to read, change and run, with what this lesson computes at its side.',
    },
  ]),
  ...EXERCISE_CELLS,
  PLAYGROUND,
];

/** @throws Error where there is none: addresses are made from this very list */
export function findEmbeddable(lesson: string, id: string): Embeddable {
  const found = EMBEDDABLE.find((one) => one.lesson === lesson && one.id === id);
  if (!found) throw new Error(`There is no cell “${id}” of the lesson “${lesson}” to embed.`);
  return found;
}
