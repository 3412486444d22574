/**
 * Runs a WGSL shader of our own on tensors of tfjs' WebGPU backend, in the order of its other work.
 *
 * tfjs' own way (`runWebGPUProgram`) surrounds a shader with some 6 kB of index functions and writes a buffer of uniforms for every
 * dispatch. Ours either have their sizes written out as constants, with a pipeline for each set of sizes; or they share one
 * pipeline and read their sizes from a small buffer that is written once for each set and kept. What is used of the backend
 * here are members that its types declare private, of the one version that package.json names.
 */
import * as tf from '@tensorflow/tfjs-core';
import { MOST_GROUPS, type Shader, WORKGROUP } from './shader';

interface Backend {
  readonly device: GPUDevice;
  readonly tensorMap: { get(id: object): { resource: GPUBuffer } };
  commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  /** Tensors that work not yet submitted reads or writes: their buffers are not given to others before. */
  readonly commandQueueOwnedIds: WeakSet<object>;
  dispatchCountInPass: number;
  makeTensorInfo(shape: readonly number[], dtype: 'float32'): tf.TensorInfo;
  uploadToGPU(id: object): void;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
}

/** What one device has compiled, and the sizes it was told. */
interface Kept {
  readonly pipelines: Map<string, GPUComputePipeline>;
  /** Of shaders that were asked for while tfjs only compiles: see `compile-ahead.ts`. */
  readonly compiling: Map<string, Promise<void>>;
  readonly sizes: Map<string, GPUBuffer>;
  /** Of shaders that are written for their sizes. */
  readonly threads: Map<string, number>;
}

const kept = new WeakMap<GPUDevice, Kept>();

function keptBy(device: GPUDevice): Kept {
  let own = kept.get(device);
  if (!own) {
    own = { pipelines: new Map(), compiling: new Map(), sizes: new Map(), threads: new Map() };
    kept.set(device, own);
  }
  return own;
}

/**
 * A shader that is written for its sizes.
 * @param key tells shaders apart; the same key, the same shader
 * @param shader bindings 0 … of group 0 are the inputs, then the outputs
 * @param outputShapes none of them empty
 */
export function dispatch(
  backend: tf.KernelBackend,
  key: string,
  shader: () => Shader,
  inputs: readonly tf.TensorInfo[],
  outputShapes: readonly (readonly number[])[],
): tf.TensorInfo[] {
  const { threads } = keptBy((backend as unknown as Backend).device);
  let made: Shader | undefined;
  if (!threads.has(key)) {
    made = shader();
    threads.set(key, made.threads);
  }
  const program = { key, code: () => (made ?? shader()).code };
  return dispatchShared(backend, program, threads.get(key)!, null, inputs, outputShapes);
}

/** A shader for any sizes. */
export interface Program {
  /** The same key, the same code. */
  readonly key: string;
  /** Bindings 0 … of group 0 are the inputs, then the outputs, then a uniform buffer of sizes, if there are any. */
  code(): string;
}

/**
 * @param threads that have something to do, at least 1
 * @param sizes what the uniform buffer holds, 32 bits each; null for a shader without one
 * @param outputShapes none of them empty
 */
export function dispatchShared(
  backend: tf.KernelBackend,
  program: Program,
  threads: number,
  sizes: readonly number[] | null,
  inputs: readonly tf.TensorInfo[],
  outputShapes: readonly (readonly number[])[],
): tf.TensorInfo[] {
  const gpu = backend as unknown as Backend;
  const outputs = outputShapes.map((shape) => gpu.makeTensorInfo(shape, 'float32'));
  const ids = [...inputs, ...outputs].map(({ dataId }) => dataId);
  // Before the pass begins: an upload may have to end the pass of earlier work.
  for (const id of ids) gpu.uploadToGPU(id);
  if (tf.env().getBool('WEBGPU_ENGINE_COMPILE_ONLY')) {
    void compile(backend, program);
    return outputs;
  }
  const pipeline = pipelineOf(gpu.device, program);
  const buffers = ids.map((id) => gpu.tensorMap.get(id).resource);
  if (sizes) buffers.push(sizesOn(gpu.device, sizes));
  const bindings = gpu.device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
  const groups = Math.ceil(threads / WORKGROUP);
  const across = Math.min(groups, MOST_GROUPS);
  gpu.ensureCommandEncoderReady();
  gpu.computePassEncoder ??= gpu.commandEncoder!.beginComputePass();
  gpu.computePassEncoder.setPipeline(pipeline);
  gpu.computePassEncoder.setBindGroup(0, bindings);
  gpu.computePassEncoder.dispatchWorkgroups(across, Math.ceil(groups / across));
  for (const id of ids) gpu.commandQueueOwnedIds.add(id);
  // As tfjs does: the device begins while this side still writes down the rest.
  if (++gpu.dispatchCountInPass >= tf.env().getNumber('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE')) {
    gpu.endComputePassEncoder();
    gpu.submitQueue();
  }
  return outputs;
}

/**
 * Has a program compiled beside whatever else goes on; several at once are compiled side by side.
 * A program the device refuses is reported as every error of the device is.
 */
export function compile(backend: tf.KernelBackend, program: Program): Promise<void> {
  const { device } = backend as unknown as Backend;
  const { pipelines, compiling } = keptBy(device);
  if (pipelines.has(program.key)) return Promise.resolve();
  let begun = compiling.get(program.key);
  if (!begun) {
    begun = device
      .createComputePipelineAsync(describe(device, program))
      .then((pipeline) => void pipelines.set(program.key, pipeline))
      // Whoever runs it asks again, and hears what is wrong.
      .catch(() => undefined)
      .finally(() => compiling.delete(program.key));
    compiling.set(program.key, begun);
  }
  return begun;
}

/** What is being compiled for a backend, if anything is. */
export async function compiled(backend: tf.KernelBackend): Promise<void> {
  await Promise.all(keptBy((backend as unknown as Backend).device).compiling.values());
}

function pipelineOf(device: GPUDevice, program: Program): GPUComputePipeline {
  const { pipelines } = keptBy(device);
  let made = pipelines.get(program.key);
  if (!made) {
    made = device.createComputePipeline(describe(device, program));
    pipelines.set(program.key, made);
  }
  return made;
}

const describe = (device: GPUDevice, { key, code }: Program): GPUComputePipelineDescriptor => ({
  label: key,
  layout: 'auto',
  compute: { module: device.createShaderModule({ code: code(), label: key }) },
});

/** Kept for as long as the device lives: some dozens of bytes for each set of sizes. */
function sizesOn(device: GPUDevice, values: readonly number[]): GPUBuffer {
  const { sizes } = keptBy(device);
  const key = values.join();
  let buffer = sizes.get(key);
  if (!buffer) {
    buffer = device.createBuffer({
      label: 'sizes',
      // Uniform structures are as long as a multiple of 16 bytes.
      size: Math.ceil(values.length / 4) * 16,
      usage: GPUBufferUsage.UNIFORM,
      mappedAtCreation: true,
    });
    new Uint32Array(buffer.getMappedRange()).set(values);
    buffer.unmap();
    sizes.set(key, buffer);
  }
  return buffer;
}
