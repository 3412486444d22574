/** Which label file of a folder belongs to which picture. */
import { pathOf } from './file-paths';
import { type SortedFolder, sortFolder } from './sort-folder';

export interface PairedFiles extends SortedFolder {
  labelOf(picture: File): File | undefined;
  /** Text files that are named like a picture, but of another place: whose they are is not known. */
  strays: readonly File[];
}

/** A path without the ending of its file, its letters in one form: macOS writes “é” in two parts, other systems in one. */
const stem = (path: string) => path.normalize('NFC').replace(/\.[^./]+$/, '');

/**
 * Where the labels of a picture stand, as Ultralytics looks for them: the last folder `images` on its way read as `labels`;
 * then, for folders without one, its own place. Always within its own split: same-named pictures of two never meet.
 */
function labelPlaces(path: string): string[] {
  const own = stem(path);
  const whole = path.normalize('NFC');
  // Some tools keep the picture's ending: `1.jpg.txt`.
  return [own, whole].flatMap((place) => {
    const beside = place.replace(/^(.*\/)?images\//, '$1labels/');
    return beside === place ? [place] : [beside, place];
  });
}

/** Words of folders that say what kind of file lies in them, and nothing about which. */
const KINDS = new Set(
  'image images img imgs jpegimages picture pictures pics photo photos label labels annotation annotations ann anns txt'.split(
    ' ',
  ),
);

/**
 * What a picture and its labels have in common in folders of other plans (`Images` and `Labels`, `labels` inside of the pictures'
 * folder, `train_images` beside `train_labels`, `images/train` beside `train/labels`): the path without the words for kinds.
 */
function kin(path: string): string {
  const parts = stem(path).toLowerCase().split('/');
  const file = parts.pop()!;
  const folders = parts
    .map((name) => name.split(/[_\-\s]+/).filter((word) => !KINDS.has(word)))
    .filter((words) => words.length > 0);
  return [...folders.map((words) => words.join('_')), file].join('/');
}

export function pairLabels(files: readonly File[], unread: readonly string[] = []): PairedFiles {
  const sorted = sortFolder(files, unread);
  const texts = new Map(sorted.texts.map((file) => [stem(pathOf(file)), file]));
  const labels = new Map<File, File>();
  for (const picture of sorted.pictures) {
    const place = labelPlaces(pathOf(picture)).find((path) => texts.has(path));
    if (place !== undefined) labels.set(picture, texts.get(place)!);
  }
  const taken = new Set(labels.values());
  const free = groupBy(
    sorted.texts.filter((file) => !taken.has(file)),
    (file) => kin(pathOf(file)),
  );
  const bare = groupBy(
    sorted.pictures.filter((picture) => !labels.has(picture)),
    (picture) => kin(pathOf(picture)),
  );
  for (const [name, pictures] of bare) {
    const [text, ...others] = free.get(name) ?? [];
    // Where several could be meant, none is.
    const one = new Set(pictures.map((picture) => stem(pathOf(picture)))).size === 1;
    if (text && others.length === 0 && one) for (const picture of pictures) labels.set(picture, text);
  }
  const used = new Set(labels.values());
  const names = new Set(sorted.pictures.map(fileStem));
  return {
    ...sorted,
    labelOf: (picture) => labels.get(picture),
    strays: sorted.texts.filter((file) => !used.has(file) && names.has(fileStem(file))),
  };
}

const fileStem = (file: File) => stem(file.name).toLowerCase();

function groupBy<T>(all: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return groups;
}
