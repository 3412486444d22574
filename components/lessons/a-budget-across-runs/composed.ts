/** Runs that a list to be composed may hold: for pages, too, which do not bring along what checks such a list. */
export const MOST_COMPOSED = 60;
