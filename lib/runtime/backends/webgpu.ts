/**
 * WebGPU, on a device that we request ourselves: tfjs asks for the default limit of 8 storage buffers a stage, with which
 * `addN` of eight or more tensors silently returns stale data. Holding the device also lets us hear of its loss and of
 * errors that nobody awaited, which would otherwise be wrong numbers and one line on the console.
 */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { deviceLost } from '../failure';
import { describeWebGpuAdapter } from './adapter';
import { BackendRefused, checkAdapter, type Started, type StartOptions } from './candidate';

/** Limits that tfjs's kernels make use of beyond the defaults. */
const RAISED_LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
  'maxStorageBuffersPerShaderStage',
] as const satisfies readonly (keyof GPUSupportedLimits)[];

const FEATURES: readonly GPUFeatureName[] = ['timestamp-query', 'bgra8unorm-storage'];

/** @throws BackendRefused without WebGPU or an adapter that will do */
export async function startWebGpu(options: StartOptions): Promise<Started> {
  if (!('gpu' in navigator) || !navigator.gpu) throw new BackendRefused('this browser has no WebGPU');
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new BackendRefused('WebGPU found no graphics adapter');
  const started = checkAdapter(describeWebGpuAdapter(adapter), options.acceptSoftware);
  const device = await adapter.requestDevice({
    requiredFeatures: FEATURES.filter((feature) => adapter.features.has(feature)),
    requiredLimits: Object.fromEntries(RAISED_LIMITS.map((limit) => [limit, adapter.limits[limit]])),
  });
  watch(device, options);

  // tfjs registered a factory of its own when it was imported; ours hands over the watched device instead.
  if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info), 3);
  if (!(await tf.setBackend('webgpu'))) throw new BackendRefused('WebGPU did not start');
  return { ...started, answers: () => answers(device) };
}

/** A byte can be fetched back from a device that lives. One that is lost refuses, also where its loss is yet to be told. */
async function answers(device: GPUDevice): Promise<boolean> {
  try {
    const buffer = device.createBuffer({ size: 4, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
    await buffer.mapAsync(GPUMapMode.READ);
    buffer.destroy();
    return true;
  } catch {
    return false;
  }
}

function watch(device: GPUDevice, { onTrouble }: StartOptions): void {
  device.lost.then(({ message }) => onTrouble(deviceLost(message)));
  // Only the first: the errors after it are mostly its consequences.
  device.addEventListener(
    'uncapturederror',
    (event) =>
      onTrouble({
        code: 'gpu-error',
        message: `The graphics device refused an operation, so its numbers cannot be trusted: ${event.error.message}`,
        remedy: 'Restart on the next backend.',
      }),
    { once: true },
  );
}
