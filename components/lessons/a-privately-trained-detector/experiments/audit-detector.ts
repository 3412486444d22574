/** An audit of the learner's own detector: the private head once more at the same settings, with canaries among the people. */
import type * as z from 'zod';
import { ACCOUNTANT, epsilonOf } from '@/lib/runs/accountant';
import { SCENE_DELTA } from '@/lib/runs/accounts/scenes';
import { auditRun, RUN_CANARIES, type RunAudit } from '@/lib/runs/audit-run';
import type { Experiment } from '@/lib/runtime/experiment';
import { sceneRelease, scenesAccount } from '../account';
import { sceneSettings } from './charge-scenes';
import { lessonScenes } from './prepared-scenes';
import { headOptions } from './scene-training';
import { runParams } from './train-detector';

export type AuditDetectorParams = z.output<typeof runParams>;

export const auditDetector: Experiment<AuditDetectorParams, never, RunAudit> = {
  id: 'audit-detector',
  needs: 'tensors',
  params: runParams,
  async run({ noiseMultiplier, maxGradNorm, steps, noiseSource, seed }, context) {
    const { random } = context;
    const { scenes, hash, dataset } = await lessonScenes(context, null);
    const release = sceneRelease({ noiseMultiplier, steps });
    const secure = noiseSource === 'cryptographic';
    context.describe({
      noise: noiseSource,
      seed: secure ? null : seed,
      accountant: `${ACCOUNTANT} scene`,
      epsilon: epsilonOf(release, SCENE_DELTA),
      delta: SCENE_DELTA,
      dataset: `${dataset}, and ${RUN_CANARIES.toLocaleString('en')} canaries`,
    });
    const privacy = { noiseMultiplier, maxGradNorm };
    return auditRun(
      {
        ...{ release, delta: SCENE_DELTA, account: scenesAccount(hash) },
        trainer: headOptions({
          people: scenes.people,
          privacy,
          random: secure ? random.secure() : random.seeded(seed),
          initial: random.seeded(seed),
        }),
        title: 'Audit: detector head by DP-SGD',
        settings: { ...sceneSettings(privacy), sampling: 'Poisson' },
        seed: secure ? null : seed,
        coin: random.seeded(seed + 1_000_000),
      },
      context,
    );
  },
};
