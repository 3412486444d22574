/** Where the numbers of one scene lie in the memory of its kernel, in bytes. Both the source and its user go by it. */
import { SCENE_FEATURES, SCENE_GRID } from '../scene-grid';

/** Places of a scene, at each of which the head answers. */
export const PLACES = SCENE_GRID.side ** 2;
export const FEATURES = SCENE_FEATURES;
export const CLASSES = SCENE_GRID.classes;
/** The four sides of the box stand behind the answers, which fill whole groups of four numbers; what is left over is no class. */
export const BOX = Math.ceil(CLASSES / 4) * 4;
/** Numbers that the head gives at each place, as they lie here. */
export const OUTPUTS = BOX + 4;

const row = 4 * OUTPUTS;
/** Where each of them begins, one after the other, and where all end. */
export const { AT, BYTES_IN_ALL } = laidOut({
  /** Places × features. */
  features: PLACES * FEATURES * 4,
  /** Features × outputs, then the bias as one more row. */
  weights: FEATURES * row,
  bias: row,
  /** Places × outputs: what the head gives, and the slopes of the loss with respect to it. */
  outputs: PLACES * row,
  slopes: PLACES * row,
  /** Of one scene: features × outputs, then the bias as one more row. */
  gradient: FEATURES * row,
  biasGradient: row,
  /** The same shape in double: Σ cᵢ gᵢ. */
  sums: (FEATURES + 1) * 2 * row,
  /** For each answer, ∏ (1 + e^−|z|) over the places, and Σ max(z, 0). */
  products: row,
  positives: row,
});

function laidOut<Name extends string>(sizes: Record<Name, number>) {
  const AT = {} as Record<Name, number>;
  let end = 0;
  for (const name of Object.keys(sizes) as Name[]) {
    AT[name] = end;
    end += sizes[name];
  }
  return { AT, BYTES_IN_ALL: end };
}
