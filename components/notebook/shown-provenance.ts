/** Whether the foot of a cell says how its numbers came to be: only where there are some. */
import type { Provenance } from '@/lib/runtime';

/** The part of a run that is looked at. */
export interface ShownRun {
  provenance: Provenance | null;
  result: unknown;
  updates: readonly unknown[];
}

/**
 * Of a run that was stopped or failed before it found anything, nothing is told: the cell may show an earlier, recorded one in its place.
 * But what the ledger was charged for stays in sight.
 */
export function shownProvenance({ provenance, result, updates }: ShownRun): Provenance | null {
  return result !== null || updates.length > 0 || provenance?.charged ? provenance : null;
}
