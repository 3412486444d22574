/** What the search for the rare symbol compares, and when it counts as found. Without tensors, so that pages may know it too. */

/** Plain and private heads, trained with the person who drew the symbol and without. */
export const WHO = ['plainWith', 'plainWithout', 'privateWith', 'privateWithout'] as const;
export type Who = (typeof WHO)[number];
export type Four<T> = Record<Who, T>;

/** A symbol is found by a box of its class with this score, and this overlap with it, at least. */
export const FOUND_SCORE = 0.3;
export const FOUND_IOU = 0.5;
