/**
 * A model: layers one after another, or a graph of them. A plain list is the common case; where branches part and meet, an
 * entry says by position whose output it takes.
 */
import * as tf from '@tensorflow/tfjs-core';
import { TrainingError } from './dataset';
import type { Join, Layer, Parameters } from './layer';

/** The position of the model's own input. */
export const INPUT = -1;

export type ModelEntry =
  | Layer
  | { layer: Layer; from: number }
  /** At least two inputs. */
  | { join: Join; from: readonly number[] };

/** In the order in which they are computed; the last one's output is the model's. */
export type Model = readonly ModelEntry[];

interface Node {
  layer: Layer | null;
  join: Join | null;
  from: readonly number[];
}

function nodesOf(model: Model): Node[] {
  if (model.length === 0)
    throw new TrainingError(
      'model-malformed',
      'A model without layers learns nothing.',
      'Give at least one.',
    );
  return model.map((entry, i) => {
    const from = 'join' in entry ? [...entry.from] : 'layer' in entry ? [entry.from] : [i - 1];
    const wrong = from.find((position) => !(Number.isInteger(position) && position >= INPUT && position < i));
    if (wrong !== undefined)
      throw new TrainingError(
        'model-malformed',
        `Entry ${i} of the model takes the output of entry ${wrong}, which does not come before it.`,
        'Let entries take outputs of earlier ones, or -1 for the input.',
      );
    return 'join' in entry
      ? { layer: null, join: entry.join, from }
      : { layer: 'layer' in entry ? entry.layer : entry, join: null, from };
  });
}

/** The layers of a model in the order of their parameters. */
export function layersOf(model: Model): Layer[] {
  return nodesOf(model).flatMap(({ layer }) => (layer ? [layer] : []));
}

/** Float32 copies of weights on the device, one list a layer. The caller disposes. */
export function uploadParameters(model: Model, weights: readonly Float64Array[]): Parameters[] {
  let p = 0;
  return layersOf(model).map((layer) =>
    layer.parameterShapes.map((shape) => tf.tensor(new Float32Array(weights[p++]!), shape as number[])),
  );
}

/** What one layer received and kept, and the gradient that came back to it. */
export interface Visit {
  layer: Layer;
  saved: readonly tf.Tensor[];
  gradient: tf.Tensor;
  /** Its input is the model's input. */
  first: boolean;
}

export interface Pass {
  output: tf.Tensor;
  /** Runs backward from the gradient at the output. One visit a layer, in the order of `layersOf`. */
  backward(gradient: tf.Tensor): Visit[];
}

/**
 * Forward through all entries. Call inside `tf.tidy`.
 * @param parameters one list a layer, in the order of `layersOf`
 */
export function forward(model: Model, parameters: readonly Parameters[], input: tf.Tensor): Pass {
  const nodes = nodesOf(model);
  let l = 0;
  const own = nodes.map(({ layer }) => (layer ? parameters[l++]! : []));
  const outputs: tf.Tensor[] = [];
  const saved: (readonly tf.Tensor[])[] = [];
  const at = (position: number) => (position === INPUT ? input : outputs[position]!);
  for (const [i, { layer, join, from }] of nodes.entries()) {
    const step = layer
      ? layer.forward(at(from[0]!), own[i]!)
      : { output: join!.forward(from.map(at)), saved: [] };
    outputs.push(step.output);
    saved.push(step.saved);
  }

  return {
    output: outputs[nodes.length - 1]!,
    backward(gradient) {
      const gradients: (tf.Tensor | undefined)[] = new Array(nodes.length);
      gradients[nodes.length - 1] = gradient;
      // The data need no gradient; an output that is used twice collects two.
      const send = (position: number, part: tf.Tensor) => {
        if (position === INPUT) return;
        const before = gradients[position];
        gradients[position] = before ? tf.add(before, part) : part;
      };
      for (let i = nodes.length - 1; i >= 0; i--) {
        const { layer, join, from } = nodes[i]!;
        // An output that nothing uses has no influence.
        const arrived = gradients[i] ?? tf.zerosLike(outputs[i]!);
        gradients[i] = arrived;
        if (layer) {
          if (from[0] !== INPUT) send(from[0]!, layer.backward(arrived, own[i]!, saved[i]!));
        } else if (from.some((position) => position !== INPUT)) {
          const parts = join!.backward(arrived, from.map(at));
          for (const [k, position] of from.entries()) send(position, parts[k]!);
        }
      }
      return nodes.flatMap(({ layer, from }, i) =>
        layer ? [{ layer, saved: saved[i]!, gradient: gradients[i]!, first: from[0] === INPUT }] : [],
      );
    },
  };
}
