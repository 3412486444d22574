/**
 * What cells of a notebook showed of their last runs, kept beside it in this browser: for whoever comes back to it, and for files and paper
 * made after a reload. What has no room loses its pictures or its oldest outputs, and says so; what was said of a run stays.
 *
 * A drawing may show a picture that the reader brought, a photograph or a frame of the camera. Nobody asked for that to be kept: it is not.
 */
import type { CodeOutput, NotKept, ResultPicture } from './results';

export interface ShownCell {
  /** The end of its run, by which it is known. ISO 8601. */
  asOf: string;
  headline: string;
  charts: readonly ResultPicture[];
  /** Its largest drawing that is no chart: a picture with boxes, say. */
  drawing?: ResultPicture;
  notKept?: NotKept;
}

export interface ShownCode {
  /** When the last of it was put out. ISO 8601. */
  asOf: string;
  /** The code as it ran. */
  code: string;
  outputs: readonly CodeOutput[];
  /** How many outputs before these are not kept. */
  gone: number;
}

export type Shown = ShownCell | ShownCode;

/** By the cells' ids in the notebook. */
export type ShownByPlace = Readonly<Record<string, Shown>>;

export const isOfCode = (shown: Shown): shown is ShownCode => 'code' in shown;

export const cellShownAt = (shown: ShownByPlace, place: string): ShownCell | undefined => {
  const one = Object.hasOwn(shown, place) ? shown[place] : undefined;
  return one && !isOfCode(one) ? one : undefined;
};

export const codeShownAt = (shown: ShownByPlace, place: string): ShownCode | undefined => {
  const one = Object.hasOwn(shown, place) ? shown[place] : undefined;
  return one && isOfCode(one) ? one : undefined;
};

/** Of one notebook together, in characters of base64 and text: some six megabytes. */
export const MOST_SHOWN_CHARACTERS = 6_000_000;
/** Of one code cell, the newest outputs. */
export const MOST_CODE_CHARACTERS = 1_000_000;
/** Notebooks that keep what they showed: those that were changed last. With the bound of each, that of all. */
export const MOST_NOTEBOOKS_SHOWN = 12;

export const picturesOfShown = ({ charts, drawing }: ShownCell): readonly ResultPicture[] =>
  drawing ? [drawing, ...charts] : charts;

const sizeOfOutput = (output: CodeOutput): number => JSON.stringify(output).length;
const sizeOf = (shown: Shown): number =>
  isOfCode(shown)
    ? shown.code.length + shown.outputs.reduce((sum, output) => sum + sizeOfOutput(output), 0)
    : picturesOfShown(shown).reduce((sum, { png }) => sum + png.length, 0);

/** Without what takes room; that something is missing is said. */
function withoutBulk(shown: Shown): Shown {
  if (isOfCode(shown)) return { ...shown, outputs: [], gone: shown.gone + shown.outputs.length };
  const { drawing, charts, ...rest } = shown;
  return drawing || charts.length > 0 ? { ...rest, charts: [], notKept: 'room' } : shown;
}

export const withoutPictures = (all: ShownByPlace): ShownByPlace =>
  Object.fromEntries(Object.entries(all).map(([place, shown]) => [place, withoutBulk(shown)]));

/** The newest outputs that fit, and how many do not. @param gone before them */
export function outputsThatFit(
  outputs: readonly CodeOutput[],
  gone: number,
): Pick<ShownCode, 'outputs' | 'gone'> {
  let left = MOST_CODE_CHARACTERS;
  let from = outputs.length;
  while (from > 0) {
    left -= sizeOfOutput(outputs[from - 1]!);
    if (left < 0) break;
    from--;
  }
  return { outputs: outputs.slice(from), gone: gone + from };
}

/**
 * With that of one cell more, unless what is kept of it is newer: another tab may have run it since. Cells that are no longer there go; where
 * there is no room for all, the oldest lose their pictures and outputs.
 */
export function withShown(
  all: ShownByPlace,
  place: string,
  shown: Shown,
  places: ReadonlySet<string>,
): ShownByPlace {
  const kept = Object.hasOwn(all, place) ? all[place] : undefined;
  const newestFirst = Object.entries(kept && kept.asOf > shown.asOf ? all : { ...all, [place]: shown })
    .filter(([one]) => places.has(one))
    .sort(([, a], [, b]) => (a.asOf < b.asOf ? 1 : -1));
  let left = MOST_SHOWN_CHARACTERS;
  return Object.fromEntries(
    newestFirst.map(([one, of]) => {
      const size = sizeOf(of);
      if (size > left) return [one, withoutBulk(of)];
      left -= size;
      return [one, of];
    }),
  );
}
