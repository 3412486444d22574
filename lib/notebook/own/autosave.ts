/** Saves a notebook a moment after each change, one save at a time, and never over the work of another tab. */
import { LIMITS, type NotebookDocument, newId } from './document';
import { dropDraft, keepDraft } from './draft';
import type { Shelf } from './shelf';

export type SaveState =
  | { kind: 'saved'; at: string | null }
  | { kind: 'waiting' }
  /** Nothing is lost as long as the page is open; the next change tries again. */
  | { kind: 'failed'; why: string };

export interface AutosaveEvents {
  state(state: SaveState): void;
  /** Another tab has saved another version. This one goes on as a notebook of its own. */
  parted(copy: NotebookDocument): void;
}

/** Long enough that typing is not saved letter by letter. */
export const SAVE_AFTER_MS = 400;

export class Autosave {
  #waiting: NotebookDocument | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last: Promise<void> = Promise.resolve();

  /**
   * @param id of the notebook; a document that is given under another is saved under this one
   * @param basis the revision that is on the shelf, null if none is
   */
  constructor(
    private readonly shelf: Shelf,
    private id: string,
    private basis: number | null,
    private readonly events: AutosaveEvents,
  ) {}

  get revision(): number | null {
    return this.basis;
  }

  /** Nothing of this tab waits to be saved. */
  get idle(): boolean {
    return this.#waiting === null;
  }

  changed(document: NotebookDocument): void {
    this.#waiting = document;
    this.events.state({ kind: 'waiting' });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), SAVE_AFTER_MS);
  }

  /** What another tab saved was taken over: later changes build on it. */
  took(revision: number): void {
    this.basis = revision;
  }

  /** The page is left, and may be gone before the shelf has written. */
  leave(): void {
    if (this.#waiting !== null) keepDraft({ document: { ...this.#waiting, id: this.id }, basis: this.basis });
    void this.flush();
  }

  /** Saves at once what waits. Never rejects. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#last = this.#last.then(() => this.#save());
    return this.#last;
  }

  async #save(): Promise<void> {
    const document = this.#waiting;
    if (document === null) return;
    try {
      const outcome = await this.shelf.save({ ...document, id: this.id }, this.basis);
      if (outcome.ok) this.#done(document, outcome.revision, outcome.savedAt);
      else await this.#part(document);
    } catch (error) {
      this.events.state({ kind: 'failed', why: error instanceof Error ? error.message : String(error) });
    }
  }

  async #part(document: NotebookDocument): Promise<void> {
    const ending = ' (this tab’s version)';
    const title = `${document.title.slice(0, LIMITS.titleCharacters - ending.length)}${ending}`;
    const copy = { ...document, id: newId(), title };
    const outcome = await this.shelf.save(copy, null);
    if (!outcome.ok) return;
    this.id = copy.id;
    this.#done(document, outcome.revision, outcome.savedAt);
    this.events.parted(copy);
  }

  #done(document: NotebookDocument, revision: number, at: string): void {
    this.basis = revision;
    // What was changed meanwhile waits for its own turn.
    if (this.#waiting !== document) return;
    this.#waiting = null;
    dropDraft(this.id);
    this.events.state({ kind: 'saved', at });
  }
}
