/** A folder of pictures with labels in YOLO's text form, as data sets come: `images/a.jpg` with `labels/a.txt`, or side by side. */

import { type ClassNames, readNameList, readYamlNames } from '@/lib/data/class-names';
import { DetectionError } from '@/lib/detection/detector';
import { parseYoloLabels } from '@/lib/detection/metrics/labels';
import type { RgbaPicture } from '@/lib/vision/pictures';
import type { Brought } from './dropped-files';
import { pathOf } from './file-paths';
import { unreadableBecause } from './left-out';
import { freshKey, PictureError, readFile, type SourcePicture } from './picture';
import { type SortedFolder, sortFolder } from './sort-folder';

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
  /** What the numbers of the labels' classes stand for, where the folder says so. */
  classNames?: ClassNames;
  /** Worth knowing: what was left out, what is taken for what. */
  notes: readonly string[];
}

/** Pictures are held as pixels: 200 of them would be 300 MB. */
export const MOST_PICTURES = 60;

const stem = (path: string) => path.replace(/\.[^./]+$/, '');

/**
 * Where the labels of a picture stand, as Ultralytics looks for them: the last folder `images` on its way read as `labels`;
 * then, for folders without one, its own place. Always within its own split: same-named pictures of two never meet.
 */
function labelPlaces(path: string): string[] {
  const own = stem(path);
  const beside = own.replace(/^(.*\/)?images\//, '$1labels/');
  return beside === own ? [own] : [beside, own];
}

export interface PairedFiles extends SortedFolder {
  labelOf(picture: File): File | undefined;
}

/** Which label file belongs to which picture. */
export function pairLabels(files: readonly File[], unread: readonly string[] = []): PairedFiles {
  const sorted = sortFolder(files, unread);
  const texts = new Map(sorted.texts.map((file) => [stem(pathOf(file)), file]));
  return {
    ...sorted,
    labelOf: (file) =>
      labelPlaces(pathOf(file))
        .map((place) => texts.get(place))
        .find((found) => found !== undefined),
  };
}

/** The names that a folder gives its classes, and the file that does; null where none does. */
export async function namesOfClasses(
  files: readonly File[],
): Promise<{ names: ClassNames; file: string } | null> {
  for (const file of files) {
    const text = await file.text().catch(() => '');
    const names = /\.ya?ml$/i.test(file.name) ? readYamlNames(text) : readNameList(text);
    if (names) return { names, file: file.name };
  }
  return null;
}

/**
 * Reads the pictures, with their labels if there are any. If some pictures have labels, those without are pictures
 * with nothing on them, as in the field's own tools. What cannot be read is left out and named.
 * @param told after every picture
 * @throws PictureError `folder-empty` if nothing is left
 */
export async function readLabelledFolder(
  { files, unread }: Brought,
  signal: AbortSignal,
  told: (done: number, total: number) => void,
): Promise<LabelledSet> {
  const { pictures: all, labelOf, folder, classFiles, leftOut } = pairLabels(files, unread);
  const labelled = all.filter(labelOf).length;
  const total = Math.min(all.length, MOST_PICTURES);
  const read: LabelledPicture[] = [];
  let [tried, unlabelled] = [0, 0];
  for (const file of all) {
    if (read.length === MOST_PICTURES) break;
    signal.throwIfAborted();
    tried++;
    const picture = await readOrNull(file);
    if (!picture) leftOut.add(unreadableBecause(pathOf(file), file.type), pathOf(file));
    else {
      const label = labelOf(file);
      const text = labelled === 0 ? null : await labelText(label, picture.rgba);
      if (text instanceof DetectionError) leftOut.add('labels', text.message);
      else {
        if (labelled > 0 && !label) unlabelled++;
        read.push({
          ...{ key: picture.key, rgba: picture.rgba, name: pathOf(label ?? file) },
          labels: text === null ? null : { key: freshKey('labels'), text },
        });
      }
    }
    told(Math.min(tried, total), total);
  }
  signal.throwIfAborted();
  if (read.length === 0) throw nothingLeft(leftOut.notes());
  const named = labelled === 0 ? null : await namesOfClasses(classFiles);
  const cut = all.length - tried;
  return {
    title: `${folder === null ? '' : `“${folder}”, `}${read.length} ${read.length === 1 ? 'picture' : 'pictures'}`,
    pictures: read,
    ...(named ? { classNames: named.names } : {}),
    notes: [
      ...(cut > 0 ? [`The first ${MOST_PICTURES} of ${all.length} pictures are used.`] : []),
      ...leftOut.notes(),
      ...aboutLabels(labelled, unlabelled),
      ...(named ? [`“${named.file}” names ${named.names.size} classes: labels are compared by name.`] : []),
    ],
  };
}

/** A picture that no browser or only this one cannot read is no reason to refuse the others. */
async function readOrNull(file: File): Promise<SourcePicture | null> {
  try {
    return await readFile(file, pathOf(file));
  } catch (error) {
    if (error instanceof PictureError) return null;
    throw error;
  }
}

/** The text of a label file if it is sound, else what is wrong with it. */
async function labelText(file: File | undefined, picture: RgbaPicture): Promise<string | DetectionError> {
  if (!file) return '';
  try {
    const text = await file.text();
    parseYoloLabels(text, picture, { file: pathOf(file) });
    return text;
  } catch (error) {
    return error instanceof DetectionError
      ? error
      : new DetectionError('label-malformed', `${pathOf(file)} cannot be read`, 'Choose the folder again.');
  }
}

function aboutLabels(labelled: number, unlabelled: number): string[] {
  if (labelled === 0)
    return ['No label files were found: what the detector sees in the clean pictures is the yardstick.'];
  if (unlabelled === 0) return [];
  return [
    unlabelled === 1
      ? '1 picture has no label file: nothing is taken to be on it.'
      : `${unlabelled} pictures have no label file: nothing is taken to be on them.`,
  ];
}

export const nothingLeft = (notes: readonly string[]) =>
  new PictureError(
    'folder-empty',
    notes.length === 0
      ? 'There is no picture in it.'
      : `There is no picture in it that can be used. ${notes.join(' ')}`,
    'Choose a folder with pictures and, beside them or in “labels”, their .txt files.',
  );
