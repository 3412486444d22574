/**
 * What ε means: mechanisms, accountants, calibration, composition, local privacy, auditing. Plain numbers: no tensors, no DOM.
 *
 * Units throughout: ε in nats; δ a probability; σ the noise multiplier (noise standard deviation divided by the clip or the
 * sensitivity); neighbouring data sets differ by one example added or removed.
 */
export { type AccountantQuestion, answerOf, firstQuestion, remember } from './answers';
export { composedTradeOff } from './attack-curve';
export { type AttackOutcomes, type AuditResult, clopperPearsonAudit } from './auditing/clopper-pearson-audit';
export { fDpAudit, fDpPValue, type GuessOutcomes } from './auditing/f-dp-audit';
export { type GaussianAudit, gaussianShiftAudit, gaussianSpreadAudit } from './auditing/gaussian-score-audit';
export {
  bestByGuesses,
  GUESSED_SHARES,
  guessByScore,
  guessCounts,
  type ScoredCanaries,
} from './auditing/guesses';
export { gaussianMembership, type MembershipBounds, membershipBounds } from './auditing/membership';
export { type OneRunOutcomes, oneRunAudit, oneRunPValue } from './auditing/one-run-audit';
export {
  AUDIT_BOUNDS,
  type AuditBound,
  type AuditQuestion,
  auditBound,
  auditSideBySide,
} from './auditing/side-by-side';
export {
  type ApproximateDp,
  advancedComposition,
  basicComposition,
  optimalComposition,
} from './classical-composition';
export {
  type Accountant,
  type Composition,
  composeDelta,
  composeEvents,
  type DirectionBound,
} from './compose';
export { type CorrelatedNoise, type RunningSumNoise, runningSumNoise } from './correlated-noise';
export {
  bestGuessOf,
  COUNTING_MECHANISMS,
  type CountingMechanism,
  type CountingMechanismId,
  countingMechanism,
} from './counting-mechanism';
export { differencingRight } from './differencing';
export {
  type Budget,
  calibrateNoiseMultiplier,
  type DpSgdRun,
  dpSgdEpsilon,
  maxSteps,
  rdpEpsilon,
} from './dp-sgd';
export { PrivacyError, type PrivacyErrorCode } from './errors';
export type {
  ApproximateEvent,
  GaussianEvent,
  LaplaceEvent,
  ParallelEvent,
  PoissonGaussianEvent,
  PrivacyEvent,
  PureEvent,
  SingleEvent,
  TruncatedPoissonGaussianEvent,
} from './events';
export { timesRun } from './events';
export { centralLimitEpsilonNotABound, gaussianTotal, gdpEpsilon } from './gaussian-dp';
export { groupPrivacy, namedSecretBound } from './group-privacy';
export { leastNoise, NOISE_DIGITS, type NoiseQuestion, roundNoiseUp } from './least-noise';
export { sampleBinomial } from './local/binomial-sample';
export { CountMeanSketch, type SketchReport, sketchFrequencyVariance } from './local/count-mean-sketch';
export { type CrowdKind, crowdIntoSketch, crowdSupportCounts } from './local/crowd';
export { estimateFrequencies, estimateFromCounts } from './local/estimate-frequencies';
export {
  confidenceQuantile,
  type FrequencyEstimate,
  type FrequencyOracle,
  frequencyVariance,
} from './local/frequency-oracle';
export { type HadamardResponse, hadamardResponse, hadamardVarianceAtZero } from './local/hadamard-response';
export {
  kAryBeatsUnary,
  kAryRandomizedResponse,
  kAryVarianceAtZero,
} from './local/k-ary-randomized-response';
export {
  binaryRandomizedResponse,
  type LocalMean,
  localLaplaceMean,
  type OneBitMean,
  oneBitMean,
} from './local/mean';
export { type RapporOptions, rapporEpsilon, repeatedReportsEpsilon } from './local/repeated-reports';
export { cloneShuffleBound, type ShuffleBound, strongerCloneShuffleBound } from './local/shuffle';
export {
  alarmLine,
  intervalCoverage,
  sketchAlarmLaw,
  supportInterval,
  supportLaw,
} from './local/support-law';
export {
  optimizedUnaryEncoding,
  optimizedUnaryVarianceAtZero,
  symmetricUnaryEncoding,
  symmetricUnaryVarianceAtZero,
} from './local/unary-encoding';
export { discreteGaussianMechanism } from './mechanisms/discrete-gaussian';
export { discreteLaplaceMechanism } from './mechanisms/discrete-laplace';
export {
  analyticGaussianSigma,
  classicalGaussianEpsilon,
  classicalGaussianSigma,
  gaussianDelta,
  gaussianEpsilon,
  gaussianMechanism,
} from './mechanisms/gaussian';
export { laplaceMechanism } from './mechanisms/laplace';
export type { Mechanism, TradeOff } from './mechanisms/mechanism';
export { randomizedResponseMechanism } from './mechanisms/randomized-response';
export { exponentialMechanism, reportNoisyMaxMechanism, type SelectionOptions } from './mechanisms/selection';
export { approximateTradeOff, rocCurve } from './mechanisms/trade-off';
export type { WholeNumberLaw } from './numerics/whole-number-law';
export { approximateOdds, epsilonForRisk, type Risk } from './odds/approximate-odds';
export { attackOdds } from './odds/attack-odds';
export { epsilonKeepingRisk, type OneRelease, type RateRisk } from './odds/epsilon-keeping-risk';
export { noiseForRisk, type RiskQuestion } from './odds/noise-for-risk';
export {
  type AttackOdds,
  type BalancedOdds,
  balancedOdds,
  bestGuessRate,
  pickedOut,
} from './odds/odds';
export { repeated, withoutParallel } from './parallel';
export type { Bounds } from './pld/accountant';
export type { Aim, RocBounds } from './pld/roc';
export {
  bestIsTried,
  reachedEpsilon,
  type Stopping,
  selectionEpsilon,
  type TryCount,
  tryCount,
} from './private-selection';
export { pureTotal } from './pure-part';
export { boundByOrders, composeRdp, composeRdpDelta, rdpCurve } from './rdp/accountant';
export { type RdpBound, rdpToDelta, rdpToEpsilon } from './rdp/conversion';
export { DEFAULT_ORDERS } from './rdp/orders';
export { type ShuffledRun, shuffledEpsilonBounds } from './shuffled-lots';
export { zcdpEpsilon } from './zcdp';
