/** A notebook out of whatever file somebody chose: one that was exported, Jupyter's, or a saved run. */
import { copyOf } from './document';
import { readNotebookIpynb } from './ipynb-file';
import { readNotebookJson } from './json-file';
import { type FindCell, openRun, type ReadFile, saysRun } from './open-run';
import { rowsInFile } from './run-rows-in-file';

/**
 * @param name of the file; its ending says which kind it is meant to be, its content decides
 * @returns a notebook under a name of its own: one that was exported here may still be in the list
 * @throws NotebookFileError, and RunRecordError for a saved run
 */
export function readNotebookFile(name: string, text: string, findCell: FindCell): ReadFile {
  if (saysRun(text)) return openRun(text, findCell);
  const title = name.replace(/\.(ipynb|json)$/i, '') || 'Imported notebook';
  const jupyter = /\.ipynb$/i.test(name) || /^\s*\{(?:(?!"format").){0,400}"(nbformat|cells)"/s.test(text);
  const {
    document,
    notes,
    runs: written,
  } = jupyter ? readNotebookIpynb(text, title) : { notes: [], ...readNotebookJson(text) };
  const copy = copyOf(document, document.title);
  const places = new Map(document.cells.map(({ id }, at) => [id, copy.cells[at]!.id]));
  const runs = rowsInFile(written, places, (cell) => findCell(cell)?.title);
  return { document: copy, notes: [...notes, ...runs.notes], rows: runs.rows };
}
