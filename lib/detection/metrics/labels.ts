/** Labels in YOLO's text form: one file a picture, one object a line. */
import { type Box, DetectionError } from '../detector';
import type { Reference } from './match';

/** Numbers of a row may leave 0 … 1 by this much, as Ultralytics lets them: tools round. */
const SLACK = 1e-2;

/**
 * Reads `class cx cy width height` lines, all but the class relative to the picture. An empty file is a picture
 * without objects; blank lines are skipped. As Ultralytics reads them: `class x1 y1 x2 y2 x3 y3 …`, an outline of three points
 * or more, counts as the box around it; of a row with keypoints (`class cx cy width height`, then x, y and how visible for each)
 * the box counts; what of a box lies outside of the picture is cut off; and a line that is there twice counts once.
 *
 * @param text the file's content
 * @param picture width and height in pixels of the picture the labels are of
 * @param options.classes how many classes there are, to catch labels of another data set
 * @param options.file named in errors
 * @throws DetectionError `label-malformed`, with file and line
 */
export function parseYoloLabels(
  text: string,
  { width, height }: { width: number; height: number },
  options: { classes?: number; file?: string } = {},
): Reference[] {
  const references: Reference[] = [];
  const seen = new Set<string>();
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  for (const [index, line] of lines.entries()) {
    const fields = line.trim().split(/\s+/);
    if (fields[0] === '') continue;
    const problem = findProblem(fields, options.classes);
    if (problem) {
      const place = `${options.file ?? 'Label file'}, line ${index + 1}`;
      throw new DetectionError('label-malformed', `${place}: ${problem[0]}`, problem[1]);
    }
    const [classId, ...places] = fields.map(Number) as [number, ...number[]];
    const row = [classId, ...places].join(' ');
    if (seen.has(row)) continue;
    seen.add(row);
    const [x1, y1, x2, y2] = boxOf(places);
    references.push({ box: [x1 * width, y1 * height, x2 * width, y2 * height], classId });
  }
  return references;
}

/** Relative to the picture, and within it. */
function boxOf(places: readonly number[]): Box {
  const corners = places.length === 4 || hasKeypoints(places) ? cornersOf(places) : around(places);
  return corners.map((value) => Math.min(Math.max(value, 0), 1)) as [number, number, number, number];
}

function cornersOf(places: readonly number[]): Box {
  const [cx, cy, w, h] = places as [number, number, number, number];
  return [cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2];
}

function around(places: readonly number[]): Box {
  const [xs, ys] = [0, 1].map((axis) => places.filter((_, i) => i % 2 === axis)) as [number[], number[]];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/**
 * Whether a box is followed by keypoints in threes, the third of each 0, 1 or 2: not there, hidden or in sight, as COCO has it. Where
 * that could be the points of an outline as well, it is one.
 */
function hasKeypoints(places: readonly number[]): boolean {
  if (places.length < 7 || (places.length - 4) % 3 !== 0) return false;
  const sight = places.filter((_, i) => i >= 4 && (i - 4) % 3 === 2);
  const outline = places.length % 2 === 0;
  return sight.every((value) => [0, 1, 2].includes(value)) && (!outline || sight.includes(2));
}

/**
 * Rows of a set with keypoints as rows of boxes. In a set whose keypoints have no third number, nothing in a row tells it from an
 * outline: the set's own description does (`kpt_shape`).
 * @param numbers of the keypoints of one object together
 */
export function withoutKeypoints(text: string, numbers: number): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => {
      const fields = line.trim().split(/\s+/);
      return fields.length === 5 + numbers ? fields.slice(0, 5).join(' ') : line;
    })
    .join('\n');
}

/**
 * Writes labels as `parseYoloLabels` reads them.
 * @param references boxes in pixels of the picture
 */
export function formatYoloLabels(
  references: readonly Reference[],
  { width, height }: { width: number; height: number },
): string {
  return references
    .map(({ box: [x1, y1, x2, y2], classId }) =>
      [classId, (x1 + x2) / 2 / width, (y1 + y2) / 2 / height, (x2 - x1) / width, (y2 - y1) / height].join(
        ' ',
      ),
    )
    .join('\n');
}

type Problem = readonly [message: string, remedy: string];

function findProblem(fields: readonly string[], classes: number | undefined): Problem | null {
  const shown = `“${fields.slice(0, 6).join(' ')}${fields.length > 6 ? ' …' : ''}”`;
  if (fields.length === 6)
    return [
      `${shown} has six numbers.`,
      'A sixth number is a confidence: this is a file of predictions, not of labels. Give the labels.',
    ];
  if (fields.length > 6 && fields.length % 2 === 0 && !hasKeypoints(fields.slice(1).map(Number)))
    return [
      `${shown} has ${fields.length} numbers: no box, no outline, whose points are pairs, and no keypoints, which are in threes.`,
      'Export labels for detection: class, centre x, centre y, width, height.',
    ];
  if (fields.length < 5 && fields.some((field) => field.includes(',')))
    return [`${shown} has commas between its numbers.`, 'Separate the five numbers by spaces.'];
  if (fields.length < 5)
    return [
      `${shown} has ${fields.length} of five numbers.`,
      'Write class, centre x, centre y, width and height.',
    ];
  const values = fields.map(Number);
  const unreadable = fields.find((_, i) => !Number.isFinite(values[i]));
  if (unreadable !== undefined)
    return [`“${unreadable}” is not a number.`, 'Write numbers with a point, separated by spaces.'];
  const [classId, ...places] = values as [number, ...number[]];
  if (!Number.isInteger(classId) || classId < 0)
    return [`class ${fields[0]} is not a whole number from 0.`, 'Number the classes from 0.'];
  if (classes !== undefined && classId >= classes)
    return [
      `there is no class ${classId}: the detector knows ${classes}, numbered from 0.`,
      'Choose a detector that knows the classes of these labels.',
    ];
  return places.length === 4 || hasKeypoints(places)
    ? boxProblem(places, shown)
    : outlineProblem(places, shown);
}

const RELATIVE =
  'Coordinates are relative to the picture, from 0 to 1: divide pixels by its width and height.';

function boxProblem(places: readonly number[], shown: string): Problem | null {
  const [cx, cy, w, h] = places as [number, number, number, number];
  if (!(w > 0 && h > 0)) return [`the box is ${w} wide and ${h} high.`, 'Give a width and height above 0.'];
  if ([cx, cy, w, h].some((value) => value < -SLACK || value > 1 + SLACK))
    return [`${shown} lies outside of the picture.`, RELATIVE];
  return hasArea(boxOf([cx, cy, w, h]))
    ? null
    : [`the box ${shown} lies outside of the picture.`, 'Keep its centre within 0 and 1.'];
}

const hasArea = ([x1, y1, x2, y2]: Box) => x2 > x1 && y2 > y1;

function outlineProblem(places: readonly number[], shown: string): Problem | null {
  if (places.some((place) => place < -SLACK || place > 1 + SLACK))
    return [`the outline ${shown} leaves the picture.`, RELATIVE];
  return hasArea(boxOf(places))
    ? null
    : [`the outline ${shown} has no area.`, 'Give an outline of three points or more.'];
}
