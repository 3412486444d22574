'use client';

/** The curves of a private training and its plain twin. */
import { useMemo } from 'react';
import { LineFigure, type LineFigureProps } from '@/components/charts/line-figure';
import type { LineSeries } from '@/components/charts/series';

type Along = 'step' | 'round';
type Reported = Partial<Record<Along, number>>;

/** How a curve reads an update. */
interface Curve<Update> extends Omit<LineSeries, 'points'> {
  of(update: Update): number | null;
}

/** The private model's curve and the plain one's. @param figure as updates name it: privateLoss and plainLoss are of `Loss` */
export const twins = <Figure extends string>(figure: Figure) =>
  (['private', 'plain'] as const).map(
    (role): Curve<Record<`private${Figure}` | `plain${Figure}`, number | null>> => ({
      id: role,
      label: role === 'private' ? 'Private' : 'Plain',
      role,
      of: (update) => update[`${role}${figure}`],
    }),
  );

export const SPENT: readonly Curve<{ epsilon: number }>[] = [
  { id: 'private', label: 'ε spent', role: 'private', of: ({ epsilon }) => epsilon },
];

/** A run that stays, faint, beside the next ones. */
export interface Pin<Update> {
  id: number;
  label: string;
  updates: readonly Update[];
}

export interface ShownRun<Update> {
  updates: readonly Update[];
  /** Steps or rounds when it is over. */
  total: number;
  pins?: readonly Pin<Update>[];
}

interface RunFigureProps<Update> extends Omit<LineFigureProps, 'series' | 'x'> {
  run: ShownRun<Update>;
  /** Declared once, outside of any component. The first is drawn of pinned runs too. */
  curves: readonly Curve<NoInfer<Update>>[];
  along?: Along;
}

const NONE: readonly never[] = [];

/** Figures of a run's updates as lines, over all that it will take. */
export function RunFigure<Update extends Reported>({
  run: { updates, total, pins = NONE },
  curves,
  along = 'step',
  ...figure
}: RunFigureProps<Update>) {
  const series = useMemo(() => {
    const line = ({ of, ...look }: Curve<Update>, from: readonly Update[]): LineSeries => ({
      ...look,
      points: from.map((update) => ({ x: update[along]!, y: of(update) })),
    });
    const kept = pins.map(({ id, label, updates: old }) =>
      line({ ...curves[0]!, id: `pin-${id}`, label, faint: true }, old),
    );
    return [...kept, ...curves.map((curve) => line(curve, updates))];
  }, [curves, updates, pins, along]);
  return <LineFigure {...figure} series={series} x={{ label: along, whole: true, min: 0, max: total }} />;
}
