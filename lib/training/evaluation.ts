/** What is said of a classifier that was tried on examples. */
export interface Evaluation {
  /** Part answered rightly, 0 … 1. */
  accuracy: number;
  /** Mean cross-entropy in nats. */
  loss: number;
  /** The class given to each example. */
  guesses: Uint8Array;
}
