/**
 * From what the heads say to boxes. Each cell speaks for its centre: four distances, each the mean of a distribution over
 * 0 … 10 cells (Li et al. 2020, "Generalized Focal Loss", equations 3 and 4), and a score for each of 80 classes. There is no
 * separate score for "something is here": a class's score was trained towards how well the box fits.
 */
import { iou, nonMaxSuppression } from '../boxes';
import { type Box, DetectionError } from '../detector';
import { MAX_DETECTIONS, type SquareDetection } from '../networks/decode';
import { BINS, CLASS_COUNT, STRIDES, VALUES_PER_CELL } from './layers';
import { cellCount } from './network';

/** Overlap above which suppression drops the weaker of two boxes of one class, as published. */
export const DEFAULT_IOU = 0.6;
/** As published: at most so many candidates a scale before suppression. */
const MOST_CANDIDATES = 1000;
/**
 * Two boxes that overlap more than this are one box with two names. A rider and a horse overlap by half; a cat that is also
 * called a dog by nearly all.
 */
export const ONE_BOX_IOU = 0.85;

export interface NanoDetSelection {
  /** Scores must be above it. */
  readonly confidence: number;
  readonly iou?: number;
  /** Classes to keep; all if absent. Chosen before suppression. */
  readonly classes?: ReadonlySet<number>;
  /** Keep both names of a box that carries two. Only the better one if absent. */
  readonly everyName?: boolean;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

interface Candidate {
  readonly cell: number;
  readonly classId: number;
  readonly logit: number;
}

/**
 * @param values A × 124, as `NanoDetNetwork.forward` gives them
 * @param size S, the side of the input square in pixels
 * @returns boxes in pixels of the square, clipped to it, best first, at most 300
 */
export function decodeNanoDet(
  values: Float32Array,
  size: number,
  { confidence, iou: overlap = DEFAULT_IOU, classes, everyName = false }: NanoDetSelection,
): SquareDetection[] {
  if (values.length !== cellCount(size) * VALUES_PER_CELL)
    throw new DetectionError(
      'predictions-malformed',
      `The network gave ${values.length} values for ${cellCount(size)} cells.`,
      'Load the model again.',
    );
  const found: SquareDetection[] = [];
  let first = 0;
  for (const stride of STRIDES) {
    const side = size / stride;
    for (const { cell, classId, logit } of candidates(values, first, side * side, confidence, classes))
      found.push({
        box: boxOf(values, (first + cell) * VALUES_PER_CELL, cell, side, stride, size),
        score: sigmoid(logit),
        classId,
      });
    first += side * side;
  }
  const kept = nonMaxSuppression(found, overlap, MAX_DETECTIONS);
  return everyName ? kept : oneNameEach(kept);
}

/** The best (cell, class) pairs of one scale: a cell may stand for several classes. */
function candidates(
  values: Float32Array,
  first: number,
  cells: number,
  confidence: number,
  classes: ReadonlySet<number> | undefined,
): Candidate[] {
  // One comparison of logits a pair, not one sigmoid.
  const least = Math.log(confidence / (1 - confidence));
  const found: Candidate[] = [];
  for (let cell = 0; cell < cells; cell++) {
    const at = (first + cell) * VALUES_PER_CELL;
    for (let classId = 0; classId < CLASS_COUNT; classId++) {
      const logit = values[at + classId]!;
      if (logit > least && (classes?.has(classId) ?? true)) found.push({ cell, classId, logit });
    }
  }
  if (found.length <= MOST_CANDIDATES) return found;
  return found.sort((a, b) => b.logit - a.logit).slice(0, MOST_CANDIDATES);
}

function boxOf(
  values: Float32Array,
  at: number,
  cell: number,
  side: number,
  stride: number,
  size: number,
): Box {
  const x = ((cell % side) + 0.5) * stride;
  const y = (Math.floor(cell / side) + 0.5) * stride;
  const reach = (edge: number) => stride * meanBin(values, at + CLASS_COUNT + edge * BINS);
  const within = (place: number) => Math.min(Math.max(place, 0), size);
  return [within(x - reach(0)), within(y - reach(1)), within(x + reach(2)), within(y + reach(3))];
}

/** Σ k · softmax(bins)ₖ */
function meanBin(values: Float32Array, at: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < BINS; k++) largest = Math.max(largest, values[at + k]!);
  let sum = 0;
  let mean = 0;
  for (let k = 0; k < BINS; k++) {
    const weight = Math.exp(values[at + k]! - largest);
    sum += weight;
    mean += k * weight;
  }
  return mean / sum;
}

/**
 * Drops a box that nearly coincides with a better one of another class.
 * @param detections best first
 */
export function oneNameEach<T extends { readonly box: Box }>(detections: readonly T[]): T[] {
  const kept: T[] = [];
  for (const detection of detections)
    if (!kept.some(({ box }) => iou(box, detection.box) > ONE_BOX_IOU)) kept.push(detection);
  return kept;
}
