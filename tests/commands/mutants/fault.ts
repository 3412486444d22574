/** A small change of the product that makes it wrong, and the tests that must see it. */
export interface Fault {
  /** What is then wrong. */
  readonly what: string;
  /** Of the product. */
  readonly file: string;
  /** Text that stands there once. */
  readonly from: string;
  readonly to: string;
  readonly seenBy: readonly string[];
}
