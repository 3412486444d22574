import type { Point } from '@/components/charts/series';

/** The mean over draws at each noise scale, with the lowest and highest draw around it. */
export function curve<Figure extends string>(
  updates: readonly ({ scale: number } & Record<Figure, number | null>)[],
  figure: Figure,
): Point[] {
  const byScale = new Map<number, number[]>();
  for (const { scale, [figure]: value } of updates) {
    const group = byScale.get(scale) ?? [];
    if (value !== null) group.push(value);
    byScale.set(scale, group);
  }
  // One draw at every scale has no spread to show. One alone among many has: where the others found nothing to divide by, the
  // band narrows to it, and does not end in a wall before it.
  const spreads = updates.length > byScale.size;
  return [...byScale].map(([x, group]) =>
    group.length === 0
      ? { x, y: null }
      : {
          x,
          y: group.reduce((sum, value) => sum + value, 0) / group.length,
          ...(spreads ? { low: Math.min(...group), high: Math.max(...group) } : {}),
        },
  );
}
