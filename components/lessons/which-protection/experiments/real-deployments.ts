/** What each published guarantee says of an attacker, from its ε and δ alone. */
import * as z from 'zod';
import {
  DEPLOYMENTS,
  findDeployment,
  oddsFromStated,
  type Stated,
  type StatedOdds,
  statedBy,
} from '@/lib/claims';
import type { Experiment } from '@/lib/runtime/experiment';

const params = z.object({
  /** The deployment that is looked at; another name picks none. */
  picked: z.string().max(60),
});

export type RealDeploymentsParams = z.output<typeof params>;

/** A guarantee and its odds; null where no ε was published. */
export type DeploymentFigures = (Stated & StatedOdds) | null;

export interface RealDeploymentsResult {
  figures: Readonly<Record<string, DeploymentFigures>>;
  picked: DeploymentFigures;
}

const figuresOf = (stated: Stated | null): DeploymentFigures =>
  stated === null ? null : { ...stated, ...oddsFromStated(stated) };

export const realDeployments: Experiment<RealDeploymentsParams, null, RealDeploymentsResult> = {
  id: 'real-deployments',
  needs: 'maths',
  params,
  async run({ picked }, { describe }) {
    describe({ noise: 'none', dataset: 'what publishers say of their own privacy' });
    const looked = findDeployment(picked);
    return {
      figures: Object.fromEntries(DEPLOYMENTS.map((one) => [one.id, figuresOf(statedBy(one))])),
      picked: looked === undefined ? null : figuresOf(statedBy(looked)),
    };
  },
};
