/** Points of a sweep as lines: the mean at each ε, with the worst and the best run around it. */
import type { LineSeries, Point } from '@/components/charts/series';
import type { SweepPoint } from '@/lib/runs/sweep-store';

/** Test accuracy on MNIST as printed, at δ = 1e-5; other models, and the accountants of their day. */
export const PUBLISHED = [
  { source: 'Abadi et al. 2016', epsilon: 0.5, accuracy: 0.9 },
  { source: 'Abadi et al. 2016', epsilon: 2, accuracy: 0.95 },
  { source: 'Abadi et al. 2016', epsilon: 8, accuracy: 0.97 },
  { source: 'Papernot et al. 2021', epsilon: 2.93, accuracy: 0.981 },
  { source: 'Tramèr and Boneh 2021', epsilon: 3, accuracy: 0.987 },
] as const;

export interface Spread {
  mean: number;
  low: number;
  high: number;
  runs: number;
}

export function spreadOf(values: readonly number[]): Spread | null {
  if (values.length === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, low: Math.min(...values), high: Math.max(...values), runs: values.length };
}

const at = (x: number, { mean, low, high }: Spread): Point => ({ x, y: mean, low, high });

/** One entry an ε that has a finished run, ascending; null stands for the plain runs. */
export function spreads(points: readonly SweepPoint[]): { epsilon: number | null; spread: Spread }[] {
  const epsilons = [...new Set(points.map(({ epsilon }) => epsilon))].sort(
    (a, b) => (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY),
  );
  return epsilons.map((epsilon) => ({
    epsilon,
    spread: spreadOf(points.filter((one) => one.epsilon === epsilon).map(({ accuracy }) => accuracy))!,
  }));
}

export interface CurveOptions {
  /** Smallest and largest ε of the axis: the plain line goes all the way. */
  ends: readonly [number, number];
  /** Lower end of the other axis, where it does not follow the points. */
  floor?: { min: number };
  /** Points from elsewhere, drawn as diamonds. */
  compared: { id: string; label: string; points: readonly Point[] };
}

export function sweepSeries(points: readonly SweepPoint[], { ends, compared }: CurveOptions): LineSeries[] {
  const all = spreads(points);
  const plain = all.find(({ epsilon }) => epsilon === null)?.spread;
  return [
    {
      id: 'private',
      label: 'Private',
      role: 'private',
      points: all.flatMap(({ epsilon, spread }) => (epsilon === null ? [] : [at(epsilon, spread)])),
    },
    {
      id: 'plain',
      label: 'Plain, no ε',
      role: 'plain',
      points: plain ? ends.map((x) => at(x, plain)) : [],
    },
    { ...compared, role: 'noise', dots: true },
  ];
}
