/**
 * DP-SGD (Abadi et al. 2016, arXiv:1607.00133) and, with the same code and clipping and noise left out, plain SGD.
 *
 * One step: sample a lot, clip each example's gradient to length C and sum, add noise once, divide, move. Weights live
 * in double on this side; the device sees float32 copies.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { PrivacyEvent } from '@/lib/privacy';
import { type RandomSource, SeededRandom } from '@/lib/random';
import type { AugmentationRule } from './augment';
import { type AdaptiveClip, adaptedClip, type ClippingRule } from './clipping';
import { type Dataset, TrainingError } from './dataset';
import { jointNoiseMultiplier } from './joint-noise';
import { byPerson } from './kernels/by-person';
import { lotKernelFor } from './kernels/choose';
import { type FiniteSum, sumFinite } from './kernels/finite-sum';
import type { Learner, LotKernel } from './kernels/lot-kernel';
import type { Products } from './kernels/perceptron';
import type { Loss } from './layer';
import { forward, layersOf, type Model, uploadParameters } from './model';
import { momentum, type Optimizer } from './optimizer';
import { checkPersons, drawRows, type OfEachPerson, type Persons } from './persons';
import { checkSettings, type PendingLot, type RunSettings, type TrainerState } from './trainer-state';

export interface PrivacyOptions {
  /** C: the longest gradient one example may contribute, in units of the loss per weight. */
  maxGradNorm: number;
  /** σ: standard deviation of the noise on the clipped sum, divided by C. 0 clips without noise (not private). */
  noiseMultiplier: number;
  /** `flat` if absent. */
  clipping?: ClippingRule;
  /** Lets C follow a quantile of the gradient lengths from `maxGradNorm` on. Charged together with the sum. */
  adaptive?: AdaptiveClip;
}

export interface TrainerOptions {
  /** A list of layers, or a graph. */
  layers: Model;
  loss: Loss;
  /** Shape of one example's input. */
  inputShape: readonly number[];
  dataset: Dataset;
  /** Who the rows belong to, where somebody has several: then lots are drawn by person, and N counts persons. */
  persons?: Persons | undefined;
  /** What of a person a step learns from; one row, picked anew, if absent. */
  ofEachPerson?: OfEachPerson | undefined;
  /** q N: a public constant that divides every sum, never the size that was drawn. */
  expectedBatchSize: number;
  /**
   * η. With privacy it multiplies the sum divided by q N C, so that one value suits every clip; without, the sum
   * divided by q N.
   */
  learningRate: number | ((step: number) => number);
  /** Null trains plainly. */
  privacy: PrivacyOptions | null;
  /** Sampling and noise. Cryptographic for privacy; seeded for teaching and tests. */
  random: RandomSource;
  /** Starting weights. */
  initial: RandomSource;
  optimizer?: (sizes: readonly number[]) => Optimizer;
  /** Weight of the past in the average of weights that is evaluated; 0 evaluates the last weights. */
  averaging?: number;
  /** Examples of a micro-batch. Limits memory; without influence on the result. */
  physicalBatchSize?: number;
  /** Altered copies of each example, whose mean gradient is clipped. */
  augmentation?: AugmentationRule;
  /** What sums gradients; if absent the fastest that can. `null`: by tensors, on the backend in use. */
  kernel?: LotKernel | null;
  /** `fused`: quicker where the machine can, for runs that nobody will repeat digit by digit. See `Products`. */
  products?: Products;
}

export interface StepReport {
  /** 1 for the first. */
  step: number;
  /** Examples drawn. Depends on who took part: not covered by ε. */
  lotSize: number;
  /** Mean loss over the lot in nats, null for an empty lot. Not covered by ε. */
  loss: number | null;
  /** ‖gᵢ‖ of the lot before clipping; none where nothing is clipped. Not covered by ε. */
  norms: Float32Array;
  /** Examples of the lot whose gradient was infinite or no number, and counted as zero. Not covered by ε. */
  zeroed: number;
  /** C of this step; null for plain training. With adaptive clipping it is a private release of its own, covered by ε. */
  maxGradNorm: number | null;
}

/** Normals drawn at once: few enough to stay in the nearest cache until they are added, and an even number, as they come in pairs. */
const NOISE_AT_ONCE = 2048;

/** N: whom a lot is drawn from. */
const unitsOf = ({ persons, dataset }: TrainerOptions): number => persons?.length ?? dataset.size;

