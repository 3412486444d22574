/** One forward pass with everything the reference files state about it. No Node here: browser suites use it too. */
import * as tf from '@tensorflow/tfjs-core';
import type { YoloDetector } from '@/lib/detection/networks';
import { type Summary, summarise } from './summary';

export interface RawRun {
  layers: Summary[];
  boxes: { summary: Summary; values: number[] };
  logits: { summary: Summary; values: number[] };
  /** Tensors that were still there afterwards. */
  leaked: number;
}

export async function rawRun(detector: YoloDetector, input: Float32Array, size: number): Promise<RawRun> {
  const before = tf.memory().numTensors;
  const pixels = tf.tensor4d(input, [1, size, size, 3]);
  const kept: tf.Tensor4D[] = [];
  const { boxes, logits } = detector.network.forward(pixels, (_, output) => {
    // The layer's own buffer is reused later on: keep a copy.
    kept.push(tf.keep(tf.clone(output)));
  });
  const layers: Summary[] = [];
  for (const output of kept) layers.push(summarise(await output.data(), output.shape.slice(1)));
  const boxValues = await boxes.data();
  const logitValues = await logits.data();
  const run = {
    layers,
    boxes: { summary: summarise(boxValues, boxes.shape), values: Array.from(boxValues) },
    logits: { summary: summarise(logitValues, logits.shape), values: Array.from(logitValues) },
  };
  tf.dispose([pixels, boxes, logits, ...kept]);
  return { ...run, leaked: tf.memory().numTensors - before };
}
