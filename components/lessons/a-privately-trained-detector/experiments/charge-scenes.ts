/** What a training on the scenes releases, as the ledger is told it: the private head, and the plain one beside it. */
import type { AccountRequest } from '@/lib/ledger';
import { SCENE_LOT } from '@/lib/runs/accounts/scenes';
import type { TrainingPlan } from '@/lib/runs/charge-training';
import type { OfEachPerson } from '@/lib/training';
import { sceneLearningRate } from '@/lib/training/detection-weights';
import { sceneRelease } from '../account';
import { PLAIN_RATE } from './scene-training';

export interface ScenePlan {
  account: AccountRequest;
  /** The lesson's if absent. */
  expectedBatchSize?: number;
  /** Of people with several pictures; one of theirs if absent. */
  ofEachPerson?: OfEachPerson;
  noiseMultiplier: number;
  maxGradNorm: number;
  steps: number;
  /** Null for cryptographic noise. */
  seed: number | null;
  backend: string | null;
}

/** What the ledger is told of how a head is trained, beside its sampling. Null for a plain one. */
export const sceneSettings = (
  privacy: { noiseMultiplier: number; maxGradNorm: number } | null,
  expectedBatchSize: number = SCENE_LOT,
) => ({
  expectedBatchSize,
  model: 'linear detection head on a frozen public backbone',
  ...(privacy
    ? { maxGradNorm: privacy.maxGradNorm, learningRate: sceneLearningRate(privacy.noiseMultiplier) }
    : { learningRate: PLAIN_RATE }),
});

const OF_EACH: Record<OfEachPerson, string> = {
  one: 'one of their scenes each time',
  all: 'the mean gradient of all their scenes, clipped once',
};

/** Everything that both heads of one training release. */
export function scenePlan(plan: ScenePlan): TrainingPlan {
  const { account, expectedBatchSize = SCENE_LOT, noiseMultiplier, maxGradNorm, steps, seed, backend } = plan;
  const { ofEachPerson = 'one' } = plan;
  return {
    account,
    ...sceneRelease({ noiseMultiplier, steps }),
    seed,
    backend,
    title: 'Detector head by DP-SGD',
    settings: {
      ...sceneSettings({ noiseMultiplier, maxGradNorm }, expectedBatchSize),
      sampling: account.unit === 'person' ? `Poisson by person, ${OF_EACH[ofEachPerson]}` : 'Poisson',
    },
    plainTitle: 'Detector head without privacy',
    plainSettings: {
      ...sceneSettings(null, expectedBatchSize),
      sampling: 'Poisson, the lots of the private run',
    },
  };
}
