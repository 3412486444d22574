/**
 * Which charges a piece of work makes: whoever runs it hears the ledger's id of each as it is admitted, so that a result can be led
 * back to its records, and to the label that is made of them. A worker runs one thing at a time, so that what is heard is its own.
 */

type Heard = (event: string) => void;

const hearers = new Set<Heard>();

/** @returns ends the hearing */
export function hearCharges(heard: Heard): () => void {
  hearers.add(heard);
  return () => hearers.delete(heard);
}

/** For the ledger. */
export function tellCharge(event: string): void {
  for (const heard of hearers) heard(event);
}
