/** Why a notebook cannot be read, in words that a person can act on. */

export type NotebookFileCode =
  | 'notebook-unreadable'
  | 'notebook-foreign'
  | 'notebook-newer'
  | 'notebook-damaged'
  | 'notebook-large';

export class NotebookFileError extends Error {
  override readonly name = 'NotebookFileError';
  constructor(
    readonly code: NotebookFileCode,
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}
