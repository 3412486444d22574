/**
 * An assignment: a notebook that somebody else opens and works in, with settings that stay as they are. It travels in a link,
 * `#as=1.…`, and has the same name wherever it is opened, so that work on it can be gone on with and matched to it.
 */
import { checksumOf } from './canonical';
import { asStranger, type NotebookDocument } from './document';
import { packedDocument, packedHash } from './link';

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
export const writeAssignmentLink = (document: NotebookDocument): string | null =>
  packedHash('as', asked(document));

/**
 * @param packed what stands after `#as=`
 * @returns the assignment, named after what it asks. Its code waits to be read.
 * @throws NotebookFileError
 */
export function readAssignmentLink(packed: string): NotebookDocument {
  return asStranger(assignmentOf(packedDocument(packed, 'assignment', 'Ask for the link again.')));
}

/** The assignment that a notebook would be, for a comparison with work that came back. */
export const assignmentOf = (document: NotebookDocument): NotebookDocument => ({
  ...document,
  id: nameOf(document),
  answers: undefined,
});
