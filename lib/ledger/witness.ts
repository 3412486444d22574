/**
 * A note kept apart from the database: that there was a ledger, since when, and how many charges it had.
 *
 * A database that is cleared while no page is open leaves no trace of itself. With this note beside it the next page can at
 * least say that a history is gone, and that every total is only a lower bound. Whoever clears everything clears the note too:
 * that cannot be detected.
 */
import * as z from 'zod';
import type { LedgerSnapshot } from './store';

const witnessSchema = z.strictObject({
  /** When the ledger last seen began to count. ISO 8601. */
  since: z.iso.datetime({ precision: 3 }),
  /** Charges seen in it, those of forgotten data sets included. */
  charges: z.int().min(0),
  /** A ledger that was there before and is gone. */
  lost: z.strictObject({ since: z.iso.datetime({ precision: 3 }), charges: z.int().positive() }).nullable(),
});
export type Witness = z.infer<typeof witnessSchema>;

/** The note as it was stored; null for none, and for one that cannot be read. */
export function readWitness(text: string | null): Witness | null {
  if (text === null) return null;
  try {
    return witnessSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/**
 * The note to keep now. A ledger that began later than the one last seen and has fewer charges has lost them; a file or another
 * tab that brings as many back makes good for it. A ledger in memory proves nothing, so it changes nothing.
 */
export function witness(seen: Witness | null, snapshot: LedgerSnapshot): Witness | null {
  const { status, since, events, tombstones } = snapshot;
  if (!status.durable) return seen;
  const charges = events.length + tombstones.reduce((sum, { events: ids }) => sum + ids.length, 0);
  if (seen === null) return charges === 0 ? null : { since, charges, lost: null };
  const isGone = since > seen.since && charges < seen.charges;
  const before = isGone ? { since: seen.lost?.since ?? seen.since, charges: seen.charges } : seen.lost;
  const lost = before !== null && charges < before.charges ? before : null;
  // A ledger written back by an open page began, for its readers, when the first one did.
  return { since: isGone ? since : seen.since < since && lost === null ? seen.since : since, charges, lost };
}
