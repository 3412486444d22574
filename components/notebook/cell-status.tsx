import type { CellState } from '@/lib/runtime';

const LOOKS: Record<CellState, { dot: string; ring: string }> = {
  idle: { dot: 'bg-line-strong', ring: 'border-line' },
  preparing: { dot: 'bg-accent motion-safe:animate-pulse', ring: 'border-accent' },
  running: { dot: 'bg-accent motion-safe:animate-pulse', ring: 'border-accent' },
  done: { dot: 'bg-noise', ring: 'border-line' },
  stopped: { dot: 'bg-plain', ring: 'border-line' },
  failed: { dot: 'bg-danger', ring: 'border-danger' },
};

/** The state of a cell in one word, and beside it whether what is shown is stale. */
export function CellStatus({ state, stale }: { state: CellState; stale: boolean }) {
  const { dot, ring } = LOOKS[state];
  return (
    <span className="flex items-center gap-1.5 text-sm">
      <span
        className={`inline-flex items-center gap-1.5 min-w-25 rounded-full border px-2.5 py-0.5 ${ring}`}
        data-status={state}
      >
        <span aria-hidden="true" className={`h-2 w-2 rounded-full ${dot}`} />
        {state}
      </span>
      {stale ? (
        <span
          className="rounded-full border border-dashed border-line-strong px-2 py-0.5"
          title="The settings have moved since this was made."
        >
          stale
        </span>
      ) : null}
    </span>
  );
}
