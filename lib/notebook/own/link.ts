/** A whole notebook in a link, deflated: `#nb=1.…`. Whoever opens it gets a copy; its code waits to be read. */
import { packText, unpackText } from '../pack';
import { asStranger, copyOf, type NotebookDocument } from './document';
import { NotebookFileError } from './errors';
import { checkDocument } from './json-file';

/** Longer ones do not open in every browser. */
export const LONGEST_LINK = 64_000;

/** @returns the hash, or null if the notebook is too long for a link */
export function writeNotebookLink({ title, from, cells }: NotebookDocument): string | null {
  const text = JSON.stringify({ id: 'shared', title, ...(from === undefined ? {} : { from }), cells });
  const hash = `#nb=${packText(text)}`;
  return hash.length > LONGEST_LINK ? null : hash;
}

/**
 * @param packed what stands after `#nb=`
 * @throws NotebookFileError
 */
export function readNotebookLink(packed: string): NotebookDocument {
  let value: unknown;
  try {
    value = JSON.parse(unpackText(packed) ?? '');
  } catch {
    throw new NotebookFileError(
      'notebook-unreadable',
      'This link holds no notebook, or was cut short.',
      'Ask for the link again, or for the notebook as a file.',
    );
  }
  const document = checkDocument(value);
  return asStranger(copyOf(document, document.title));
}
