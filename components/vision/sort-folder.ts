/** What each file of a folder is: a picture, its labels, the names of the classes, or nothing of use. */
import { pathOf } from './file-paths';
import { LeftOut } from './left-out';

export interface SortedFolder {
  /** In the order of their paths. */
  pictures: readonly File[];
  /** Text files, among them the labels. */
  texts: readonly File[];
  /** Files in which other tools keep labels: VOC's `.xml`, COCO's `.json`. */
  otherLabels: readonly File[];
  /** `data.yaml`, `classes.txt` and their like, the most telling first. */
  classFiles: readonly File[];
  leftOut: LeftOut;
  /** The folder that all of them lie in; null where there is none. */
  folder: string | null;
}

/** Pictures by their name: browsers give no type to formats that they do not know. */
const PICTURE = /\.(jpe?g|jfif|png|webp|gif|bmp|avif|tiff?|hei[cf]|jp2|jxl)$/i;
/** Files of systems and tools, among them the `._name.jpg` that macOS writes beside every picture, and a NAS's own thumbnails. */
const HIDDEN =
  /(^|\/)(\.[^/]*|__MACOSX|@eaDir|\$RECYCLE\.BIN|System Volume Information|(eh)?Thumbs\.db|desktop\.ini)(\/|$)/i;
/** Lists of names, as labelImg, Label Studio, Darknet and Roboflow's export for it call them. */
const CLASSES = /^(predefined_|_)?(classes|class_names|labels)\.txt$|\.names$|^_darknet\.labels$/i;
const OTHER_LABELS = /\.(xml|json)$/i;
const YAML = /\.ya?ml$/i;

const isPicture = (file: File) => file.type.startsWith('image/') || PICTURE.test(file.name);

/** @param unread paths that the browser could not open */
export function sortFolder(files: readonly File[], unread: readonly string[] = []): SortedFolder {
  const leftOut = new LeftOut();
  const byPath = new Intl.Collator('en', { numeric: true });
  const seen = files
    .filter((file) => {
      const hidden = HIDDEN.test(pathOf(file));
      if (hidden) leftOut.add('hidden', pathOf(file));
      return !hidden;
    })
    .sort((a, b) => byPath.compare(pathOf(a), pathOf(b)));
  for (const path of unread) leftOut.add('unreadable', path);
  const pictures = seen.filter((file) => {
    if (!isPicture(file)) return false;
    if (file.size === 0) leftOut.add('empty', pathOf(file));
    return file.size > 0;
  });
  return {
    pictures,
    texts: seen.filter(({ name }) => /\.txt$/i.test(name) && !CLASSES.test(name)),
    otherLabels: seen.filter(({ name }) => OTHER_LABELS.test(name)),
    classFiles: classFiles(seen),
    leftOut,
    folder: commonFolder(seen),
  };
}

/** A data set's own description first, then lists of names; of each kind the one nearest to the top. */
function classFiles(files: readonly File[]): File[] {
  const depth = (file: File) => pathOf(file).split('/').length;
  const rank = (file: File) => (/(^|\/)data\.ya?ml$/i.test(pathOf(file)) ? 0 : YAML.test(file.name) ? 1 : 2);
  return files
    .filter(({ name }) => YAML.test(name) || CLASSES.test(name))
    .sort((a, b) => rank(a) - rank(b) || depth(a) - depth(b));
}

function commonFolder(files: readonly File[]): string | null {
  const paths = files.map((file) => pathOf(file).split('/'));
  const names = new Set(paths.map((parts) => (parts.length > 1 ? parts[0]! : null)));
  const [only] = names;
  return names.size === 1 && only !== undefined ? only : null;
}
