/**
 * The step of the scene detector's head by a kernel of its own: the gradient of one scene after another is built whole, cut to
 * the clip and added in double. The loss is that of `detection-loss.ts`. Nearly all answers are no, and those the kernel
 * does; the few that are yes, and the boxes where there are any, are done here in double.
 */
import { moduleBytes } from '@/lib/kernels/bytes';
import { boxSlope } from '../box-slope';
import { clipFactor } from '../clipping';
import type { Dataset } from '../dataset';
import { BOX_WEIGHT, POSITIVE_WEIGHT } from '../detection-weights';
import { SCENE_FEATURE_WIDTH, SCENE_GRID } from '../scene-grid';
import type { Learner, LotKernel, LotSum } from './lot-kernel';
import { BYTES } from './scene-head-binary';
import { AT, BOX, CLASSES, FEATURES, OUTPUTS, PLACES } from './scene-head-layout';

/** What they do stands in `scene-head-source.ts`. */
interface Exports {
  memory: WebAssembly.Memory;
  look(): void;
  reach(place: number): void;
  learn(): void;
  learnBox(place: number): void;
  square(): number;
  add(factor: number): void;
}

/** Numbers a place in the head's parameters: its answers, and the four sides of a box. */
const HEAD = CLASSES + 4;
/** Numbers a place in the targets: answers, the box, and its weight. */
const TARGETS = CLASSES + 5;
/** The left and the upper side lie before the middle of a place, the others behind it. */
const SIGNS = [-1, -1, 1, 1] as const;
/** A few milliseconds of them: Stop is heard between two such parts of a lot. */
const SCENES_AT_ONCE = 128;

/** What is to be found in a scene. */
interface Found {
  /** Answers that are yes: where they stand among the outputs of all places. */
  answers: number[];
  /** Boxes in units of the stride. */
  boxes: { place: number; box: Float32Array; weight: number }[];
}

let compiled: WebAssembly.Module | null = null;

export class SceneHeadKernel implements LotKernel {
  private readonly wasm: Exports;
  private readonly features: Float32Array;
  private readonly weights: Float32Array;
  private readonly bias: Float32Array;
  private readonly outputs: Float32Array;
  private readonly slopes: Float32Array;
  private readonly sums: Float64Array;
  private readonly products: Float32Array;
  private readonly positives: Float32Array;
  private readonly found: (Found | undefined)[];
  private readonly ends = new Float64Array(4);
  private readonly endSlopes = new Float64Array(4);

  /**
   * @param people rows of `SCENE_FEATURE_WIDTH`, with targets as `detectionTargets` makes them
   * @throws where WebAssembly has no SIMD
   */
  constructor(private readonly people: Dataset) {
    compiled ??= new WebAssembly.Module(moduleBytes(BYTES));
    this.wasm = new WebAssembly.Instance(compiled).exports as unknown as Exports;
    const { buffer } = this.wasm.memory;
    const floats = (at: number, length: number) => new Float32Array(buffer, at, length);
    this.features = floats(AT.features, SCENE_FEATURE_WIDTH);
    this.weights = floats(AT.weights, FEATURES * OUTPUTS);
    this.bias = floats(AT.bias, OUTPUTS);
    this.outputs = floats(AT.outputs, PLACES * OUTPUTS);
    this.slopes = floats(AT.slopes, PLACES * OUTPUTS);
    this.sums = new Float64Array(buffer, AT.sums, (FEATURES + 1) * OUTPUTS);
    this.products = floats(AT.products, CLASSES);
    this.positives = floats(AT.positives, CLASSES);
    this.found = new Array(people.size);
  }

  async sumLot(
    learners: readonly Learner[],
    lot: Int32Array,
    breathe: () => Promise<void>,
  ): Promise<LotSum[]> {
    const all = learners.map(({ clipping }) => emptySum(clipping ? lot.length : 0));
    for (let from = 0; from < lot.length; from += SCENES_AT_ONCE) {
      if (from > 0) await breathe();
      const to = Math.min(lot.length, from + SCENES_AT_ONCE);
      for (const [k, learner] of learners.entries()) this.addScenes(learner, lot, from, to, all[k]!);
    }
    return all;
  }

