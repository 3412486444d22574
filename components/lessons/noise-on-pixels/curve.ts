import type { Point } from '@/components/charts/series';

/** The mean over draws at each noise scale, with the lowest and highest draw around it. */
export function curve<Update extends { scale: number }>(
  updates: readonly Update[],
  read: (update: Update) => number | null,
): Point[] {
  const byScale = new Map<number, number[]>();
  for (const update of updates) {
    const value = read(update);
    const group = byScale.get(update.scale) ?? [];
    if (value !== null) group.push(value);
    byScale.set(update.scale, group);
  }
  return [...byScale].map(([x, group]) =>
    group.length === 0
      ? { x, y: null }
      : {
          x,
          y: group.reduce((sum, value) => sum + value, 0) / group.length,
          // One draw alone has no spread to show.
          ...(group.length > 1 ? { low: Math.min(...group), high: Math.max(...group) } : {}),
        },
  );
}
