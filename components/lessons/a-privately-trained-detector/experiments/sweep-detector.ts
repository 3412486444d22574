/** mAP50 of the private detector against ε. */

import { SCENE_SWEEP, SWEEP_CLIP } from '@/lib/runs/sweep-plan';
import { runSweep, type SweepParams, type SweepResult, sweepParams } from '@/lib/runs/sweep-runs';
import type { SweepPoint } from '@/lib/runs/sweep-store';
import type { Experiment } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import { scenesAccount } from '../account';
import { sceneSettings } from './charge-scenes';
import { lessonScenes } from './prepared-scenes';
import { headTrainer, judge, predictScenes } from './scene-training';

export const sweepDetector: Experiment<SweepParams, SweepPoint, SweepResult> = {
  id: 'sweep-detector',
  needs: 'tensors',
  params: sweepParams,
  run(settings, context) {
    const { random, signal } = context;
    const secure = settings.noiseSource === 'cryptographic';
    return runSweep(SCENE_SWEEP, settings, context, async () => {
      const { scenes, hash, dataset } = await lessonScenes(context);
      const privacyOf = (epsilon: number | null, noiseMultiplier: number) =>
        epsilon === null ? null : { noiseMultiplier, maxGradNorm: SWEEP_CLIP };
      return {
        account: scenesAccount(hash),
        dataset,
        settings: ({ epsilon, noiseMultiplier }) => sceneSettings(privacyOf(epsilon, noiseMultiplier)),
        trainer: ({ epsilon, noiseMultiplier, seed }) =>
          headTrainer({
            people: scenes.people,
            expectedBatchSize: SCENE_SWEEP.sampleRate * scenes.people.size,
            privacy: privacyOf(epsilon, noiseMultiplier),
            random: secure && epsilon !== null ? random.secure() : random.seeded(seed),
            initial: random.seeded(seed),
          }),
        judge: async (trainer) =>
          judge(await predictScenes(trainer, scenes.testFeatures), scenes.test, () => pause(signal)),
      };
    });
  },
};
