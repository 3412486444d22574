/** What others say of their privacy: where differential privacy is used, and how to read a claim. */
export {
  type Assessment,
  askClaim,
  assessClaim,
  type Effect,
  type OpenQuestion,
  QUESTIONS,
  type QuestionId,
  type Suppositions,
} from './assess-claim';
export type { Claim, ClaimedModel, ClaimedPeriod, ClaimedUnit, Sampling, Tuning } from './claim';
export { notComparableBecause } from './comparable';
export type { Checked, Deployment, Period, Protected, TrustModel } from './deployment';
export { DEPLOYMENTS, findDeployment } from './deployments';
export { type DeploymentOrder, type Listing, listed } from './listing';
export { MOST_TEXT, type ReadClaim, readClaim } from './read-claim';
export { CONVERTED_DELTA, oddsFromStated, type Stated, type StatedOdds, statedBy } from './stated';
