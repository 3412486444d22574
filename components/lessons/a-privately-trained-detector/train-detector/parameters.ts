/** What the learner sets of a private training of the detector. */
import { coupledEnds } from '@/components/training/accountant';
import {
  clip,
  noiseMultiplier,
  noiseSource,
  privacyEpsilon,
  seed,
  trainingSteps,
} from '@/components/training/parameters';
import { choice, defineParameters, type ValuesOf } from '@/lib/notebook';
import { SCENE_DELTA } from '@/lib/runs/accounts/scenes';
import { sceneRelease } from '../account';

const declarations = {
  epsilon: privacyEpsilon({
    help: 'How much more likely any outcome may become because one person’s scene took part: at most a factor of e to the ε, up to δ. Move it, and the noise follows.',
    min: 0.05,
    max: 20,
    default: 8,
  }),
  noiseMultiplier: noiseMultiplier('gradients', { min: 0.3, max: 200, default: 1.3336 }),
  maxGradNorm: clip({
    help: 'The longest gradient one scene may contribute: the sum over all its digits and all its empty places. Longer ones are shortened; the noise is σ times this length.',
    min: 0.1,
    max: 100,
    default: 1,
  }),
  steps: trainingSteps(400),
  ofEachPerson: choice({
    label: 'Of each person, a step takes',
    key: 'of',
    help: 'Where a folder of your own has several pictures of one person. Either way one person changes one clipped gradient, so ε is the same; the mean over all of their pictures is more to learn from, and more work.',
    options: [
      { value: 'one', label: 'One picture, drawn anew' },
      { value: 'all', label: 'All their pictures, clipped as one' },
    ],
    default: 'one',
  }),
  noiseSource,
  seed,
};
export type DetectorValues = ValuesOf<typeof declarations>;

export const detectorParameters = defineParameters(declarations, {
  hero: 'epsilon',
  ...coupledEnds<DetectorValues>({
    ...declarations,
    follows: ['steps'],
    run: sceneRelease,
    delta: () => SCENE_DELTA,
  }),
});
