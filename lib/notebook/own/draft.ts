/**
 * What a page had not saved when it was left. A database may be closed before it has written; this storage writes at once, and holds
 * it until the notebook is opened again.
 */
import { NAMES } from '@/lib/kept';
import { copyOf, documentSchema, LIMITS, type NotebookDocument } from './document';
import type { Shelf } from './shelf';

const KEY = NAMES.draft;

interface Draft {
  document: NotebookDocument;
  /** The revision that it builds on. */
  basis: number | null;
}

export function keepDraft(draft: Draft): void {
  try {
    localStorage.setItem(KEY + draft.document.id, JSON.stringify(draft));
  } catch {
    // Full or refused: the database may still be in time.
  }
}

export function dropDraft(id: string): void {
  try {
    localStorage.removeItem(KEY + id);
  } catch {
    // Then nothing was kept there either.
  }
}

function readDraft(id: string): Draft | null {
  try {
    const { document, basis } = JSON.parse(localStorage.getItem(KEY + id) ?? '') as Record<string, unknown>;
    const checked = documentSchema.safeParse(document);
    if (!checked.success || checked.data.id !== id) return null;
    return { document: checked.data, basis: typeof basis === 'number' ? basis : null };
  } catch {
    return null;
  }
}

/** Saves what was left behind, before the notebook is opened. Where another tab was there meanwhile, as a copy. */
export async function saveDraft(shelf: Shelf, id: string): Promise<void> {
  const draft = readDraft(id);
  if (!draft) return dropDraft(id);
  const outcome = await shelf.save(draft.document, draft.basis);
  // The database was in time after all, or another tab has written.
  if (!outcome.ok && JSON.stringify(outcome.kept.document) !== JSON.stringify(draft.document)) {
    const ending = ' (not saved when its page closed)';
    const title = `${draft.document.title.slice(0, LIMITS.titleCharacters - ending.length)}${ending}`;
    await shelf.save(copyOf(draft.document, title), null);
  }
  dropDraft(id);
}
