/** Exercises as cells: for notebooks of one's own, assignments and frames. They are named as in their addresses. */
import type { CellEntry } from '@/components/lessons/cells';
import type { Grade } from '@/lib/exercises/attempts';
import { EXERCISE_IDS } from '@/lib/exercises/names';
import { findings } from '@/lib/notebook/own/findings';
import { EXERCISE_FACTS } from './facts';

/** In the place of a lesson's name: in the addresses of frames, and of the exercises themselves. */
export const EXERCISES = 'exercises';

/** A finding: 1 where it is passed. */
export const SCORE = 'share of checks that hold';

const held = ({ checks }: Grade) => checks.filter(({ passed }) => passed).length;

export const EXERCISE_CELLS: readonly CellEntry[] = EXERCISE_IDS.map((id) => ({
  id,
  lesson: EXERCISES,
  title: `Exercise: ${EXERCISE_FACTS[id].title}`,
  summary: EXERCISE_FACTS[id].summary,
  load: async () => (await import('./exercise-cell')).exerciseCell(id),
  findings: findings<Grade>(
    [SCORE, (grade) => grade.score],
    ['checks that hold', held],
    ['checks', ({ checks }) => checks.length],
  ),
}));

/** Where the whole page of a cell is, from the root of the site. */
export const pageOf = ({ lesson, id }: Pick<CellEntry, 'lesson' | 'id'>): string =>
  lesson === EXERCISES ? `/exercises/${id}/` : `/lessons/${lesson}/`;
