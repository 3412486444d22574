/** What a notebook can hold: every cell of every lesson, and the exercises. */
import { EXERCISE_CELLS } from '@/components/exercises/cells';
import { CELL_TITLES, type CellEntry, findCellById } from '@/components/lessons/cells';

export const findNotebookCell = (id: string): CellEntry | undefined =>
  findCellById(id) ?? EXERCISE_CELLS.find((cell) => cell.id === id);

export const NOTEBOOK_TITLES: Readonly<Record<string, string>> = {
  ...CELL_TITLES,
  ...Object.fromEntries(EXERCISE_CELLS.map(({ id, title }) => [id, title])),
};
