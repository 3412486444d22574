/** Whose scenes a detector is trained on, and what such a training releases: for the page that says it, and the worker that charges it. */
import { MNIST_SHA256 } from '@/lib/data/mnist-identity';
import type { AccountRequest } from '@/lib/ledger';
import { noiseFor } from '@/lib/runs/accountant';
import { SCENE_DELTA, SCENE_LOT, SCENE_PEOPLE, scenesHash } from '@/lib/runs/accounts/scenes';
import { type PoissonRun, poissonPhases } from '@/lib/runs/phases';

/** q of a step, the same for the lesson's own scenes and for a folder of any size: so ε and σ mean the same for both. */
export const SCENE_SAMPLE_RATE = SCENE_LOT / SCENE_PEOPLE;

/** @param hash as `scenesHash` gives it */
export const scenesAccount = (hash: string): AccountRequest => ({
  dataset: { hash, title: 'Digit scenes of 2,000 people', size: SCENE_PEOPLE },
  unit: 'scene',
  relation: 'add-or-remove-one',
  delta: SCENE_DELTA,
});

/** As it is known before the scenes are made. */
export const SCENES_ACCOUNT = scenesAccount(scenesHash(MNIST_SHA256));

export interface SceneRelease {
  noiseMultiplier: number;
  steps: number;
}

export const sceneRelease = ({ noiseMultiplier, steps }: SceneRelease): PoissonRun => ({
  sampleRate: SCENE_SAMPLE_RATE,
  noiseMultiplier,
  steps,
});

export const scenePhases = (run: SceneRelease) => poissonPhases(sceneRelease(run));

/** One of the two private heads that look for the rare symbol: ε is its own, and the person pays for both. */
export function symbolRelease({ epsilon, steps }: { epsilon: number; steps: number }): PoissonRun {
  const run = { sampleRate: SCENE_SAMPLE_RATE, steps };
  return { ...run, noiseMultiplier: noiseFor(run, { epsilon, delta: SCENE_DELTA }) };
}

export function symbolPhases(run: { epsilon: number; steps: number }) {
  const one = poissonPhases(symbolRelease(run));
  return [...one, ...one];
}
