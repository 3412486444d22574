/** A notebook out of whatever file somebody chose. */
import { type ReadNotebook, readNotebookIpynb } from './ipynb-file';
import { readNotebook } from './json-file';

/**
 * @param name of the file; its ending says which kind it is meant to be, its content decides
 * @throws NotebookFileError
 */
export function readNotebookFile(name: string, text: string): ReadNotebook {
  const title = name.replace(/\.(ipynb|json)$/i, '') || 'Imported notebook';
  const jupyter = /\.ipynb$/i.test(name) || /^\s*\{(?:(?!"format").){0,400}"(nbformat|cells)"/s.test(text);
  return jupyter ? readNotebookIpynb(text, title) : { document: readNotebook(text), notes: [] };
}
