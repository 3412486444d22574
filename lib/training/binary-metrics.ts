/** How good a classifier with two answers is. Everywhere `answers` are 0 or 1, and `scores` the probabilities given to 1. */

export interface Confusion {
  truePositives: number;
  falsePositives: number;
  trueNegatives: number;
  falseNegatives: number;
}

/** Counts with everything from `threshold` on called 1. */
export function confusion(
  scores: ArrayLike<number>,
  answers: ArrayLike<number>,
  threshold: number,
): Confusion {
  const found = { truePositives: 0, falsePositives: 0, trueNegatives: 0, falseNegatives: 0 };
  for (let i = 0; i < scores.length; i++) {
    const called = scores[i]! >= threshold;
    if (answers[i] === 1) found[called ? 'truePositives' : 'falseNegatives']++;
    else found[called ? 'falsePositives' : 'trueNegatives']++;
  }
  return found;
}

export const accuracyOf = (c: Confusion) =>
  (c.truePositives + c.trueNegatives) /
  (c.truePositives + c.trueNegatives + c.falsePositives + c.falseNegatives);
/** Share of the ones that are called 1. */
export const sensitivityOf = (c: Confusion) => c.truePositives / (c.truePositives + c.falseNegatives);
/** Share of the zeros that are called 0. */
export const specificityOf = (c: Confusion) => c.trueNegatives / (c.trueNegatives + c.falsePositives);

export interface RocPoint {
  falsePositiveRate: number;
  truePositiveRate: number;
}

/** The ROC curve from (0, 0) to (1, 1), one point for each distinct score. */
export function rocPoints(scores: ArrayLike<number>, answers: ArrayLike<number>): RocPoint[] {
  const order = Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const ones = order.reduce((sum, i) => sum + answers[i]!, 0);
  const zeros = order.length - ones;
  const points: RocPoint[] = [{ falsePositiveRate: 0, truePositiveRate: 0 }];
  let hits = 0;
  let alarms = 0;
  order.forEach((i, at) => {
    if (answers[i] === 1) hits++;
    else alarms++;
    if (at + 1 < order.length && scores[order[at + 1]!] === scores[i]) return;
    points.push({ falsePositiveRate: alarms / zeros, truePositiveRate: hits / ones });
  });
  return points;
}

/** Area under the ROC curve: how often a random 1 scores above a random 0, ties counted half. */
export function areaUnderRoc(scores: ArrayLike<number>, answers: ArrayLike<number>): number {
  const points = rocPoints(scores, answers);
  let area = 0;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1]!, points[i]!];
    area += ((b.falsePositiveRate - a.falsePositiveRate) * (a.truePositiveRate + b.truePositiveRate)) / 2;
  }
  return area;
}

export interface CalibrationBin {
  from: number;
  to: number;
  count: number;
  /** Mean of the scores in it, and share of ones among them; null where it is empty. */
  said: number | null;
  happened: number | null;
}

/** Scores in equal bins: what was said, and what happened. */
export function calibrationBins(
  scores: ArrayLike<number>,
  answers: ArrayLike<number>,
  bins = 10,
): CalibrationBin[] {
  const count = new Array<number>(bins).fill(0);
  const said = new Array<number>(bins).fill(0);
  const happened = new Array<number>(bins).fill(0);
  for (let i = 0; i < scores.length; i++) {
    const bin = Math.min(bins - 1, Math.floor(scores[i]! * bins));
    count[bin]!++;
    said[bin]! += scores[i]!;
    happened[bin]! += answers[i]!;
  }
  return count.map((n, bin) => ({
    from: bin / bins,
    to: (bin + 1) / bins,
    count: n,
    said: n === 0 ? null : said[bin]! / n,
    happened: n === 0 ? null : happened[bin]! / n,
  }));
}

/** Expected calibration error: the gap between said and happened, weighted by the bins' counts. */
export function calibrationError(bins: readonly CalibrationBin[]): number {
  const all = bins.reduce((sum, { count }) => sum + count, 0);
  return bins.reduce(
    (sum, { count, said, happened }) => sum + (count * Math.abs((said ?? 0) - (happened ?? 0))) / all,
    0,
  );
}
