/**
 * What a layer must know so that a whole batch can be trained with exact per-example clipping, at about the price of
 * plain SGD ("book-keeping", Bu et al. 2022, arXiv:2210.00038):
 *
 * 1. `forward` keeps what the gradient will need (`saved`);
 * 2. `backward` carries the gradient of each example's own loss from output to input;
 * 3. `squaredNorms` gives ‖gᵢ‖² of each example's parameter gradient without building gᵢ where it can;
 * 4. `weightedSums` contracts Σᵢ cᵢ gᵢ in one go, cᵢ being the clip factor of example i.
 *
 * The loss is a *sum* over examples, so the gradient that arrives for example i is that of its own loss alone. No layer
 * may let one row of a batch influence another: that is why there is group normalisation here and no batch normalisation.
 */
import type * as tf from '@tensorflow/tfjs-core';
import type { RandomSource } from '@/lib/random';

/** A layer's parameters, as they lie on the device. Shapes are given by `parameterShapes`. */
export type Parameters = readonly tf.Tensor[];

export interface Forward {
  /** B × … */
  output: tf.Tensor;
  /** Kept until the gradient has been taken; includes the input where the layer needs it. */
  saved: readonly tf.Tensor[];
}

/** Known facts about a layer's input, so that they need not be computed again. */
export interface InputFacts {
  /** ‖aᵢ‖² of each row, [B]. Known for the first layer, whose input is the data. */
  squaredInputNorms?: tf.Tensor1D;
  /**
   * K: rows that belong to one example, one after the other; 1 if absent. With augmentation multiplicity the gradient of an
   * example is the sum over its K rows, and its norm is that of the sum. [B / K] squared norms come back then.
   */
  copies?: number;
}

/**
 * What `squaredNorms` had to build and `weightedSums` can use again, such as unfolded patches. Empty at first; lives
 * as long as one batch. A layer works without it, as plain SGD does, where no norms are asked for.
 */
export type Shared = Record<string, tf.Tensor>;

export interface Layer {
  readonly name: string;
  /** Empty for layers that learn nothing. */
  readonly parameterShapes: readonly (readonly number[])[];
  /** Of a layer that is nothing but z = a W + b: its size. */
  readonly linear?: { readonly inputs: number; readonly outputs: number; readonly bias: boolean };
  /** Starting values, one array a parameter. */
  initialise(random: RandomSource): Float64Array[];
  /** @param input B × … */
  forward(input: tf.Tensor, parameters: Parameters): Forward;
  /** Gradient with respect to the input, from the gradient with respect to the output. Both B × … */
  backward(gradient: tf.Tensor, parameters: Parameters, saved: readonly tf.Tensor[]): tf.Tensor;
  /** ‖gᵢ‖² over all parameters of this layer, one an example; null if it has none. */
  squaredNorms(
    gradient: tf.Tensor,
    saved: readonly tf.Tensor[],
    facts?: InputFacts,
    shared?: Shared,
  ): tf.Tensor1D | null;
  /** Σᵢ cᵢ gᵢ for each parameter, in the order of `parameterShapes`. @param factors cᵢ of each row, [B] */
  weightedSums(
    gradient: tf.Tensor,
    saved: readonly tf.Tensor[],
    factors: tf.Tensor1D,
    shared?: Shared,
  ): tf.Tensor[];
}

/** A layer without parameters: only its value and its slope. */
export function functionLayer(name: string, fields: Pick<Layer, 'forward' | 'backward'>): Layer {
  return {
    name,
    parameterShapes: [],
    initialise: () => [],
    squaredNorms: () => null,
    weightedSums: () => [],
    ...fields,
  };
}

/** Several inputs to one output, without parameters: concatenation, or the sum of a residual connection. */
export interface Join {
  readonly name: string;
  forward(inputs: readonly tf.Tensor[]): tf.Tensor;
  /** One gradient an input. */
  backward(gradient: tf.Tensor, inputs: readonly tf.Tensor[]): tf.Tensor[];
}

/** What a model tries to make small, one number an example. */
export interface Loss {
  readonly name: string;
  /**
   * @param output B × …
   * @param targets class numbers [B], int32; or B × …, float32, for losses on numbers
   * @returns losses [B], and the gradient of each example's own loss, of the shape of the output
   */
  evaluate(output: tf.Tensor, targets: tf.Tensor): { losses: tf.Tensor1D; gradient: tf.Tensor };
}
