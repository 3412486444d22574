/** A run of the training cell as settings of an Opacus notebook, or why there is none. */

import type { OpacusSettings } from '@/lib/notebook/python/opacus';
import { AVERAGING } from '@/lib/training/defaults';
import type { TrainMnistParams } from './experiments/train-mnist';
import { HIDDEN_UNITS, learningRates, type TrainChoices } from './train-choices';

/** What of these choices the notebook cannot say, in words; null if it says all. */
export function notInOpacus({ features, clipping }: TrainChoices): string | null {
  if (features === 'gabor') return 'the wide Gabor features are not written in Python yet';
  if (clipping === 'flat') return null;
  return {
    'per-layer': 'Opacus clips each parameter by itself where we clip each layer',
    adaptive: 'Opacus moves the clip by another rule than ours',
    automatic: 'Opacus has no automatic clipping',
  }[clipping];
}

/** @throws RangeError where `notInOpacus` gives a reason */
export function opacusSettings(run: TrainMnistParams, link: string): OpacusSettings {
  const { features, model, optimizer, noiseMultiplier, maxGradNorm, expectedBatchSize, steps, delta } = run;
  const reason = notInOpacus(run);
  if (reason !== null || features === 'gabor') throw new RangeError(`No notebook: ${reason}.`);
  return {
    ...{ features, model, optimizer, noiseMultiplier, maxGradNorm, expectedBatchSize, steps, delta },
    hiddenUnits: HIDDEN_UNITS[features],
    seed: run.noiseSource === 'seeded' ? run.seed : null,
    learningRate: learningRates(run, noiseMultiplier).private,
    averaging: AVERAGING,
    momentum: 0.9,
    link,
  };
}
