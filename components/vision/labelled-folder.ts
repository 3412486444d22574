/** A folder of pictures with labels in YOLO's text form, as data sets come: `images/a.jpg` with `labels/a.txt`, or side by side. */

import type { RgbaPicture } from '@/lib/vision/pictures';
import { freshKey, pathOf, readFile } from './picture';

export interface LabelledPicture {
  key: string;
  name: string;
  rgba: RgbaPicture;
  /** What its label file says; null if the set has no labels. */
  labels: { key: string; text: string } | null;
}

export interface LabelledSet {
  title: string;
  pictures: readonly LabelledPicture[];
  /** Worth knowing: what was left out, what is taken for what. */
  notes: readonly string[];
}

/** Pictures are held as pixels: 200 of them would be 300 MB. */
export const MOST_PICTURES = 60;

const stem = (path: string) => path.replace(/\.[^./]+$/, '');
/** Where the labels of a picture stand: its own place, or the folder `labels` beside `images`. */
const labelPlaces = (path: string) => [stem(path), stem(path).replace(/(^|\/)images\//, '$1labels/')];

export interface PairedFiles {
  /** In the order of their names. */
  pictures: File[];
  labelOf(picture: File): File | undefined;
  /** Null where files were chosen without one. */
  folder: string | null;
}

/** Which label file belongs to which picture. */
export function pairLabels(files: readonly File[]): PairedFiles {
  const sorted = [...files].sort((a, b) => pathOf(a).localeCompare(pathOf(b), 'en', { numeric: true }));
  const texts = new Map(
    sorted.filter(({ name }) => name.endsWith('.txt')).map((file) => [stem(pathOf(file)), file]),
  );
  const folder = sorted[0] ? pathOf(sorted[0]).split('/')[0] : undefined;
  return {
    pictures: sorted.filter(({ type }) => type.startsWith('image/')),
    labelOf: (file) =>
      labelPlaces(pathOf(file))
        .map((place) => texts.get(place))
        .find((found) => found !== undefined),
    folder: folder && folder !== sorted[0]!.name ? folder : null,
  };
}

/**
 * Reads the pictures, with their labels if there are any. If some pictures have labels, those without are pictures
 * with nothing on them, as in the field's own tools.
 * @param told after every picture
 */
export async function readLabelledFolder(
  files: readonly File[],
  signal: AbortSignal,
  told: (done: number, total: number) => void,
): Promise<LabelledSet> {
  const { pictures: all, labelOf, folder } = pairLabels(files);
  const notes: string[] = [];
  const pictures = all.slice(0, MOST_PICTURES);
  if (all.length > pictures.length)
    notes.push(`The first ${MOST_PICTURES} of ${all.length} pictures are used.`);
  const labelled = pictures.filter(labelOf).length;
  if (labelled > 0 && labelled < pictures.length)
    notes.push(`${pictures.length - labelled} pictures have no label file: nothing is taken to be on them.`);
  if (labelled === 0)
    notes.push('No label files were found: what the detector sees in the clean pictures is the yardstick.');

  const read: LabelledPicture[] = [];
  for (const file of pictures) {
    signal.throwIfAborted();
    const { key, rgba } = await readFile(file, pathOf(file));
    const text = labelled === 0 ? null : ((await labelOf(file)?.text()) ?? '');
    read.push({
      ...{ key, rgba, name: labelOf(file)?.name ?? pathOf(file) },
      labels: text === null ? null : { key: freshKey('labels'), text },
    });
    told(read.length, pictures.length);
  }
  signal.throwIfAborted();
  const title = `${folder === null ? '' : `“${folder}”, `}${read.length} ${read.length === 1 ? 'picture' : 'pictures'}`;
  return { title, pictures: read, notes };
}
