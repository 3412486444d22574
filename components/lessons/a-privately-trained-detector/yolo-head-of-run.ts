/** A training of the private detector as settings of a YOLO-head notebook, or why there is none. */
import type { YoloHeadSettings } from '@/lib/notebook/python/yolo-head';
import { SCENE_DELTA, SCENE_LOT, SCENE_PEOPLE, SCENE_TESTS } from '@/lib/runs/accounts/scenes';
import { AVERAGING } from '@/lib/training/defaults';
import { BOX_WEIGHT, POSITIVE_WEIGHT, sceneLearningRate } from '@/lib/training/detection-weights';
import type { TrainDetectorParams } from './experiments/train-detector';

/** What the notebook cannot take along, in words; null if it takes all. */
export const notInYoloHead = ({ scenes }: Pick<TrainDetectorParams, 'scenes'>): string | null =>
  scenes ? 'your own pictures stay here' : null;

/** @throws RangeError where `notInYoloHead` gives a reason */
export function yoloHeadSettings(run: TrainDetectorParams, link: string): YoloHeadSettings {
  const reason = notInYoloHead(run);
  if (reason !== null) throw new RangeError(`No notebook: ${reason}.`);
  const { noiseMultiplier, maxGradNorm, steps } = run;
  return {
    ...{ noiseMultiplier, maxGradNorm, steps, link },
    people: SCENE_PEOPLE,
    testScenes: SCENE_TESTS,
    expectedBatchSize: SCENE_LOT,
    delta: SCENE_DELTA,
    learningRate: sceneLearningRate(noiseMultiplier),
    averaging: AVERAGING,
    momentum: 0.9,
    positiveWeight: POSITIVE_WEIGHT,
    boxWeight: BOX_WEIGHT,
    seed: run.noiseSource === 'seeded' ? run.seed : null,
  };
}
