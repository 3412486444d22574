/** What somebody says of their privacy, taken apart. What was not said is null. */

export type Sampling = 'poisson' | 'shuffled' | 'none';
export type Tuning = 'private-data' | 'elsewhere';
export type ClaimedModel = 'central' | 'local' | 'federated' | 'shuffled-reports';
export type ClaimedUnit = 'person' | 'household' | 'device' | 'record' | 'event';

/** For how long ε is said to hold: `perYear` such spans make a year, 1 for what is once and for all. */
export interface ClaimedPeriod {
  words: string;
  perYear: number;
}

export interface Claim {
  /** nats; 0 or more */
  epsilon: number | null;
  /** 0 ≤ δ < 1 */
  delta: number | null;
  /** ρ of zero-concentrated DP, above 0 */
  rho: number | null;
  period: ClaimedPeriod | null;
  unit: ClaimedUnit | null;
  /** How many records, examples or events a person may have in the data, where it is said. */
  recordsPerPerson: number | null;
  model: ClaimedModel | null;
  sampling: Sampling | null;
  tuning: Tuning | null;
  /** Settings or runs that were tried. */
  tries: number | null;
  /** What two neighbouring data sets differ by. */
  relation: 'add-or-remove' | 'replace' | null;
  /** The training, where it is told: σ, lots of an epoch (or data set and lot size), epochs. */
  noiseMultiplier: number | null;
  lotSize: number | null;
  datasetSize: number | null;
  epochs: number | null;
}

export const NOTHING_SAID: Claim = {
  epsilon: null,
  delta: null,
  rho: null,
  period: null,
  unit: null,
  recordsPerPerson: null,
  model: null,
  sampling: null,
  tuning: null,
  tries: null,
  relation: null,
  noiseMultiplier: null,
  lotSize: null,
  datasetSize: null,
  epochs: null,
};
