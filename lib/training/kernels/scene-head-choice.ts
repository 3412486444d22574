/**
 * The kernel of the scene detector's head, where it computes rightly in this browser: a made-up scene is first held to the
 * definition in double, once, in some milliseconds.
 */
import { boxSlope } from '../box-slope';
import { clipFactor } from '../clipping';
import { type Dataset, makeDataset, withTargets } from '../dataset';
import { detectionTargets } from '../detection-loss';
import { BOX_WEIGHT, POSITIVE_WEIGHT } from '../detection-weights';
import { SCENE_FEATURE_WIDTH, SCENE_FEATURES, SCENE_GRID } from '../scene-grid';
import type { Learner, LotKernel } from './lot-kernel';
import { emptySum, SceneHeadKernel } from './scene-head';

/** Worst error of a sum against the largest of them. */
const TOLERANCE = 1e-5;

let right: boolean | null = null;
const kernels = new WeakMap<Dataset, LotKernel>();

/**
 * One for each set of scenes, so that models that learn side by side share it.
 * @returns null where WebAssembly has no SIMD, or is wrong: then tensors serve
 */
export function sceneHeadKernel(people: Dataset): LotKernel | null {
  right ??= sceneHeadIsRight();
  if (!right) return null;
  const kernel = kernels.get(people) ?? new SceneHeadKernel(people);
  kernels.set(people, kernel);
  return kernel;
}

function sceneHeadIsRight(): boolean {
  try {
    return errorOfScene() <= TOLERANCE;
  } catch {
    return false;
  }
}

/** Of the clipped gradient of one scene with two boxes. */
function errorOfScene(): number {
  const { side, classes } = SCENE_GRID;
  const value = (i: number) => Math.fround(((i * 0.61803398875) % 1) * 2 - 1);
  const features = Float32Array.from({ length: SCENE_FEATURE_WIDTH }, (_, i) => value(i + 1));
  const targets = detectionTargets(
    [
      { box: [3, 9, 20, 31], classId: 2 },
      { box: [33, 30, 60, 47], classId: classes - 1 },
    ],
    SCENE_GRID,
  );
  const people = withTargets(makeDataset(features, new Uint8Array(1), SCENE_FEATURE_WIDTH, 1), targets, [
    side,
    side,
    classes + 5,
  ]);
  const outputs = classes + 4;
  const learner: Learner = {
    weights: [
      Float64Array.from({ length: SCENE_FEATURES * outputs }, (_, i) => value(i + 5)),
      Float64Array.from({ length: outputs }, (_, i) => value(i + 7)),
    ],
    clipping: { rule: 'flat', maxGradNorm: 1.2 },
  };
  const found = emptySum(1);
  new SceneHeadKernel(people).addScenes(learner, Int32Array.of(0), 0, 1, found);
  const gradient = sceneGradient(learner.weights, people, 0);
  const norm = Math.hypot(...gradient.flatMap((part) => [...part]));
  const factor = clipFactor(learner.clipping!, norm);
  const errors = gradient.flatMap((part, p) =>
    [...part].map((g, i) => Math.abs(g * factor - found.sums[p]![i]!)),
  );
  const largest = Math.max(...gradient.flatMap((part) => [...part].map(Math.abs))) * factor;
  // Not a number is an error too.
  return errors.every(Number.isFinite) ? Math.max(...errors) / largest : Number.POSITIVE_INFINITY;
}

/** The definition, in double: the gradient of one scene's whole loss, of the form of the weights. */
export function sceneGradient(
  [kernel, bias]: readonly Float64Array[],
  { features, targets }: Dataset,
  scene: number,
): Float64Array[] {
  const { side, classes } = SCENE_GRID;
  const outputs = classes + 4;
  const gradient = [new Float64Array(SCENE_FEATURES * outputs), new Float64Array(outputs)];
  const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
  const endSlopes = new Float64Array(4);
  for (let place = 0; place < side * side; place++) {
    const at = scene * SCENE_FEATURE_WIDTH + place * SCENE_FEATURES;
    const wanted = targets!.values
      .subarray((scene * side * side + place) * (classes + 5))
      .subarray(0, classes + 5);
    const z = Float64Array.from(bias!, (start, k) => {
      let sum = start;
      for (let f = 0; f < SCENE_FEATURES; f++) sum += features[at + f]! * kernel![f * outputs + k]!;
      return sum;
    });
    const slopes = new Float64Array(outputs);
    for (let c = 0; c < classes; c++)
      slopes[c] = (1 + (POSITIVE_WEIGHT - 1) * wanted[c]!) * (sigmoid(z[c]!) - wanted[c]!);
    const [column, row] = [(place % side) + 0.5, Math.floor(place / side) + 0.5];
    const reach = (k: number) => Math.log(1 + Math.exp(z[classes + k]!));
    const ends = [column - reach(0), row - reach(1), column + reach(2), row + reach(3)];
    boxSlope(ends, wanted.subarray(classes), endSlopes);
    for (let k = 0; k < 4; k++)
      slopes[classes + k] =
        BOX_WEIGHT * wanted[classes + 4]! * endSlopes[k]! * (k < 2 ? -1 : 1) * sigmoid(z[classes + k]!);
    for (let k = 0; k < outputs; k++) {
      gradient[1]![k]! += slopes[k]!;
      for (let f = 0; f < SCENE_FEATURES; f++)
        gradient[0]![f * outputs + k]! += features[at + f]! * slopes[k]!;
    }
  }
  return gradient;
}