export function checkTrainer(options: TrainerOptions): void {
  const { dataset, persons, expectedBatchSize, privacy, averaging = 0, physicalBatchSize = 1 } = options;
  if (persons) checkPersons(persons, dataset.size);
  const refuse = (what: string, remedy: string) => {
    throw new TrainingError('parameter-out-of-range', what, remedy);
  };
  const units = unitsOf(options);
  if (!(expectedBatchSize > 0 && expectedBatchSize <= units))
    refuse(
      `An expected batch of ${expectedBatchSize} cannot be drawn from ${units} ${persons ? 'persons' : 'examples'}.`,
      `Choose a size from 1 to ${units}.`,
    );
  if (privacy && !(privacy.maxGradNorm > 0 && Number.isFinite(privacy.maxGradNorm)))
    refuse(`A clip of ${privacy.maxGradNorm} is no length.`, 'Choose a positive number, for example 1.');
  if (privacy && !(privacy.noiseMultiplier >= 0 && Number.isFinite(privacy.noiseMultiplier)))
    refuse(`A noise multiplier of ${privacy.noiseMultiplier} makes no sense.`, 'Choose 0 or more.');
  const adaptive = privacy?.adaptive;
  if (adaptive && !(adaptive.countNoise >= 0 && adaptive.quantile > 0 && adaptive.quantile < 1))
    refuse(
      `A quantile of ${adaptive.quantile} with noise ${adaptive.countNoise} cannot be followed.`,
      'Choose a quantile between 0 and 1, and noise of 0 or more.',
    );
  if (adaptive && privacy?.clipping === 'automatic')
    refuse('Automatic clipping has no clip that could be adapted.', 'Choose flat or per-layer clipping.');
  if (persons && options.ofEachPerson === 'all' && privacy?.clipping === 'per-layer')
    refuse(
      'All rows of a person are clipped together, not layer by layer.',
      'Choose flat or automatic clipping, or one row of each person.',
    );
  if (!(averaging >= 0 && averaging < 1))
    refuse(`Averaging with weight ${averaging} never moves.`, 'Choose 0 or more, and less than 1.');
  if (!(Number.isInteger(physicalBatchSize) && physicalBatchSize > 0))
    refuse(`A micro-batch of ${physicalBatchSize} rows cannot be made.`, 'Choose a whole number from 1.');
}

export class Trainer {
  /** In double, one array a parameter of the model. */
  readonly weights: Float64Array[];
  /** Shapes of all parameters, in the order of `weights`. */
  readonly parameterShapes: readonly (readonly number[])[];
  private readonly averaged: Float64Array[];
  private readonly noise = new Float64Array(NOISE_AT_ONCE);
  private readonly optimizer: Optimizer;
  private random: RandomSource;
  private clip: number | null;
  private pending: PendingLot | null = null;
  private kernel: Promise<LotKernel> | null = null;
  private stepsDone = 0;
  private stepsCharged = 0;
  private zeroedSoFar = 0;

  constructor(private readonly options: TrainerOptions) {
    checkTrainer(options);
    const layers = layersOf(options.layers);
    this.parameterShapes = layers.flatMap((layer) => layer.parameterShapes);
    this.weights = layers.flatMap((layer) => layer.initialise(options.initial));
    this.averaged = this.weights.map((w) => w.slice());
    this.optimizer = (options.optimizer ?? momentum)(this.weights.map((w) => w.length));
    this.random = options.random;
    this.clip = options.privacy?.maxGradNorm ?? null;
  }

  get step(): number {
    return this.stepsDone;
  }

  /** Gradients that were infinite or no number, and counted as zero, over all steps. Not covered by ε. */
  get zeroed(): number {
    return this.zeroedSoFar;
  }

  get parameterCount(): number {
    return this.weights.reduce((sum, w) => sum + w.length, 0);
  }

  /** The weights to judge and to release: averaging is post-processing, free of privacy cost. */
  get released(): readonly Float64Array[] {
    return this.averaged;
  }

  /** What the steps so far cost, for an accountant. Null for plain training, which no ε covers. */
  get charged(): PrivacyEvent[] | null {
    return this.chargeFor(this.stepsCharged);
  }

