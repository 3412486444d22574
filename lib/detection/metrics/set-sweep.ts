/** How accurate a detector stays on a whole set of pictures as noise grows. */
import type { Detection, Detector, PixelImage } from '../detector';
import { averagePrecision, type EvaluatedPicture } from './average-precision';
import { compareDetections, type Reference } from './match';

/** Scores down to here enter the average precision, as in the field's own evaluations. */
export const LOWEST_SCORE = 0.001;

/** A picture of the set. `load` is called for every point: keep what it gives if there is room. */
export interface SetPicture {
  readonly name: string;
  load(): Promise<PixelImage>;
  /** What is there; without labels, what the detector sees in the clean picture. */
  readonly labels?: readonly Reference[];
}

export interface SetSweepOptions {
  detector: Detector;
  pictures: readonly SetPicture[];
  scales: readonly number[];
  /** Each seed gives a point at every scale. */
  seeds: readonly number[];
  /** The disturbed picture. `index` is the picture's place in the set: give each its own noise. */
  disturb(image: PixelImage, scale: number, seed: number, index: number): PixelImage;
  /** What counts as seen for precision, recall and count. Average precision looks below it. */
  confidence: number;
  signal?: AbortSignal;
  /** After every picture, since a point takes a while. */
  progress?(done: number, total: number): void;
}

export interface ClassPoint {
  readonly classId: number;
  readonly className: string;
  /** Objects of this class to be found, and how many were. */
  readonly objects: number;
  readonly found: number;
}

export interface SetPoint {
  readonly scale: number;
  readonly seed: number;
  /** Detections above the confidence, in all pictures. */
  readonly count: number;
  readonly meanConfidence: number | null;
  /** Over all detections and objects of the set together; null where there are none. */
  readonly precision: number | null;
  readonly recall: number | null;
  readonly mAP50: number | null;
  readonly mAP50_95: number | null;
  /** Classes that have objects, in order of their number. */
  readonly perClass: readonly ClassPoint[];
  readonly done: number;
  readonly total: number;
}

/** One point for each scale and seed, as they come. Stop waits for at most one inference. */
export async function* sweepSet(options: SetSweepOptions): AsyncGenerator<SetPoint, void, undefined> {
  const { detector, pictures, scales, seeds, disturb, confidence, signal, progress } = options;
  const unlabelled = pictures.filter(({ labels }) => !labels).length;
  const inferences = unlabelled + scales.length * seeds.length * pictures.length;
  let made = 0;
  const detect = async (image: PixelImage) => {
    signal?.throwIfAborted();
    const detections = await detector.detect(image, {
      confidence: LOWEST_SCORE,
      everyName: true,
      ...(signal ? { signal } : {}),
    });
    // CPU and WASM answer without ever leaving this task: let messages such as Stop in.
    await new Promise((resume) => setTimeout(resume));
    signal?.throwIfAborted();
    progress?.(++made, inferences);
    return detections;
  };
  const seen = (detections: readonly Detection[]) => {
    const above = detections.filter(({ score }) => score > confidence);
    return detector.withOneName?.(above) ?? above;
  };

  const references: (readonly Reference[])[] = [];
  for (const { labels, load } of pictures) references.push(labels ?? seen(await detect(await load())));

  let done = 0;
  for (const scale of scales)
    for (const seed of seeds) {
      const evaluated: (EvaluatedPicture & { predictions: readonly Detection[] })[] = [];
      for (const [index, picture] of pictures.entries())
        evaluated.push({
          predictions: await detect(disturb(await picture.load(), scale, seed, index)),
          groundTruth: references[index]!,
        });
      const { mAP50, mAP50_95 } = averagePrecision(evaluated);
      const agreement = pool(
        evaluated.map(({ predictions, groundTruth }) => ({ predictions: seen(predictions), groundTruth })),
        detector.classes,
      );
      yield { scale, seed, mAP50, mAP50_95, ...agreement, done: ++done, total: scales.length * seeds.length };
    }
}

/** Precision and recall over all pictures together: each detection and each object counts the same. */
function pool(
  pictures: readonly { predictions: readonly Detection[]; groundTruth: readonly Reference[] }[],
  classes: readonly string[],
) {
  const perClass = new Map<number, { objects: number; found: number }>();
  const tally = (classId: number) => {
    const entry = perClass.get(classId) ?? { objects: 0, found: 0 };
    perClass.set(classId, entry);
    return entry;
  };
  let [count, right, objects, scores] = [0, 0, 0, 0];
  for (const { predictions, groundTruth } of pictures) {
    for (const { classId } of groundTruth) tally(classId).objects++;
    const { matches, truePositives } = compareDetections(predictions, groundTruth);
    for (const { detection, reference } of matches) {
      scores += detection.score;
      if (reference !== null) tally(detection.classId).found++;
    }
    count += predictions.length;
    right += truePositives;
    objects += groundTruth.length;
  }
  return {
    count,
    meanConfidence: count === 0 ? null : scores / count,
    precision: count === 0 ? null : right / count,
    recall: objects === 0 ? null : right / objects,
    perClass: [...perClass]
      .sort(([a], [b]) => a - b)
      .map(([classId, found]) => ({ classId, className: classes[classId] ?? `class ${classId}`, ...found })),
  };
}
