/**
 * Products and small passes of our own on WebGPU, registered with tfjs, so that its engine keeps count of what they make.
 *
 * Shaders are written for the sizes at hand (`products-wgsl.ts`, `passes-wgsl.ts`), and their pipelines kept. Sizes
 * therefore should not change from step to step: see `physical-batch.ts`.
 */
import * as tf from '@tensorflow/tfjs-core';
import { registerAnew } from '@/lib/kernels/register';
import type { Shader } from '@/lib/kernels/shader';
import { dispatch } from '@/lib/kernels/webgpu-dispatch';
import { columnSumsShader, softmaxShader, squaredLengthsShader } from './passes-wgsl';
import type { Products } from './products';
import { type ProductKind, productShader } from './products-wgsl';

/** @returns null on another backend */
export function webgpuProducts(backend: tf.KernelBackend): Products | null {
  if (!('device' in backend && 'uploadToGPU' in backend)) return null;
  const product = (kind: ProductKind, sizes: (a: Shape, b: Shape) => Sizes) => {
    const run = register(`Epsilon ${kind}`, backend, ([a, b]) => {
      const [rows, inner, columns] = sizes(a!, b!);
      return { shader: () => productShader(kind, { rows, inner, columns }), outputs: [[rows, columns]] };
    });
    return (a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D =>
      a.size === 0 || b.size === 0 ? emptyProduct(sizes(a.shape, b.shape)) : (run([a, b])[0] as tf.Tensor2D);
  };
  const pass = (
    name: string,
    shader: (rows: number, columns: number) => Shader,
    output: (a: Shape) => number,
  ) => {
    const run = register(`Epsilon ${name}`, backend, ([a]) => ({
      shader: () => shader(...a!),
      outputs: [[output(a!)]],
    }));
    return (a: tf.Tensor2D) => run([a])[0] as tf.Tensor1D;
  };
  const softmax = register('Epsilon softmax', backend, ([logits]) => ({
    shader: () => softmaxShader(...logits!),
    outputs: [[logits![0]], logits!],
  }));
  return {
    kind: 'own',
    times: product('times', (a, b) => [a[0], a[1], b[1]]),
    timesTransposed: product('timesTransposed', (a, b) => [a[0], a[1], b[0]]),
    transposedTimes: product('transposedTimes', (a, b) => [a[1], a[0], b[1]]),
    columnSums: pass('column sums', columnSumsShader, ([, columns]) => columns),
    squaredLengths: pass('squared lengths', squaredLengthsShader, ([rows]) => rows),
    softmaxSlopes(logits, labels) {
      const [losses, gradient] = softmax([
        logits,
        labels.dtype === 'int32' ? labels : tf.cast(labels, 'int32'),
      ]) as [tf.Tensor1D, tf.Tensor2D];
      return { losses, gradient };
    },
  };
}

type Shape = readonly [rows: number, columns: number];
type Sizes = [rows: number, inner: number, columns: number];

/** A sum of no terms. Nothing is dispatched: buffers of no size cannot be bound. */
const emptyProduct = ([rows, , columns]: Sizes): tf.Tensor2D => tf.zeros([rows, columns]);

interface Plan {
  shader: () => Shader;
  outputs: readonly (readonly number[])[];
}

/** A kernel of tfjs' engine. */
function register(
  kernelName: string,
  backend: tf.KernelBackend,
  plan: (shapes: readonly Shape[]) => Plan,
): (inputs: readonly tf.Tensor[]) => tf.Tensor[] {
  registerAnew('webgpu', kernelName, ({ inputs }) => {
    const list = Object.values(inputs) as tf.TensorInfo[];
    const { shader, outputs } = plan(list.map(({ shape }) => shape as unknown as Shape));
    const key = `${kernelName} ${list.map(({ shape }) => shape.join(' × ')).join(', ')}`;
    return dispatch(backend, key, shader, list, outputs);
  });
  return (inputs) =>
    tf
      .engine()
      .runKernel(
        kernelName,
        Object.fromEntries(inputs.map((x, i) => [`x${i}`, x])),
      ) as unknown as tf.Tensor[];
}
