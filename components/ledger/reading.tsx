import { useLedgerFailure } from './use-ledger';

/** In the place of a line of the ledger until it is open, and when it cannot be. */
export function Reading() {
  const failure = useLedgerFailure();
  return (
    <p className="text-sm text-secondary" data-what-if-reading>
      {failure === null ? 'Reading the ledger …' : `The ledger could not be opened: ${failure}`}
    </p>
  );
}