  /**
   * Adds what one model learns from a part of a lot to a sum. Nothing waits in here: nobody else writes to the kernel's memory
   * meanwhile.
   */
  addScenes({ weights, clipping }: Learner, lot: Int32Array, from: number, to: number, sum: LotSum): void {
    this.setWeights(weights);
    this.sums.fill(0);
    for (let i = from; i < to; i++) {
      const scene = lot[i]!;
      sum.loss += this.gradient(scene);
      const norm = Math.sqrt(this.wasm.square());
      if (clipping) sum.norms[i] = norm;
      this.wasm.add(clipping ? clipFactor(clipping, norm) : 1);
    }
    this.takeSums(sum.sums);
  }

  private setWeights([kernel, bias]: readonly Float64Array[]): void {
    for (let f = 0; f <= FEATURES; f++) {
      const [from, to] = f < FEATURES ? [kernel!, this.weights] : [bias!, this.bias];
      const [row, out] = f < FEATURES ? [f * HEAD, f * OUTPUTS] : [0, 0];
      to.set(from.subarray(row, row + CLASSES), out);
      to.set(from.subarray(row + CLASSES, row + HEAD), out + BOX);
    }
  }

  private takeSums([kernel, bias]: readonly Float64Array[]): void {
    for (let f = 0; f <= FEATURES; f++) {
      const [to, row] = f < FEATURES ? [kernel!, f * HEAD] : [bias!, 0];
      for (let c = 0; c < CLASSES; c++) to[row + c]! += this.sums[f * OUTPUTS + c]!;
      for (let k = 0; k < 4; k++) to[row + CLASSES + k]! += this.sums[f * OUTPUTS + BOX + k]!;
    }
  }

  /** Leaves the gradient of one scene in the kernel's memory. @returns the scene's loss */
  private gradient(scene: number): number {
    const { people, features, wasm, outputs, slopes } = this;
    features.set(people.features.subarray(scene * SCENE_FEATURE_WIDTH, (scene + 1) * SCENE_FEATURE_WIDTH));
    this.found[scene] ??= this.read(scene);
    const { answers, boxes } = this.found[scene];
    wasm.look();
    let loss = 0;
    for (let c = 0; c < CLASSES; c++) loss += Math.log(this.products[c]!) + this.positives[c]!;
    for (const at of answers) {
      // A yes, which the kernel took for a no.
      const z = outputs[at]!;
      loss += POSITIVE_WEIGHT * softplus(-z) - softplus(z);
      slopes[at] = -POSITIVE_WEIGHT * sigmoid(-z);
    }
    wasm.learn();
    for (const { place, box, weight } of boxes) {
      loss += BOX_WEIGHT * weight * this.lookAtBox(place, box, weight);
      wasm.learnBox(place);
    }
    return loss;
  }

  /** Writes the slopes of the box at a place. @returns its own loss */
  private lookAtBox(place: number, box: Float32Array, weight: number): number {
    const { outputs, slopes, ends, endSlopes } = this;
    const { side } = SCENE_GRID;
    const at = place * OUTPUTS + BOX;
    this.wasm.reach(place);
    for (let k = 0; k < 4; k++) {
      const middle = (k % 2 === 0 ? place % side : Math.floor(place / side)) + 0.5;
      ends[k] = middle + SIGNS[k]! * softplus(outputs[at + k]!);
    }
    const loss = boxSlope(ends, box, endSlopes);
    for (let k = 0; k < 4; k++)
      slopes[at + k] = BOX_WEIGHT * weight * endSlopes[k]! * SIGNS[k]! * sigmoid(outputs[at + k]!);
    return loss;
  }

  /** From the targets of a scene. */
  private read(scene: number): Found {
    const width = PLACES * TARGETS;
    const targets = this.people.targets!.values.subarray(scene * width, (scene + 1) * width);
    const found: Found = { answers: [], boxes: [] };
    for (let place = 0; place < PLACES; place++) {
      const own = targets.subarray(place * TARGETS, (place + 1) * TARGETS);
      for (let c = 0; c < CLASSES; c++) if (own[c] === 1) found.answers.push(place * OUTPUTS + c);
      const weight = own[TARGETS - 1]!;
      if (weight > 0) found.boxes.push({ place, box: own.slice(CLASSES, CLASSES + 4), weight });
    }
    return found;
  }
}

/** Of the form of the head's parameters. */
export const emptySum = (norms: number): LotSum => ({
  sums: [new Float64Array(FEATURES * HEAD), new Float64Array(HEAD)],
  norms: new Float32Array(norms),
  loss: 0,
});

/** log(1 + e^z), without the exponential of a positive number. */
const softplus = (z: number) => Math.max(z, 0) + Math.log(1 + Math.exp(-Math.abs(z)));
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
