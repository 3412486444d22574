/** What sweeps over ε and audits find, whatever is trained. */
import { findings } from '@/lib/notebook/own/findings';
import type { RunAudit } from '@/lib/runs/audit-run';
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

export const AUDIT_FINDINGS = findings<RunAudit>(
  ['ε proven from below', (r) => r.bounds && Math.max(...Object.values(r.bounds))],
  ['ε claimed', (r) => r.claimed],
  ['guesses that were right', (r) => r.bounds && r.correct],
  ['guesses', (r) => r.bounds && r.guesses],
);
