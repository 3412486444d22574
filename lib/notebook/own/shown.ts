/**
 * What cells of a notebook showed of their last runs, kept beside it in this browser, so that a file made after a reload has it too. Charts
 * and a headline alone: a drawing may be somebody's photograph, which nobody asked to be kept.
 */
import type { ResultPicture } from './results';

export interface Shown {
  /** The end of its run, by which it is known. ISO 8601. */
  asOf: string;
  headline: string;
  charts: readonly ResultPicture[];
}

/** By the cells' ids in the notebook. */
export type ShownByPlace = Readonly<Record<string, Shown>>;

/** Of all charts of one notebook together, in characters of base64: some four megabytes. */
export const MOST_SHOWN_CHARACTERS = 6_000_000;

const sizeOf = ({ charts }: Shown): number => charts.reduce((sum, { png }) => sum + png.length, 0);

/** With that of one cell more. The oldest give way, and those of cells that are no longer there. */
export function withShown(
  all: ShownByPlace,
  place: string,
  shown: Shown,
  places: ReadonlySet<string>,
): ShownByPlace {
  const newestFirst = Object.entries({ ...all, [place]: shown })
    .filter(([one]) => places.has(one))
    .sort(([, a], [, b]) => (a.asOf < b.asOf ? 1 : -1));
  let left = MOST_SHOWN_CHARACTERS;
  return Object.fromEntries(
    newestFirst.filter(([, one]) => {
      left -= sizeOf(one);
      return left >= 0;
    }),
  );
}
