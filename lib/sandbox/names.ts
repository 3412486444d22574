/** What `lab.privacy` and `lab.mechanisms` have, by name: the sandbox offers them, the site's worker answers for them. */

export const PRIVACY_NAMES = [
  'rdpEpsilon',
  'dpSgdEpsilon',
  'calibrateNoiseMultiplier',
  'maxSteps',
  'composeEpsilon',
  'rdpCurve',
  'basicComposition',
  'advancedComposition',
  'optimalComposition',
  'gaussianSigma',
  'gaussianEpsilon',
  'gaussianDelta',
  'classicalGaussianSigma',
  'classicalGaussianEpsilon',
  'gdpEpsilon',
  'centralLimitEpsilonNotABound',
  'membershipBounds',
  'gaussianMembership',
  'composedTradeOff',
  'oneRunAudit',
  'oneRunPValue',
  'clopperPearsonAudit',
  'auditSideBySide',
  'cloneShuffleBound',
  'strongerCloneShuffleBound',
  'rapporEpsilon',
  'binaryRandomizedResponse',
  'estimateFrequencies',
  'frequencyVariance',
] as const;
export type PrivacyName = (typeof PRIVACY_NAMES)[number];

export const MECHANISM_NAMES = [
  'laplace',
  'gaussian',
  'discreteLaplace',
  'discreteGaussian',
  'randomizedResponse',
  'oneBitMean',
  'exponential',
  'noisyMax',
] as const;
export type MechanismName = (typeof MECHANISM_NAMES)[number];
