/** The picture a learner brought, shared by the cells of a page. Kept in memory alone: never stored, never in a link. */
import type { SourcePicture } from './picture';

let own: SourcePicture | null = null;
let brought = false;
const listeners = new Set<() => void>();

export const ownPicture = () => own;

/** Pictures of the reader's own have come onto this page: what is drawn on it may show them. */
export const hasBroughtPictures = () => brought;
export function markBroughtPictures(): void {
  brought = true;
}

export function setOwnPicture(picture: SourcePicture | null): void {
  own = picture;
  if (picture) markBroughtPictures();
  for (const listener of listeners) listener();
}

export function onOwnPicture(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
