/** The middle of a training step by a kernel of its own instead of tensors: from the drawn rows to the sum of clipped gradients. */
import type { Clipping } from '../clipping';

export interface LotSum {
  /** Σᵢ cᵢ gᵢ in double, one array a parameter. */
  sums: Float64Array[];
  /** ‖gᵢ‖ before clipping, in the order of the lot; empty where nothing is clipped. */
  norms: Float32Array;
  /** Of all examples together, in nats. */
  loss: number;
}

/** A model that learns from a lot. */
export interface Learner {
  /** One array a parameter. */
  weights: readonly Float64Array[];
  /** Null sums gradients as they are. */
  clipping: Clipping | null;
}

export interface LotKernel {
  /** Where it computes, if not on the backend in use. */
  readonly backend?: { readonly name: 'wasm'; readonly adapter: string };
  /**
   * @param learners of the same form; all of them learn from the same lot
   * @param lot row numbers of the sampled examples, any number of them
   * @param breathe called now and then; what it throws ends the work
   * @param draw what alters the examples of this step, where there is augmentation
   */
  sumLot(
    learners: readonly Learner[],
    lot: Int32Array,
    breathe: () => Promise<void>,
    draw: number,
  ): Promise<LotSum[]>;
}
