/** What sweeps over ε find, whatever they train. */
import { findings } from '@/lib/notebook/own/findings';
import type { SweepResult } from '@/lib/runs/sweep-runs';

type Points = SweepResult['points'];

function best(points: Points): number | null {
  return points.length === 0 ? null : Math.max(...points.map(({ accuracy }) => accuracy));
}

/** @param figure what a run is judged by, in words */
export const sweepFindings = (figure: string) =>
  findings<SweepResult>(
    ['runs on the chart', (r) => r.points.length],
    [`best ${figure}, private`, (r) => best(r.points.filter(({ epsilon }) => epsilon !== null))],
    [`best ${figure}, plain`, (r) => best(r.points.filter(({ epsilon }) => epsilon === null))],
  );
