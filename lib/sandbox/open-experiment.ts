/**
 * An experiment that code cells may start, and the settings it has when code names none. One that is private charges the ledger, as
 * it does in its own cell.
 */
export interface OpenExperiment<Params = Record<string, unknown>> {
  /** What it does, and what comes back: in words, for the list beside the editor. */
  text: string;
  /** Any of these may be left out of a call. */
  defaults: Readonly<Partial<Params>>;
}

/** Code that is run twice finds the same. */
export const SEEDED = { noiseSource: 'seeded', seed: 1 } as const;