  /** What any number of steps would cost: for planning, and for writing it down before they run. */
  chargeFor(steps: number): PrivacyEvent[] | null {
    const { privacy, expectedBatchSize } = this.options;
    if (!privacy) return null;
    if (steps === 0) return [];
    const noiseMultiplier = privacy.adaptive
      ? jointNoiseMultiplier(privacy.noiseMultiplier, privacy.adaptive.countNoise)
      : privacy.noiseMultiplier;
    return [
      {
        kind: 'poisson-gaussian',
        sampleRate: expectedBatchSize / unitsOf(this.options),
        noiseMultiplier,
        steps,
      },
    ];
  }

  /**
   * One step. Now and then `breathe` lets messages in; when it throws, the weights are as before the step, and the next call
   * takes the same lot again.
   */
  async next(breathe: () => Promise<void> = async () => {}): Promise<StepReport> {
    const [report] = await Trainer.nextOfAll([this], breathe);
    return report!;
  }

  /**
   * One step of several models over one lot, drawn by the first. Comparing a private model with its plain twin, the lots then
   * are no part of the difference; and where one kernel serves both, the rows are read once.
   * @param trainers of the same data set, model and sampling rate
   */
  static async nextOfAll(
    trainers: readonly Trainer[],
    breathe: () => Promise<void> = async () => {},
  ): Promise<StepReport[]> {
    const first = trainers[0]!;
    const { persons, ofEachPerson, expectedBatchSize, augmentation } = first.options;
    const rate = expectedBatchSize / unitsOf(first.options);
    first.pending ??= {
      indices:
        persons && ofEachPerson !== 'all'
          ? drawRows(persons, rate, first.random)
          : first.random.poissonSample(unitsOf(first.options), rate),
      draw: augmentation ? first.random.uint32() : 0,
    };
    const lot = first.pending;
    const sums = await sumOfAll(trainers, lot, breathe);
    first.pending = null;
    // From here on nothing waits: charged, noise added, moved.
    return trainers.map((trainer, i) => trainer.moveBy(sums[i]!, lot.indices.length));
  }

  private moveBy({ sums, norms, loss, zeroed }: FiniteSum, lotSize: number): StepReport {
    const { expectedBatchSize, privacy } = this.options;
    if (privacy) this.stepsCharged++;
    this.zeroedSoFar += zeroed;
    const maxGradNorm = this.clip;
    this.addNoise(sums);
    this.adaptClip(norms);
    const divisor = expectedBatchSize * (maxGradNorm ?? 1);
    for (const sum of sums) for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! / divisor;
    this.move(sums);
    return {
      step: this.stepsDone,
      lotSize,
      loss: lotSize === 0 ? null : loss / lotSize,
      norms,
      zeroed,
      maxGradNorm,
    };
  }

  /** What sums this model's gradients, found at its first step. */
  kernelInUse(): Promise<LotKernel> {
    const { persons, ofEachPerson } = this.options;
    this.kernel ??=
      persons && ofEachPerson === 'all'
        ? lotKernelFor(this.options).then((rows) => byPerson(rows, persons))
        : lotKernelFor(this.options);
    return this.kernel;
  }

  /** As a kernel takes it. */
  get learner(): Learner {
    const { privacy } = this.options;
    return {
      weights: this.weights,
      clipping: privacy && { rule: privacy.clipping ?? 'flat', maxGradNorm: this.clip! },
    };
  }

  /** Once a step, on the whole sum, in double. An empty lot gets its noise too: skipping it would tell. */
  private addNoise(sums: readonly Float64Array[]): void {
    const { privacy } = this.options;
    if (!privacy || privacy.noiseMultiplier === 0) return;
    for (const sum of sums)
      for (let from = 0; from < sum.length; from += NOISE_AT_ONCE) {
        const part = sum.subarray(from, from + NOISE_AT_ONCE);
        const noise = this.noise.subarray(0, part.length);
        this.random.fillGaussian(noise, privacy.noiseMultiplier * this.clip!);
        for (let i = 0; i < part.length; i++) part[i] = part[i]! + noise[i]!;
      }
    // Whoever finds used noise in memory can take it off the weights again.
    this.noise.fill(0);
  }

  private adaptClip(norms: Float32Array): void {
    const adaptive = this.options.privacy?.adaptive;
    if (!adaptive) return;
    const clip = this.clip!;
    this.clip = adaptedClip(clip, adaptive, {
      within: norms.reduce((count, norm) => count + (norm <= clip ? 1 : 0), 0),
      lotSize: norms.length,
      noise: adaptive.countNoise * this.random.gaussian(),
      expectedBatchSize: this.options.expectedBatchSize,
    });
  }

