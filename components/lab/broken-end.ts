import type { BrokenOff, brokenRow } from '@/lib/notebook/own/run-table';
import type { RunSnapshot } from '@/lib/runtime';

type End = Parameters<typeof brokenRow>[2];

/**
 * How a run ended that did not come to its end, for the table of runs; null where it was charged nothing, or still goes on.
 * @param timeOrigin of the clock that snapshots are timed by, in milliseconds since 1970
 */
export function brokenEnd(snapshot: RunSnapshot, timeOrigin = performance.timeOrigin): End | null {
  const { state, phase, step, total, backend, startedAt, endedAt, provenance } = snapshot;
  const charged = provenance?.charged ?? snapshot.charged;
  if ((state !== 'stopped' && state !== 'failed') || !charged || endedAt === null) return null;
  // Downloads and shaders are counted in steps as well: not those of the run.
  const counted: BrokenOff =
    phase === 'run' && step > 0
      ? { how: state, step: Math.round(step), total: total === null ? null : Math.round(total) }
      : { how: state, step: null, total: null };
  return {
    ...counted,
    charged,
    backend: backend?.name ?? null,
    seconds: startedAt === null ? 0 : (endedAt - startedAt) / 1000,
    finishedAt: new Date(timeOrigin + endedAt).toISOString(),
  };
}
