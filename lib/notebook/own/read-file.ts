/** A notebook out of whatever file somebody chose: one that was exported, Jupyter's, or a saved run. */
import { copyOf } from './document';
import { readNotebookIpynb } from './ipynb-file';
import { readNotebook } from './json-file';
import { type FindCell, openRun, type ReadFile, saysRun } from './open-run';

/**
 * @param name of the file; its ending says which kind it is meant to be, its content decides
 * @returns a notebook under a name of its own: one that was exported here may still be in the list
 * @throws NotebookFileError, and RunRecordError for a saved run
 */
export function readNotebookFile(name: string, text: string, findCell: FindCell): ReadFile {
  if (saysRun(text)) return openRun(text, findCell);
  const title = name.replace(/\.(ipynb|json)$/i, '') || 'Imported notebook';
  const jupyter = /\.ipynb$/i.test(name) || /^\s*\{(?:(?!"format").){0,400}"(nbformat|cells)"/s.test(text);
  const { document, notes } = jupyter
    ? readNotebookIpynb(text, title)
    : { document: readNotebook(text), notes: [] };
  return { document: copyOf(document, document.title), notes, rows: [] };
}
