/** From the numbers of the scene detector to boxes. */
import type { Box } from '../detector';
import type { ScoredBox } from '../metrics';

export interface SceneGeometry {
  /** Places along each side. */
  readonly side: number;
  /** Pixels between two places. */
  readonly stride: number;
  readonly classes: number;
}

/** Most boxes that one picture may give, as COCO's evaluation counts. */
const MOST = 100;

/**
 * One answer a place and class, as the training matches them one to one: nothing is suppressed.
 * @param output side × side × (classes + 4): logits, then z with softplus(z) the distance to each side of the box
 * @param confidence boxes of this score or less are dropped
 * @returns boxes in pixels of the scene, best first
 */
export function decodeScene(
  output: ArrayLike<number>,
  { side, stride, classes }: SceneGeometry,
  confidence: number,
): ScoredBox[] {
  const width = classes + 4;
  const least = Math.log(Math.max(confidence, 1e-9) / (1 - confidence));
  const found: ScoredBox[] = [];
  for (let place = 0; place < side * side; place++) {
    const at = place * width;
    let box: Box | null = null;
    for (let classId = 0; classId < classes; classId++) {
      const logit = output[at + classId]!;
      if (!(logit > least)) continue;
      box ??= boxAt(place);
      found.push({ box, classId, score: 1 / (1 + Math.exp(-logit)) });
    }
  }
  return found.sort((a, b) => b.score - a.score).slice(0, MOST);

  function boxAt(place: number): Box {
    const reach = (k: number) => softplus(output[place * width + classes + k]!);
    const x = (place % side) + 0.5;
    const y = Math.floor(place / side) + 0.5;
    const sides = [x - reach(0), y - reach(1), x + reach(2), y + reach(3)] as const;
    const inside = (value: number) => Math.min(side * stride, Math.max(0, value * stride));
    return [inside(sides[0]), inside(sides[1]), inside(sides[2]), inside(sides[3])];
  }
}

const softplus = (z: number) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
