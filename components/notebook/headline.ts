/**
 * What a cell has to say of its result, in words, for those who do not see it: its own headline if it gives one, else the first numbers
 * that it shows, else what its first figure is said to show. Read off the page, so that nobody is told another thing than is to be seen.
 */

/** More would not be listened to. */
const FACTS = 3;
const LONGEST = 240;

const textOf = (element: Element | null | undefined) =>
  element?.textContent?.replace(/\s+/g, ' ').trim() ?? '';

/** The part of a cell's element that is looked at, so that tests can stand in. */
export type CellElement = Pick<HTMLElement, 'querySelector' | 'querySelectorAll' | 'dataset'>;

export function headlineOf(cell: CellElement | null): string {
  if (cell === null) return '';
  const own = cell.dataset.headline;
  if (own) return own;
  // An earlier run is not this one.
  const facts = [...cell.querySelectorAll('dd[data-figure]:not([data-earlier-run] *)')]
    .slice(0, FACTS)
    .map((value) => {
      const name = textOf(value.parentElement?.querySelector('dt'));
      return `${name} ${textOf(value)}`.trim();
    });
  const said =
    facts.length > 0
      ? facts.join(', ')
      : (cell.querySelector('[role=img][aria-label]')?.getAttribute('aria-label') ?? '');
  return said.length > LONGEST ? `${said.slice(0, LONGEST)}…` : said;
}
