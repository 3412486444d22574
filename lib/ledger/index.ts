/** The privacy ledger: one budget across every run. */
export { hashBytes } from './canonical';
export {
  chargedMechanisms,
  chargedMechanismsOfPlan,
  chargedSteps,
  isPrivate,
  type RunState,
  runState,
  startedSteps,
} from './charge';
export {
  type ChargedRelease,
  chargedRelease,
  chargedReleaseSchema,
  togetherCharged,
} from './charged-release';
export { advancedEpsilon, gdpApproximation } from './comparisons';
export { fromCsvFile, toCsvFile } from './csv-file';
export { type Damaged, toDamagedFile, unknownCharges } from './damaged';
export { LedgerError, type LedgerErrorCode, type StorageFailureCause } from './errors';
export {
  admit,
  type FewerSteps,
  FILTER_ORDERS,
  filterEpsilon,
  type MoreNoise,
  type Refusal,
  runningEpsilon,
} from './filter';
export { budgetForesight, resultsSeenBy } from './foresight';
export { type ImportReport, importLedger } from './import';
export { fromJsonFile, type LabelInFile, type LedgerFile, toJsonFile } from './json-file';
export { type AccountRequest, type Decision, Ledger, type LedgerOptions } from './ledger';
export { gathered, mechanismInWords } from './mechanism';
export { openLedger } from './open';
export type { RunPlan } from './plan';
export { type RunRecord, runRecord } from './record';
export { RULE_IN_WORDS } from './rules';
export type { LedgerRun } from './run';
export {
  type Account,
  accountId,
  currentBudget,
  type EventKind,
  type FilterKind,
  type LedgerEvent,
  type NoiseSource,
  type Phase,
  plannedSteps,
  type Relation,
  type StopReason,
} from './schema';
export type { LedgerSnapshot, LedgerStatus } from './store';
export {
  countedEvents,
  epsilonOf,
  epsilonOfMechanisms,
  naiveEpsilon,
  type Totals,
  totalsOf,
  type WhatIf,
  whatIf,
} from './totals';
export { readWitness, type Witness, witness } from './witness';