  private move(gradient: readonly Float64Array[]): void {
    const { learningRate, averaging = 0 } = this.options;
    const step = this.stepsDone + 1;
    const rate = typeof learningRate === 'function' ? learningRate(step) : learningRate;
    this.optimizer.step(this.weights, gradient, rate);
    for (const [p, average] of this.averaged.entries()) {
      const w = this.weights[p]!;
      // Early on, the average of all steps so far: the start is forgotten as soon as there is something to average.
      const past = Math.min(averaging, (step - 1) / step);
      for (let i = 0; i < average.length; i++) average[i] = past * average[i]! + (1 - past) * w[i]!;
    }
    this.stepsDone = step;
  }

  /**
   * Outputs of the released model.
   * @param inputs B × …, stays on the device
   * @returns B × classes, row by row
   */
  async predict(inputs: tf.Tensor): Promise<Float32Array> {
    const parameters = uploadParameters(this.options.layers, this.averaged);
    const output = tf.tidy(() => forward(this.options.layers, parameters, inputs).output);
    tf.dispose(parameters as tf.Tensor[][]);
    try {
      return (await output.data()) as Float32Array;
    } finally {
      output.dispose();
    }
  }

  /** Everything a resumed run needs, copied. Ask between steps. */
  state(): TrainerState {
    const seeded = this.random instanceof SeededRandom ? this.random : null;
    return {
      version: 1,
      settings: this.settings(),
      step: this.stepsDone,
      weights: this.weights.map((w) => w.slice()),
      averaged: this.averaged.map((w) => w.slice()),
      optimizer: this.optimizer.state(),
      maxGradNorm: this.clip,
      random: seeded?.state() ?? null,
      pending: seeded && this.pending,
      chargedSteps: this.stepsCharged,
      zeroed: this.zeroedSoFar,
    };
  }

  /**
   * Goes on where a state was taken.
   * @param seenStep the last step whose results anybody may have seen. Steps after the state are run again with new draws,
   *   and a secure run pays for them twice; a seeded one draws the same again.
   * @throws TrainingError `checkpoint-mismatch` if the settings are not those of the saved run
   */
  restore(state: TrainerState, seenStep = state.step): void {
    checkSettings(state, this.settings());
    for (const [p, w] of this.weights.entries()) w.set(state.weights[p]!);
    for (const [p, w] of this.averaged.entries()) w.set(state.averaged[p]!);
    this.optimizer.restore(state.optimizer);
    this.clip = state.maxGradNorm;
    this.pending = state.pending;
    this.stepsDone = state.step;
    this.zeroedSoFar = state.zeroed ?? 0;
    const lost = state.random || !this.options.privacy ? 0 : Math.max(0, seenStep - state.step);
    this.stepsCharged = state.chargedSteps + lost;
    if (state.random) this.random = SeededRandom.fromState(state.random);
  }

  private settings(): RunSettings {
    const { privacy, dataset, expectedBatchSize } = this.options;
    return {
      shapes: this.parameterShapes,
      datasetSize: dataset.size,
      expectedBatchSize,
      noiseMultiplier: privacy?.noiseMultiplier ?? null,
      clipping: privacy && (privacy.clipping ?? 'flat'),
      countNoise: privacy?.adaptive?.countNoise ?? null,
      optimizer: this.optimizer.name,
      randomness: this.random.kind,
    };
  }
}

/** Σᵢ cᵢ gᵢ of each model over one lot: in one go where one kernel serves all of them. */
async function sumOfAll(
  trainers: readonly Trainer[],
  { indices, draw }: PendingLot,
  breathe: () => Promise<void>,
): Promise<FiniteSum[]> {
  const kernels = await Promise.all(trainers.map((trainer) => trainer.kernelInUse()));
  const learners = trainers.map(({ learner }) => learner);
  if (kernels.every((kernel) => kernel === kernels[0]))
    return sumFinite(kernels[0]!, learners, indices, breathe, draw);
  const sums: FiniteSum[] = [];
  for (const [i, kernel] of kernels.entries())
    sums.push(...(await sumFinite(kernel, [learners[i]!], indices, breathe, draw)));
  return sums;
}
