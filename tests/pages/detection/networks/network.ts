/** YOLO networks inside Chromium, on the backend asked for. */
import { kernels, loadYolo, stock, type YoloDetector } from '@/lib/detection/networks';
import { keepTrialsIn } from '@/lib/kernels/settle';
import { type BackendName, useBackend as startBackend, tf } from '@/tests/harness/tf';
import { countPasses } from '../../../unit/detection/networks/support/passes';
import { rawRun } from '../../../unit/detection/networks/support/run';
import { type Wave, wave } from '../../../unit/detection/networks/support/summary';
import { fromRgba } from '../../../unit/detection/support/pixels';

interface Base {
  backend: BackendName;
  threads?: number;
  /** Address of a checkpoint, or its bytes in base64. */
  weights: { url: string } | { base64: string };
  /** Without the kernels of our own. */
  stock?: boolean;
}

export type Question = Base &
  (
    | { kind: 'about' }
    | { kind: 'compile'; size: number }
    | { kind: 'passes'; size: number }
    | { kind: 'raw'; size: number; wave: Wave }
    | { kind: 'values'; size: number; input: number[] }
    | { kind: 'square'; size: number; picture: string; confidence: number }
    | { kind: 'photo'; size: number; picture: string; confidence: number }
  );

// Ours wherever they are right, however busy the machine is: what is faster is not asked here.
keepTrialsIn({ preference: 'own', recall: () => null, remember: () => {} });

let loaded: { key: string; detector: YoloDetector } | undefined;

async function detectorFor({ backend, threads, weights, stock: plain }: Base): Promise<YoloDetector> {
  const key = JSON.stringify([backend, threads, weights, plain]);
  if (loaded?.key === key) return loaded.detector;
  loaded?.detector.dispose();
  loaded = undefined;
  await startBackend(backend, threads);
  const bytes =
    'url' in weights
      ? new Uint8Array(await (await fetch(weights.url)).arrayBuffer())
      : Uint8Array.from(atob(weights.base64), (character) => character.charCodeAt(0));
  const detector = await loadYolo(bytes, plain ? { kernels: stock('asked for') } : {});
  loaded = { key, detector };
  return detector;
}

export async function run(question: Question) {
  const detector = await detectorFor(question);
  switch (question.kind) {
    case 'about': {
      const { kind, reason } = await kernels();
      return { kind, reason, backend: tf.getBackend() };
    }
    case 'compile':
      return countCompiled(detector.withInputSize(question.size));
    case 'passes':
      return countPasses(detector, question.size);
    case 'raw':
      return rawRun(detector, wave(question.wave, question.size), question.size);
    case 'values':
      return rawRun(detector, Float32Array.from(question.input), question.size);
    case 'square': {
      const { data } = await pixels(question.picture);
      return detector.withInputSize(question.size).detectInSquare(data, { confidence: question.confidence });
    }
    case 'photo': {
      const before = tf.memory().numTensors;
      const image = await pixels(question.picture);
      const found = await detector
        .withInputSize(question.size)
        .detect(image, { confidence: question.confidence });
      return { found, leaked: tf.memory().numTensors - before };
    }
  }
}

/** Shaders compiled beside each other by `compile`, and one by one by the look that follows. */
async function countCompiled(detector: YoloDetector) {
  const device = GPUDevice.prototype;
  const { createComputePipeline, createComputePipelineAsync } = device;
  const counts = { beside: 0, inTurn: 0 };
  device.createComputePipeline = function (descriptor) {
    counts.inTurn++;
    return createComputePipeline.call(this, descriptor);
  };
  device.createComputePipelineAsync = function (descriptor) {
    counts.beside++;
    return createComputePipelineAsync.call(this, descriptor);
  };
  const before = tf.memory().numTensors;
  try {
    await detector.compile();
    const inTurnBefore = counts.inTurn;
    const square = new Float32Array(detector.inputSize ** 2 * 3);
    await detector.detectInSquare(square, { confidence: 0.99 });
    return { ...counts, inTurnBefore, leaked: tf.memory().numTensors - before };
  } finally {
    Object.assign(device, { createComputePipeline, createComputePipelineAsync });
  }
}

/** As OpenCV and the references decode: the picture's colour profile is not applied. */
async function pixels(url: string) {
  const blob = await (await fetch(url)).blob();
  const bitmap = await createImageBitmap(blob, { colorSpaceConversion: 'none' });
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  return fromRgba(bitmap.width, bitmap.height, data);
}
