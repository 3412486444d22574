/**
 * Where notebooks are kept. Each has a revision that grows with every change: whoever saves says on which revision it builds, and is
 * refused if another tab was there first, so that no tab's work is overwritten unseen.
 */
import type { NotebookDocument } from './document';
import type { RunRow } from './run-table';
import type { ShownByPlace } from './shown';

export interface Kept {
  document: NotebookDocument;
  /** Counts from 1. */
  revision: number;
  /** ISO 8601. */
  savedAt: string;
}

export interface Listed {
  id: string;
  title: string;
  from: string | undefined;
  cells: number;
  savedAt: string;
}

export type Saved = { ok: true; revision: number; savedAt: string } | { ok: false; kept: Kept };

export interface Shelf {
  /** Null: kept for good. Else why it lasts no longer than this page, in words. */
  readonly fleeting: string | null;
  /** The one changed last first. */
  list(): Promise<Listed[]>;
  load(id: string): Promise<Kept | null>;
  /**
   * @param basis the revision that `document` was made from; null for one that is new here
   * @throws where there is no room, or the browser took the storage away
   */
  save(document: NotebookDocument, basis: number | null): Promise<Saved>;
  /** @returns what was removed, so that it can be put back */
  remove(id: string): Promise<Kept | null>;
  runs(id: string): Promise<RunRow[]>;
  saveRuns(id: string, rows: readonly RunRow[]): Promise<void>;
  /**
   * Reads, changes and writes as one, whatever other tabs do.
   * @param change is given what is kept, null where nothing ever was @returns what is kept now
   */
  changeRuns(
    id: string,
    change: (rows: readonly RunRow[] | null) => readonly RunRow[],
  ): Promise<readonly RunRow[]>;
  /** What the cells of a notebook showed of their last runs; nothing of one that kept nothing. */
  shown(id: string): Promise<ShownByPlace>;
  /** Reads, changes and writes as one, like `changeRuns`. */
  changeShown(id: string, change: (shown: ShownByPlace | null) => ShownByPlace): Promise<ShownByPlace>;
  /** Calls back when another tab has changed a notebook; a revision of null says that it was deleted. */
  listen(heard: (id: string, revision: number | null) => void): () => void;
}

/**
 * What a save comes to. One that was deleted meanwhile is written again: whoever still works on it has not let go of it.
 * @param stored what is there now
 */
export function decide(
  stored: Kept | undefined,
  document: NotebookDocument,
  basis: number | null,
  now: Date,
): { outcome: Saved; write: Kept | null } {
  if (stored && stored.revision !== basis) return { outcome: { ok: false, kept: stored }, write: null };
  const revision = (stored?.revision ?? basis ?? 0) + 1;
  const savedAt = now.toISOString();
  return { outcome: { ok: true, revision, savedAt }, write: { document, revision, savedAt } };
}

export function listed({ document, savedAt }: Kept): Listed {
  return {
    id: document.id,
    title: document.title,
    from: document.from,
    cells: document.cells.length,
    savedAt,
  };
}

export const newestFirst = (a: Listed, b: Listed): number => (a.savedAt < b.savedAt ? 1 : -1);

/** For as long as the page lives: where a browser keeps nothing, and in tests. */
export class MemoryShelf implements Shelf {
  readonly #kept = new Map<string, Kept>();
  readonly #runs = new Map<string, readonly RunRow[]>();
  readonly #shown = new Map<string, ShownByPlace>();

  constructor(readonly fleeting: string | null) {}

  list = async () => [...this.#kept.values()].map(listed).sort(newestFirst);
  load = async (id: string) => this.#kept.get(id) ?? null;
  async save(document: NotebookDocument, basis: number | null) {
    const { outcome, write } = decide(this.#kept.get(document.id), document, basis, new Date());
    if (write) this.#kept.set(document.id, write);
    return outcome;
  }
  async remove(id: string) {
    const kept = this.#kept.get(id) ?? null;
    this.#kept.delete(id);
    return kept;
  }
  runs = async (id: string) => [...(this.#runs.get(id) ?? [])];
  async saveRuns(id: string, rows: readonly RunRow[]) {
    this.#runs.set(id, rows);
  }
  async changeRuns(id: string, change: (rows: readonly RunRow[] | null) => readonly RunRow[]) {
    const rows = change(this.#runs.get(id) ?? null);
    this.#runs.set(id, rows);
    return rows;
  }
  shown = async (id: string) => this.#shown.get(id) ?? {};
  async changeShown(id: string, change: (shown: ShownByPlace | null) => ShownByPlace) {
    const shown = change(this.#shown.get(id) ?? null);
    this.#shown.set(id, shown);
    return shown;
  }
  listen = () => () => {};
}
