/** A folder of pictures with labels in YOLO's text form, as data sets come: `images/a.jpg` with `labels/a.txt`, or side by side. */

import { type ClassNames, readNameList, readYamlKeypoints, readYamlNames } from '@/lib/data/class-names';
import { DetectionError } from '@/lib/detection/detector';
import { parseYoloLabels, withoutKeypoints } from '@/lib/detection/metrics/labels';
import type { RgbaPicture } from '@/lib/vision/pictures';
import type { Brought } from './dropped-files';
import { pathOf } from './file-paths';
import { unreadableBecause } from './left-out';
import { type PairedFiles, pairLabels } from './pair-labels';
import { freshKey, PictureError, readFile, type SourcePicture } from './picture';
import { textOfFile } from './text-of-file';

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

const YAML = /\.ya?ml$/i;

/** The names that a folder gives its classes, and the file that does; null where none does. */
export async function namesOfClasses(
  files: readonly File[],
): Promise<{ names: ClassNames; file: string } | null> {
  for (const file of files) {
    const text = await textOfFile(file).catch(() => '');
    const names = YAML.test(file.name) ? readYamlNames(text) : readNameList(text);
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
  const paired = pairLabels(files, unread);
  const { pictures: all, labelOf, folder, classFiles, leftOut } = paired;
  const labelled = all.filter(labelOf).length;
  const keypoints = labelled === 0 ? 0 : await keypointsInRows(classFiles);
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
      const text = labelled === 0 ? null : await labelText(label, picture.rgba, keypoints);
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
      ...aboutStrays(paired, labelled),
      ...(labelled === 0 ? [] : aboutNames(named, classFiles)),
      ...(keypoints > 0 ? ['These are labels of poses: of each object its box is taken.'] : []),
    ],
  };
}

/** How many numbers of a row are keypoints, where the folder says so; 0 where it does not. */
export async function keypointsInRows(files: readonly File[]): Promise<number> {
  for (const file of files) {
    if (!YAML.test(file.name)) continue;
    const numbers = readYamlKeypoints(await textOfFile(file).catch(() => ''));
    if (numbers !== null) return numbers;
  }
  return 0;
}

/** The text of a label file, keypoints left out. @param keypoints numbers of a row that are some */
export async function labelsIn(file: File, keypoints: number): Promise<string> {
  const text = await textOfFile(file);
  return keypoints === 0 ? text : withoutKeypoints(text, keypoints);
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
async function labelText(
  file: File | undefined,
  picture: RgbaPicture,
  keypoints: number,
): Promise<string | DetectionError> {
  if (!file) return '';
  try {
    const text = await labelsIn(file, keypoints);
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
  return unlabelled === 0 ? [] : [aboutUnlabelled(unlabelled)];
}

export const aboutUnlabelled = (pictures: number) =>
  pictures === 1
    ? '1 picture has no label file: nothing is taken to be on it.'
    : `${pictures} pictures have no label file: nothing is taken to be on them.`;

/** What looks like labels, and is used for no picture. @param labelled how many pictures have labels */
export function aboutStrays({ strays, otherLabels }: PairedFiles, labelled: number): string[] {
  const notes: string[] = [];
  if (strays.length > 0)
    notes.push(
      `Not used: ${strays.length === 1 ? '1 text file that is' : `${strays.length} text files that are`} named like a picture of another folder (“${pathOf(strays[0]!)}”). Labels stand beside their picture, or in “labels” next to “images”.`,
    );
  if (labelled === 0 && otherLabels.length > 0)
    notes.push(
      `Not read: ${otherLabels.length === 1 ? '1 .xml or .json file' : `${otherLabels.length} .xml or .json files`} (“${pathOf(otherLabels[0]!)}”). Labels in VOC’s or COCO’s form have to be exported in YOLO’s.`,
    );
  return notes;
}

function aboutNames(
  named: { names: ClassNames; file: string } | null,
  classFiles: readonly File[],
): string[] {
  if (named) return [`“${named.file}” names ${named.names.size} classes: labels are compared by name.`];
  return classFiles.map((file) => `No list of class names could be read from “${pathOf(file)}”.`).slice(0, 1);
}

export const nothingLeft = (notes: readonly string[]) =>
  new PictureError(
    'folder-empty',
    notes.length === 0
      ? 'There is no picture in it.'
      : `There is no picture in it that can be used. ${notes.join(' ')}`,
    'Choose a folder with pictures and, beside them or in “labels”, their .txt files.',
  );
