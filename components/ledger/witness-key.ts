/**
 * Where the note lies that a ledger was here. Not in the database, which is what may vanish; and in a file of its own, so
 * that a page can ask for the note without loading the ledger.
 */
import { NAMES } from '@/lib/kept';
export const WITNESS = NAMES.witness;
