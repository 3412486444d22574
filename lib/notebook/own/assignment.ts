/**
 * An assignment: a notebook that somebody else opens and works in, with settings that stay as they are. It travels in a link,
 * `#as=1.…`, and has the same name wherever it is opened, so that work on it can be gone on with and matched to it.
 */
import { packText, unpackText } from '../pack';
import { checksumOf } from './canonical';
import { asStranger, type NotebookDocument } from './document';
import { NotebookFileError } from './errors';
import { checkDocument } from './json-file';
import { LONGEST_LINK } from './link';

/** What is asked, without what anybody has answered to it. */
function asked({ title, from, cells }: NotebookDocument) {
  return {
    id: 'assignment',
    title,
    ...(from === undefined ? {} : { from }),
    cells: cells.map((cell) => {
      if (cell.kind !== 'code') return cell;
      const { stranger: _, ...own } = cell;
      return own;
    }),
  };
}

/** The name of the notebook in which it is done: the same for the same assignment. */
const nameOf = (document: NotebookDocument) => `as-${checksumOf(asked(document)).slice(0, 24)}`;

/** @returns the hash, or null if it is too long for a link */
export function writeAssignmentLink(document: NotebookDocument): string | null {
  const hash = `#as=${packText(JSON.stringify(asked(document)))}`;
  return hash.length > LONGEST_LINK ? null : hash;
}

/**
 * @param packed what stands after `#as=`
 * @returns the assignment, named after what it asks. Its code waits to be read.
 * @throws NotebookFileError
 */
export function readAssignmentLink(packed: string): NotebookDocument {
  let value: unknown;
  try {
    value = JSON.parse(unpackText(packed) ?? '');
  } catch {
    throw new NotebookFileError(
      'notebook-unreadable',
      'This link holds no assignment, or was cut short.',
      'Ask for the link again.',
    );
  }
  const document = checkDocument(value);
  return asStranger({ ...document, id: nameOf(document), answers: undefined });
}

/** The assignment that a notebook would be, for a comparison with work that came back. */
export const assignmentOf = (document: NotebookDocument): NotebookDocument => ({
  ...document,
  id: nameOf(document),
  answers: undefined,
});
