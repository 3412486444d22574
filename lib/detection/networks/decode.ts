/** From the head's raw predictions to boxes. Plain numbers: what needs a network is done by then. */

import { nonMaxSuppression } from '../boxes';
import { type Box, DetectionError } from '../detector';
import type { Head } from './plan';

/** At most so many detections a picture, as in the published evaluation. */
export const MAX_DETECTIONS = 300;
/** Overlap above which suppression drops the weaker box, for networks that need it (YOLO11, YOLOv8). */
export const DEFAULT_IOU = 0.7;

/** A box in pixels of the network's input square. */
export interface SquareDetection {
  readonly box: Box;
  readonly score: number;
  readonly classId: number;
}

export interface Selection {
  /** Scores must be above it. */
  readonly confidence: number;
  /** Classes to keep; all if absent. Chosen before suppression and before the limit of 300. */
  readonly classes?: ReadonlySet<number>;
  readonly iou?: number;
}

/** Positions of the head for an input of S × S: finest scale first, row by row. */
export function anchors(
  head: Head,
  size: number,
): { x: Float32Array; y: Float32Array; stride: Float32Array } {
  const count = head.levels.reduce((sum, { stride }) => sum + (size / stride) ** 2, 0);
  const [x, y, strides] = [new Float32Array(count), new Float32Array(count), new Float32Array(count)];
  let at = 0;
  for (const { stride } of head.levels) {
    const side = size / stride;
    for (let row = 0; row < side; row++)
      for (let column = 0; column < side; column++, at++) {
        // Cell centres, in cells.
        x[at] = column + 0.5;
        y[at] = row + 0.5;
        strides[at] = stride;
      }
  }
  return { x, y, stride: strides };
}

/**
 * The distance from a cell's centre to one side of its box, in cells. With regMax > 1 the network gives a distribution
 * over 0 … regMax − 1, and the distance is its mean (distribution focal loss, Li et al. 2020, equation 5).
 */
function distance(boxes: Float32Array, at: number, regMax: number): number {
  if (regMax === 1) return boxes[at]!;
  let largest = Number.NEGATIVE_INFINITY;
  for (let bin = 0; bin < regMax; bin++) largest = Math.max(largest, boxes[at + bin]!);
  let sum = 0;
  let mean = 0;
  for (let bin = 0; bin < regMax; bin++) {
    const weight = Math.exp(boxes[at + bin]! - largest);
    sum += weight;
    mean += bin * weight;
  }
  return mean / sum;
}

/**
 * Chooses and decodes detections.
 *
 * End-to-end networks (YOLO26) need no suppression: the 300 positions of the highest best score, then the 300 best
 * (position, class) pairs among them. The others give each position its best class, and suppression within each class.
 *
 * @param boxes A × 4 · regMax
 * @param logits A × classes
 * @param size S, the side of the input square in pixels
 * @returns best first, at most 300
 */
export function decodeDetections(
  head: Head,
  boxes: Float32Array,
  logits: Float32Array,
  size: number,
  selection: Selection,
): SquareDetection[] {
  const grid = anchors(head, size);
  const { classCount, regMax } = head;
  if (logits.length !== grid.x.length * classCount || boxes.length !== grid.x.length * 4 * regMax)
    throw new DetectionError(
      'predictions-malformed',
      `The network gave ${logits.length} scores and ${boxes.length} box values for ${grid.x.length} positions.`,
      'Load the model again.',
    );
  const boxOf = (anchor: number): Box => {
    const at = anchor * 4 * regMax;
    const [x, y, stride] = [grid.x[anchor]!, grid.y[anchor]!, grid.stride[anchor]!];
    return [
      (x - distance(boxes, at, regMax)) * stride,
      (y - distance(boxes, at + regMax, regMax)) * stride,
      (x + distance(boxes, at + 2 * regMax, regMax)) * stride,
      (y + distance(boxes, at + 3 * regMax, regMax)) * stride,
    ];
  };
  const chosen = head.endToEnd
    ? bestPairs(logits, classCount, selection)
    : bestClasses(logits, classCount, selection);
  const found = chosen.map(({ anchor, classId, logit }) => ({
    box: boxOf(anchor),
    score: sigmoid(logit),
    classId,
  }));
  if (head.endToEnd) return found;
  return nonMaxSuppression(found, selection.iou ?? DEFAULT_IOU, MAX_DETECTIONS);
}

interface Candidate {
  readonly anchor: number;
  readonly classId: number;
  readonly logit: number;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const byLogit = (a: Candidate, b: Candidate) => b.logit - a.logit;

/** The best class of every position whose score is above the confidence, in order of position. */
function bestClasses(
  logits: Float32Array,
  classCount: number,
  { confidence, classes }: Selection,
): Candidate[] {
  const found: Candidate[] = [];
  const ids = Array.from({ length: classCount }, (_, id) => id).filter((id) => classes?.has(id) ?? true);
  for (let anchor = 0; anchor < logits.length / classCount; anchor++) {
    const at = anchor * classCount;
    let best = -1;
    let logit = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i]!;
      if (!(logits[at + id]! > logit)) continue;
      best = id;
      logit = logits[at + id]!;
    }
    if (best >= 0 && sigmoid(logit) > confidence) found.push({ anchor, classId: best, logit });
  }
  return found;
}

/**
 * The published selection, in two steps of 300. Only pairs above the confidence are sorted: the others could only have
 * come after them.
 */
function bestPairs(logits: Float32Array, classCount: number, selection: Selection): Candidate[] {
  const { confidence, classes } = selection;
  const best = bestClasses(logits, classCount, { confidence });
  const positions = best.sort(byLogit).slice(0, MAX_DETECTIONS);
  const pairs: Candidate[] = [];
  for (const { anchor } of positions)
    for (let classId = 0; classId < classCount; classId++) {
      const logit = logits[anchor * classCount + classId]!;
      if (sigmoid(logit) > confidence) pairs.push({ anchor, classId, logit });
    }
  const chosen = pairs.sort(byLogit).slice(0, MAX_DETECTIONS);
  return classes ? chosen.filter(({ classId }) => classes.has(classId)) : chosen;
}
