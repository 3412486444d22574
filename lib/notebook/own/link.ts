/** A whole notebook in a link, deflated: `#nb=1.…`. Whoever opens it gets a copy; its code waits to be read. */
import { packText, unpackText } from '../pack';
import { asStranger, copyOf, type NotebookDocument } from './document';
import { NotebookFileError } from './errors';
import { checkDocument } from './json-file';

/** Longer ones do not open in every browser. */
const LONGEST_LINK = 64_000;

/** @returns the hash `#key=1.…`, or null if it is too long for a link */
export function packedHash(key: string, value: unknown): string | null {
  const hash = `#${key}=${packText(JSON.stringify(value))}`;
  return hash.length > LONGEST_LINK ? null : hash;
}

/**
 * @param packed what stands after `#key=`
 * @param what was expected, for the refusal; and what to do about it
 * @throws NotebookFileError
 */
export function packedDocument(packed: string, what: string, remedy: string): NotebookDocument {
  let value: unknown;
  try {
    value = JSON.parse(unpackText(packed) ?? '');
  } catch {
    throw new NotebookFileError(
      'notebook-unreadable',
      `This link holds no ${what}, or was cut short.`,
      remedy,
    );
  }
  return checkDocument(value);
}

/** @returns the hash, or null if the notebook is too long for a link */
export const writeNotebookLink = ({ title, from, cells }: NotebookDocument): string | null =>
  packedHash('nb', { id: 'shared', title, ...(from === undefined ? {} : { from }), cells });

/**
 * @param packed what stands after `#nb=`
 * @throws NotebookFileError
 */
export function readNotebookLink(packed: string): NotebookDocument {
  const document = packedDocument(
    packed,
    'notebook',
    'Ask for the link again, or for the notebook as a file.',
  );
  return asStranger(copyOf(document, document.title));
}
