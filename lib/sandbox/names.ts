/** What `lab.privacy` and `lab.mechanisms` have, by name: the sandbox offers them, the site's worker answers for them. */

export const PRIVACY_NAMES = [
  'rdpEpsilon',
  'dpSgdEpsilon',
  'calibrateNoiseMultiplier',
  'maxSteps',
  'composeEpsilon',
  'advancedComposition',
  'gaussianSigma',
  'gaussianEpsilon',
  'gaussianDelta',
  'membershipBounds',
  'oneRunAudit',
] as const;
export type PrivacyName = (typeof PRIVACY_NAMES)[number];

export const MECHANISM_NAMES = [
  'laplace',
  'gaussian',
  'discreteLaplace',
  'randomizedResponse',
  'exponential',
  'noisyMax',
] as const;
export type MechanismName = (typeof MECHANISM_NAMES)[number];
