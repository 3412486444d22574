/** The small detector of scenes: five convolutions that see the picture, and a head that answers at every place. */
import type { RandomSource } from '@/lib/random';
import type { Layer } from './layer';
import { relu } from './layers/activations';
import { conv2d } from './layers/conv2d';
import { SCENE_FEATURES, SCENE_GRID } from './scene-grid';

/** log of the odds that a place holds a given class, before anything is learnt. A guess, from no data. */
const PRIOR_LOGIT = -4;
/** Half a digit, in units of the stride, before softplus. */
const PRIOR_DISTANCE = 1;

/** From 64 × 64 × 1 to 8 × 8 × 64. */
export function sceneBackbone(): Layer[] {
  return [
    conv2d({ input: [64, 64, 1], filters: 16, kernel: 3, stride: 2, padding: 'same' }),
    relu(),
    conv2d({ input: [32, 32, 16], filters: 32, kernel: 3, stride: 2, padding: 'same' }),
    relu(),
    conv2d({ input: [16, 16, 32], filters: 48, kernel: 3, stride: 2, padding: 'same' }),
    relu(),
    conv2d({ input: [8, 8, 48], filters: 64, kernel: 3, padding: 'same' }),
    relu(),
    conv2d({ input: [8, 8, 64], filters: SCENE_FEATURES, kernel: 3, padding: 'same' }),
    relu(),
  ];
}

/** A linear answer at every place: 11 logits and four distances. Starts at the prior, knowing nothing. */
export function sceneHead(): Layer {
  const { side, classes } = SCENE_GRID;
  const layer = conv2d({ input: [side, side, SCENE_FEATURES], filters: classes + 4, kernel: 1 });
  return {
    ...layer,
    initialise(_random: RandomSource) {
      const bias = new Float64Array(classes + 4).fill(PRIOR_LOGIT, 0, classes).fill(PRIOR_DISTANCE, classes);
      return [new Float64Array(SCENE_FEATURES * (classes + 4)), bias];
    },
  };
}
