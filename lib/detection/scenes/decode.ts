/** From the numbers of the scene detector to boxes. */
import { nonMaxSuppression } from '../boxes';
import type { Box } from '../detector';
import type { ScoredBox } from '../metrics';

export interface SceneGeometry {
  /** Places along each side. */
  readonly side: number;
  /** Pixels between two places. */
  readonly stride: number;
  readonly classes: number;
}

/** Overlap above which the weaker of two boxes is a double, as in the first YOLO papers. */
const DOUBLE = 0.45;

/** Most boxes that one picture may give, as COCO's evaluation counts. */
const MOST = 100;

/**
 * All that the detector says, doubles and all: what an attacker may look at.
 * @param output side × side × (classes + 4): logits, then z with softplus(z) the distance to each side of the box
 * @param confidence boxes of this score or less are dropped
 * @returns boxes in pixels of the scene, best first
 */
export function sceneCandidates(
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

/**
 * Boxes of a scene. Training gives each object to one place, but two neighbouring places can both see it: of boxes of one class that
 * overlap more than `DOUBLE`, only the best stays. That looks at the model's output alone, so it costs no privacy.
 */
export const decodeScene = (...from: Parameters<typeof sceneCandidates>): ScoredBox[] =>
  nonMaxSuppression(sceneCandidates(...from), DOUBLE);

/**
 * For a picture to be looked at: one box a thing. A place has one box for all its classes, and one thing has one class, so of boxes of
 * *any* class that overlap more than `DOUBLE` only the best stays. Scores are measured on the boxes of `decodeScene`: as everywhere in
 * the field, precision is measured class by class.
 */
export function oneBoxEach<Found extends ScoredBox>(boxes: readonly Found[]): Found[] {
  const asOneClass = boxes.map((found) => ({ ...found, classId: 0, found }));
  return nonMaxSuppression(asOneClass, DOUBLE).map(({ found }) => found);
}

const softplus = (z: number) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
