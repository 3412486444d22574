/**
 * Compiles all that a pass over tensors will run before it runs, every shader beside the others. Left to itself tfjs' WebGPU
 * backend compiles a shader when its turn comes, and everything behind it waits.
 */
import * as tf from '@tensorflow/tfjs-core';
import { compiled } from './webgpu-dispatch';

/** A member that its types declare private. While tfjs only compiles, it holds promises. */
interface Backend {
  readonly pipelineCache: Record<string, GPUComputePipeline | Promise<GPUComputePipeline>>;
}

/**
 * Does nothing on backends that do not compile. Nothing is computed: the numbers of the tensors that are made have no meaning.
 * @param pass what will be run, on tensors of the same ranks; what it makes is disposed of
 */
export async function compileAhead(pass: () => unknown): Promise<void> {
  if (tf.getBackend() !== 'webgpu') return;
  const backend = tf.backend();
  const { pipelineCache } = backend as unknown as Backend;
  tf.env().set('WEBGPU_ENGINE_COMPILE_ONLY', true);
  try {
    tf.tidy(() => void pass());
  } finally {
    tf.env().set('WEBGPU_ENGINE_COMPILE_ONLY', false);
  }
  // Taken out until they are ready: tfjs throws where it meets a promise, and others may compute meanwhile.
  const begun = Object.entries(pipelineCache).flatMap(([key, one]) =>
    one instanceof Promise ? [{ key, one }] : [],
  );
  for (const { key } of begun) delete pipelineCache[key];
  await Promise.all([
    compiled(backend),
    ...begun.map(async ({ key, one }) => {
      // One that is refused is asked for again where it is run, and reported there.
      const pipeline = await one.catch(() => null);
      if (pipeline) pipelineCache[key] ??= pipeline;
    }),
  ]);
}
