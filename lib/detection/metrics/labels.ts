/** Labels in YOLO's text form: one file a picture, one object a line. */
import { type Box, DetectionError } from '../detector';
import type { Reference } from './match';

/** Coordinates may leave the picture by this much: tools round. */
const SLACK = 1e-3;
/** The same for the points of an outline, which Ultralytics allows more. */
const OUTLINE_SLACK = 1e-2;

/**
 * Reads `class cx cy width height` lines, all but the class relative to the picture. An empty file is a picture
 * without objects; blank lines are skipped. As Ultralytics reads them: `class x1 y1 x2 y2 x3 y3 …`, an outline of three points
 * or more, counts as the box around it, and a line that is there twice counts once.
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
    const [x1, y1, x2, y2] = places.length === 4 ? cornersOf(places) : around(places);
    references.push({ box: [x1 * width, y1 * height, x2 * width, y2 * height], classId });
  }
  return references;
}

function cornersOf(places: readonly number[]): Box {
  const [cx, cy, w, h] = places as [number, number, number, number];
  return [cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2];
}

/** The box around an outline, kept within the picture. */
function around(places: readonly number[]): Box {
  const [xs, ys] = [0, 1].map((axis) =>
    places.filter((_, i) => i % 2 === axis).map((value) => Math.min(Math.max(value, 0), 1)),
  ) as [number[], number[]];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
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
  if (fields.length > 6 && fields.length % 2 === 0)
    return [
      `${shown} has ${fields.length} numbers: neither a box nor an outline, whose points are pairs.`,
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
  return places.length === 4 ? boxProblem(places, shown) : outlineProblem(places, shown);
}

const RELATIVE =
  'Coordinates are relative to the picture, from 0 to 1: divide pixels by its width and height.';

function boxProblem(places: readonly number[], shown: string): Problem | null {
  const [cx, cy, w, h] = places as [number, number, number, number];
  if (!(w > 0 && h > 0)) return [`the box is ${w} wide and ${h} high.`, 'Give a width and height above 0.'];
  if ([cx, cy, w, h].some((value) => value > 2)) return [`${shown} lies far outside the picture.`, RELATIVE];
  const within = (centre: number, side: number) =>
    centre - side / 2 >= -SLACK && centre + side / 2 <= 1 + SLACK;
  if (!(within(cx, w) && within(cy, h)))
    return [`the box ${shown} leaves the picture.`, 'Keep centre ± half the size within 0 and 1.'];
  return null;
}

function outlineProblem(places: readonly number[], shown: string): Problem | null {
  if (places.some((place) => place < -OUTLINE_SLACK || place > 1 + OUTLINE_SLACK))
    return [`the outline ${shown} leaves the picture.`, RELATIVE];
  const [x1, y1, x2, y2] = around(places);
  return x2 > x1 && y2 > y1
    ? null
    : [`the outline ${shown} has no area.`, 'Give an outline of three points or more.'];
}
