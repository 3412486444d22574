/** A run of the training cell as settings of an Opacus notebook. */
import type { OpacusSettings } from '@/lib/notebook/python/opacus';
import { AVERAGING } from '@/lib/training/defaults';
import type { TrainMnistParams } from './experiments/train-mnist';
import { chargedNoise, countNoise, HIDDEN_UNITS, learningRates, PEOPLE } from './train-choices';

export function opacusSettings(run: TrainMnistParams, link: string): OpacusSettings {
  const { features, model, optimizer, clipping, noiseMultiplier, maxGradNorm, expectedBatchSize } = run;
  const { steps, delta, people } = run;
  return {
    ...{
      features,
      model,
      optimizer,
      clipping,
      noiseMultiplier,
      maxGradNorm,
      expectedBatchSize,
      steps,
      delta,
    },
    every: PEOPLE.all / PEOPLE[people],
    countNoise: countNoise(run, noiseMultiplier, expectedBatchSize),
    chargedNoise: chargedNoise(run, noiseMultiplier, expectedBatchSize),
    hiddenUnits: HIDDEN_UNITS[features],
    seed: run.noiseSource === 'seeded' ? run.seed : null,
    learningRate: learningRates(run, noiseMultiplier).private,
    averaging: AVERAGING,
    momentum: 0.9,
    link,
  };
}
