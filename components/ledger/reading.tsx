/** In the place of a line of the ledger until it is open. */
export function Reading() {
  return <p className="text-sm text-secondary">Reading the ledger …</p>;
}
