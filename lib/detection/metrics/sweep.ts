/** What a detector still sees as noise grows: one point for each noise scale and seed, as they come. */
import type { Detection, Detector, PixelImage } from '../detector';
import { type Agreement, compareDetections, type Reference } from './match';

export interface SweepOptions {
  detector: Detector;
  image: PixelImage;
  /** Noise scales, in the order they are wanted. */
  scales: readonly number[];
  /** Noise seeds; each gives a point at every scale. */
  seeds: readonly number[];
  /** The disturbed picture. Must depend on nothing but these three. */
  disturb(image: PixelImage, scale: number, seed: number): PixelImage;
  confidence: number;
  /** The boxes that should be found; without them, the detections in the clean picture. */
  references?: readonly Reference[];
  /** Overlap that counts as found. */
  iou?: number;
  signal?: AbortSignal;
}

export interface SweepPoint extends Agreement {
  readonly scale: number;
  readonly seed: number;
  readonly detections: readonly Detection[];
  /** Points so far including this one, and points in all. */
  readonly done: number;
  readonly total: number;
}

/**
 * Runs the detector on ever noisier pictures: all seeds of the first scale, then of the next.
 * Ends early with the signal's reason when stopped; a point takes one inference, so Stop waits for at most one.
 */
export async function* sweep(options: SweepOptions): AsyncGenerator<SweepPoint, void, undefined> {
  const { detector, image, scales, seeds, disturb, confidence, signal } = options;
  const detect = (picture: PixelImage) =>
    detector.detect(picture, { confidence, ...(signal ? { signal } : {}) });
  const references = options.references ?? (await detect(image));
  const total = scales.length * seeds.length;
  let done = 0;
  for (const scale of scales)
    for (const seed of seeds) {
      signal?.throwIfAborted();
      const detections = await detect(disturb(image, scale, seed));
      // CPU and WASM answer without ever leaving this task: let messages such as Stop in.
      await new Promise((resume) => setTimeout(resume));
      signal?.throwIfAborted();
      const agreement = compareDetections(detections, references, options.iou);
      yield { ...agreement, scale, seed, detections, done: ++done, total };
    }
}

export interface SweepSummary {
  readonly scale: number;
  /** Points averaged: seeds so far. */
  readonly points: number;
  /** Means over the points that have the figure; null if none has. */
  readonly count: number;
  readonly meanConfidence: number | null;
  readonly referenceConfidence: number | null;
  readonly precision: number | null;
  readonly recall: number | null;
}

/** Means over seeds at each scale, in order of scale. Take it after every point to draw a chart that fills. */
export function summarise(points: readonly SweepPoint[]): SweepSummary[] {
  const byScale = new Map<number, SweepPoint[]>();
  for (const point of points) byScale.set(point.scale, [...(byScale.get(point.scale) ?? []), point]);
  return [...byScale]
    .sort(([a], [b]) => a - b)
    .map(([scale, group]) => ({
      scale,
      points: group.length,
      count: mean(group.map((point) => point.count)) ?? 0,
      meanConfidence: mean(group.map((point) => point.meanConfidence)),
      referenceConfidence: mean(group.map((point) => point.referenceConfidence)),
      precision: mean(group.map((point) => point.precision)),
      recall: mean(group.map((point) => point.recall)),
    }));
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
