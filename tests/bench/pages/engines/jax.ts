/**
 * jax-js, as its guides show: a plain step is `jit` around `valueAndGrad`, a private one `jit` around `vmap` of it, with
 * every example's gradient clipped. The whole step is one jitted function; weights stay on the device. Kernels of
 * convolutions and the rows after them are kept in the order that jax-js computes in, channels first.
 */
import {
  blockUntilReady,
  type Device,
  defaultDevice,
  init,
  jit,
  lax,
  type NdArray,
  nn,
  numpy as np,
  valueAndGrad,
  vmap,
} from '@jax-js/jax';
import type { BenchModelName } from '../bench-models';
import { countDispatches } from '../dispatches';
import { type Engine, rowsOf, type Stepper, type StepSettings, type Task } from '../engine';

const MOMENTUM = 0.9;
/** jax-js counts references: whoever uses an array, uses it up, unless through `ref`. */
const refs = (arrays: NdArray[]) => arrays.map((array) => array.ref);

/** @param w kernel and bias of each layer in turn  @param x B × … */
function logits(model: BenchModelName, w: NdArray[], x: NdArray): NdArray {
  const affine = (input: NdArray, layer: number) => np.matmul(input, w[2 * layer]!).add(w[2 * layer + 1]!);
  switch (model) {
    case 'linear':
    case 'wide':
      return affine(x, 0);
    case 'mlp':
      return affine(np.tanh(affine(x, 0)), 1);
    case 'cnn': {
      const size = x.shape[0]!;
      const convolved = (input: NdArray, layer: number, stride: number, padding: 'SAME' | 'VALID') =>
        np.tanh(
          lax
            .conv(input, w[2 * layer]!, [stride, stride], padding)
            .add(w[2 * layer + 1]!.reshape([1, -1, 1, 1])),
        );
      const first = convolved(x.reshape([size, 1, 28, 28]), 0, 2, 'SAME');
      const pooled = first.reshape([size, 16, 7, 2, 7, 2]).mean([3, 5]);
      const second = convolved(pooled, 1, 1, 'VALID');
      return affine(np.tanh(affine(second.reshape([size, 512]), 2)), 3);
    }
  }
}

/** Sum of the cross-entropies of some examples. */
function totalLoss(model: BenchModelName, w: NdArray[], x: NdArray, y: NdArray): NdArray {
  return nn
    .logSoftmax(logits(model, w, x))
    .mul(nn.oneHot(y, 10))
    .sum()
    .neg();
}

type Sums = [loss: NdArray, sums: NdArray[]];

function plainSums(model: BenchModelName, w: NdArray[], x: NdArray, y: NdArray): Sums {
  return valueAndGrad((v: NdArray[]) => totalLoss(model, v, x, y))(w);
}

function clippedSums(model: BenchModelName, clip: number, w: NdArray[], x: NdArray, y: NdArray): Sums {
  const ofOne = (v: NdArray[], row: NdArray, label: NdArray) =>
    totalLoss(model, v, np.expandDims(row, 0), np.expandDims(label, 0));
  const [losses, gradients] = vmap(valueAndGrad(ofOne), [null, 0, 0])(w, x, y);
  const square = gradients
    .map((g) => np.square(g.ref).sum(g.shape.slice(1).map((_, axis) => axis + 1)))
    .reduce((a, b) => a.add(b));
  const factor = np.minimum(np.reciprocal(np.sqrt(square)).mul(clip), 1);
  const sums = gradients.map((g) => {
    const one = factor.ref.reshape([g.shape[0]!, ...g.shape.slice(1).map(() => 1)]);
    return g.mul(one).sum(0);
  });
  factor.dispose();
  return [losses.sum(), sums];
}

/** Places of a parameter's numbers in our order, by their places in jax-js'; null where they are the same. */
function order(model: BenchModelName, place: number, shape: readonly number[]): Int32Array | null {
  if (model !== 'cnn' || (shape.length !== 4 && place !== 4)) return null;
  // Height × width × in × out becomes out × in × height × width; of the rows after flattening, height × width × channel
  // becomes channel × height × width.
  const [h, w, i, o] =
    shape.length === 4 ? (shape as [number, number, number, number]) : [4, 4, 32, shape[1]!];
  const places = new Int32Array(h * w * i * o);
  let at = 0;
  const own = (y: number, x: number, c: number, f: number) => ((y * w + x) * i + c) * o + f;
  if (shape.length === 4) {
    for (let f = 0; f < o; f++)
      for (let c = 0; c < i; c++)
        for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) places[at++] = own(y, x, c, f);
  } else
    for (let c = 0; c < i; c++)
      for (let y = 0; y < h; y++)
        for (let x = 0; x < w; x++) for (let f = 0; f < o; f++) places[at++] = own(y, x, c, f);
  return places;
}

export async function open(task: Task, backend: string): Promise<Engine> {
  const device = backend as Device;
  if (!(await init(device)).includes(device)) throw new Error(`jax-js did not start on ${backend}`);
  defaultDevice(device);
  const { model, width, weights: starting } = task;
  const orders = starting.map(({ shape }, place) => order(model, place, shape));
  const shapes = starting.map(({ shape }) =>
    shape.length === 4 ? [shape[3]!, shape[2]!, shape[0]!, shape[1]!] : [...shape],
  );

  async function start({ learningRate, clip }: StepSettings): Promise<Stepper> {
    let w = starting.map(({ values }, p) => {
      const places = orders[p];
      const ordered = places
        ? Float32Array.from(places, (place) => values[place]!)
        : Float32Array.from(values);
      return np.array(ordered).reshape(shapes[p]!);
    });
    let v = shapes.map((shape) => np.zeros(shape));
    const step = jit((weights: NdArray[], velocities: NdArray[], x: NdArray, y: NdArray) => {
      const size = x.shape[0]!;
      const [loss, sums] =
        clip === null ? plainSums(model, refs(weights), x, y) : clippedSums(model, clip, refs(weights), x, y);
      const moved = velocities.map((velocity, p) => velocity.mul(MOMENTUM).add(sums[p]!.div(size)));
      const after = weights.map((weight, p) => weight.sub(moved[p]!.ref.mul(learningRate)));
      return [loss.div(size), after, moved] as [NdArray, NdArray[], NdArray[]];
    });
    return {
      async step(lot) {
        const [rows, labels] = rowsOf(task, lot);
        const x = np.array(rows).reshape([lot.length, width]);
        const result = step(w, v, x, np.array(labels));
        w = result[1];
        v = result[2];
        const [[loss]] = await Promise.all([result[0].data(), blockUntilReady(w)]);
        return loss as number;
      },
      weights: async () =>
        Promise.all(
          refs(w).map(async (array, p) => {
            const values = await array.data();
            const places = orders[p];
            if (!places) return values;
            const back = new Float32Array(values.length);
            places.forEach((place, at) => {
              back[place] = values[at]!;
            });
            return back;
          }),
        ),
      dispose: () => {
        for (const array of [...w, ...v]) array.dispose();
        step.dispose();
      },
    };
  }

  return {
    start,
    tensors: () => null,
    dispatches: (work) => countDispatches(backend, work),
  };
}
