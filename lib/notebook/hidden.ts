/** Whether anybody can see the page: runs may be told to rest while nobody does, which spares a battery. */

/** The part of `document` that is used, so that tests can stand in. */
export type Visibility = Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'>;

/**
 * Tells of every change, and first of a page that is hidden already.
 * @returns a function that ends the watch
 */
export function whenHidden(page: Visibility, tell: (hidden: boolean) => void): () => void {
  const changed = () => tell(page.hidden);
  if (page.hidden) changed();
  page.addEventListener('visibilitychange', changed);
  return () => page.removeEventListener('visibilitychange', changed);
}
