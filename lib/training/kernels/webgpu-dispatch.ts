/**
 * Runs a WGSL shader of our own on tensors of tfjs' WebGPU backend, in the order of its other work.
 *
 * tfjs' own way (`runWebGPUProgram`) surrounds a shader with some 6 kB of index functions and writes a buffer of uniforms for every
 * dispatch. Ours have their sizes written out as constants: no uniforms, a pipeline for each set of sizes, made once. What is
 * used of the backend here are members that its types declare private, of the one version that package.json names.
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

interface Prepared {
  pipeline: GPUComputePipeline;
  groups: [x: number, y: number];
}

const prepared = new WeakMap<GPUDevice, Map<string, Prepared>>();

/**
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
  const gpu = backend as unknown as Backend;
  const outputs = outputShapes.map((shape) => gpu.makeTensorInfo(shape, 'float32'));
  const ids = [...inputs, ...outputs].map(({ dataId }) => dataId);
  // Before the pass begins: an upload may have to end the pass of earlier work.
  for (const id of ids) gpu.uploadToGPU(id);
  const { pipeline, groups } = prepare(gpu.device, key, shader);
  const bindings = gpu.device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: ids.map((id, binding) => ({ binding, resource: { buffer: gpu.tensorMap.get(id).resource } })),
  });
  gpu.ensureCommandEncoderReady();
  gpu.computePassEncoder ??= gpu.commandEncoder!.beginComputePass();
  gpu.computePassEncoder.setPipeline(pipeline);
  gpu.computePassEncoder.setBindGroup(0, bindings);
  gpu.computePassEncoder.dispatchWorkgroups(...groups);
  for (const id of ids) gpu.commandQueueOwnedIds.add(id);
  // As tfjs does: the device begins while this side still writes down the rest.
  if (++gpu.dispatchCountInPass >= tf.env().getNumber('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE')) {
    gpu.endComputePassEncoder();
    gpu.submitQueue();
  }
  return outputs;
}

function prepare(device: GPUDevice, key: string, shader: () => Shader): Prepared {
  const known = prepared.get(device) ?? new Map<string, Prepared>();
  prepared.set(device, known);
  let made = known.get(key);
  if (!made) {
    const { code, threads } = shader();
    const module = device.createShaderModule({ code, label: key });
    const groups = Math.ceil(threads / WORKGROUP);
    const across = Math.min(groups, MOST_GROUPS);
    made = {
      pipeline: device.createComputePipeline({ label: key, layout: 'auto', compute: { module } }),
      groups: [across, Math.ceil(groups / across)],
    };
    known.set(key, made);
  }
  return made;
}
