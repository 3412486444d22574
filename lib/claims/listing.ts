/** Which deployments a reader asked for, and in which order. */
import type { Deployment, TrustModel } from './deployment';
import { statedBy } from './stated';

export type DeploymentOrder = 'epsilon' | 'year' | 'organisation';

export interface Listing {
  order: DeploymentOrder;
  model: TrustModel | 'any';
  /** `whole`: for all that a person has in the data, once and for all. */
  unit: 'any' | 'whole' | 'less';
  /** Words that must all occur, in any case. */
  words: string;
}

const isWhole = ({ protects, period }: Deployment) =>
  (protects === 'person' || protects === 'household') && period === 'once';

const textOf = ({ organisation, year, released, unit, model }: Deployment) =>
  `${organisation} ${year} ${released} ${unit} ${model}`.toLowerCase();

/** What has no ε comes last. */
const epsilonOf = (deployment: Deployment) => statedBy(deployment)?.epsilon ?? Number.POSITIVE_INFINITY;

const COMPARE: Readonly<Record<DeploymentOrder, (a: Deployment, b: Deployment) => number>> = {
  // Two infinities have no difference.
  epsilon: (a, b) => (epsilonOf(a) === epsilonOf(b) ? 0 : epsilonOf(a) - epsilonOf(b)),
  year: (a, b) => b.year - a.year,
  organisation: (a, b) => a.organisation.localeCompare(b.organisation, 'en'),
};

export function listed(
  deployments: readonly Deployment[],
  { order, model, unit, words }: Listing,
): Deployment[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return deployments
    .filter((one) => model === 'any' || one.model === model)
    .filter((one) => unit === 'any' || isWhole(one) === (unit === 'whole'))
    .filter((one) => wanted.every((word) => textOf(one).includes(word)))
    .sort(COMPARE[order]);
}
