/**
 * What a contender of the training benchmark is, whoever made it: an engine opened on a task, which starts steppers. Arrays may
 * come from another frame of the page: an engine that asks `instanceof` takes a view of its own over them first.
 */
import type { BackendName } from '@/tests/harness/tf';
import type { BenchModelName } from './bench-models';

/** What all engines train on: the same rows, the same starting weights. */
export interface Task {
  model: BenchModelName;
  /** n × width, row by row. */
  features: Float32Array;
  /** n class numbers, 0 … 9. */
  labels: Uint8Array;
  width: number;
  /** Of one example. */
  inputShape: readonly number[];
  /** Kernel and bias of each layer in turn; kernels of convolutions height × width × in × out. */
  weights: readonly { shape: readonly number[]; values: Float32Array }[];
}

export interface StepSettings {
  learningRate: number;
  /** C: the longest gradient an example may contribute; null trains plainly. */
  clip: number | null;
  /** σ; peers add no noise, which is in their favour. */
  noiseMultiplier: number;
}

export interface Stepper {
  /**
   * One step of momentum (0.9) on the mean of the, clipped, gradients of a lot: from its rows to new weights, waited for.
   * @returns mean loss over the lot in nats, before the weights moved
   */
  step(lot: Int32Array): Promise<number>;
  /** As they are now, in the order and layout of the task. */
  weights(): Promise<ArrayLike<number>[]>;
  dispose(): void;
}

export interface Engine {
  start(settings: StepSettings): Promise<Stepper>;
  /** A private step and a plain one over the same lot at once, as the lessons take them. Only ours. */
  startBoth?(settings: StepSettings): Promise<Stepper>;
  /** Tensors that are held now; null where the engine does not say. */
  tensors(): number | null;
  /** GPU dispatches or draws while `work` runs; null where there is no GPU. */
  dispatches(work: () => Promise<unknown>): Promise<number | null>;
  /** Lengths of the gradients of a lot's examples at the start. Only ours tells. */
  norms?(lot: Int32Array): Promise<Float32Array>;
}

/** A module of `engines/` has this one function. */
export interface EngineModule {
  open(task: Task, backend: BackendName, threads: number): Promise<Engine>;
}

/** The rows of a lot, put together one by one, as every loop over a data set must. */
export function rowsOf({ features, labels, width }: Task, lot: Int32Array): [Float32Array, Int32Array] {
  const rows = new Float32Array(lot.length * width);
  const classes = new Int32Array(lot.length);
  for (let i = 0; i < lot.length; i++) {
    const from = lot[i]! * width;
    rows.set(features.subarray(from, from + width), i * width);
    classes[i] = labels[lot[i]!]!;
  }
  return [rows, classes];
}
