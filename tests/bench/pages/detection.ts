/**
 * One contender of the detection benchmark in a page of its own: our network, a stock GraphModel, onnxruntime-web, or jax-js
 * with its ONNX loader.
 */
import { type Device, defaultDevice, init, jit, numpy } from '@jax-js/jax';
import { ONNXModel } from '@jax-js/onnx';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { centredSquare } from '@/lib/detection';
import { loadYolo } from '@/lib/detection/networks';
import { useBackend as startBackend, tf } from '@/tests/harness/tf';
import { fromRgba } from '../../unit/detection/support/pixels';
import { countDispatches } from './dispatches';

export interface Contender {
  engine: 'ours' | 'graph-model' | 'onnxruntime-web' | 'jax-js';
  backend: 'wasm' | 'webgpu';
  threads: number;
}

export type Question =
  | ({ kind: 'load'; size: number; picture: string; model: string; outputName?: string } & Contender)
  | { kind: 'infer'; times: number }
  | { kind: 'dispatches' }
  | { kind: 'memory' };

/** x1, y1, x2, y2, score, class: best first, scores above 0.25. */
export type Row = number[];

const CONFIDENCE = 0.25;
let infer: (() => Promise<Row[]>) | undefined;
let asked: Load | undefined;

export async function run(question: Question) {
  switch (question.kind) {
    case 'load': {
      asked = question;
      // The square is made beforehand and the same for all: networks are compared, not resizing.
      const square = centredSquare(await pixels(question.picture), question.size);
      // tfjs takes at most half the processors it is told of; this is the way to the number of threads asked for.
      Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 * question.threads });
      const started = performance.now();
      if (question.engine === 'ours' || question.engine === 'graph-model')
        await startBackend(question.backend, question.threads);
      const ready = performance.now();
      infer = await { ours, 'graph-model': graphModel, 'onnxruntime-web': onnx, 'jax-js': jax }[
        question.engine
      ](question, square);
      const loaded = performance.now();
      const rows = await infer();
      const first = performance.now();
      return { backendMs: ready - started, loadMs: loaded - ready, firstMs: first - loaded, rows };
    }
    case 'infer': {
      const times: number[] = [];
      for (let i = 0; i < question.times; i++) {
        const started = performance.now();
        await infer!();
        times.push(performance.now() - started);
      }
      return times;
    }
    case 'dispatches':
      return countDispatches(asked!.backend, () => infer!());
    case 'memory': {
      const { measureUserAgentSpecificMemory: measure } = performance as unknown as {
        measureUserAgentSpecificMemory?: () => Promise<{ bytes: number }>;
      };
      if (!measure) return null;
      const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), 60_000));
      return Promise.race([measure.call(performance).then(({ bytes }) => bytes), late]);
    }
  }
}

type Load = Extract<Question, { kind: 'load' }>;

async function ours({ model, size }: Load, square: Float32Array) {
  const bytes = new Uint8Array(await (await fetch(model)).arrayBuffer());
  const detector = await loadYolo(bytes, { inputSize: size });
  await detector.compile();
  return async () => {
    const found = await detector.detectInSquare(square, { confidence: CONFIDENCE });
    return found.map(({ box, score, classId }) => [...box, score, classId]);
  };
}

async function graphModel({ model, size, outputName }: Load, square: Float32Array) {
  const graph = await loadGraphModel(model);
  return async () => {
    const output = tf.tidy(
      () => graph.execute({ images: tf.tensor4d(square, [1, size, size, 3]) }, outputName!) as tf.Tensor,
    );
    const values = await output.data();
    const columns = output.shape.at(-1)!;
    output.dispose();
    const rows: Row[] = [];
    for (let at = 0; at < values.length; at += columns)
      for (let i = 4; i < columns; i++)
        if (values[at + i]! > CONFIDENCE) rows.push([...values.subarray(at, at + 4), values[at + i]!, i - 4]);
    return rows.sort((a, b) => b[4]! - a[4]!).slice(0, 300);
  };
}

interface Ort {
  env: { wasm: { numThreads: number; wasmPaths: string }; logLevel: string };
  InferenceSession: {
    create(
      model: Uint8Array,
      options: object,
    ): Promise<{
      run(feeds: object): Promise<Record<string, { data: Float32Array }>>;
    }>;
  };
  Tensor: new (type: string, data: Float32Array, dims: number[]) => unknown;
}

async function onnx({ model, size, backend, threads }: Load, square: Float32Array) {
  const address = backend === 'webgpu' ? '/ort/ort.webgpu.min.mjs' : '/ort/ort.wasm.min.mjs';
  const ort = (await import(address)) as Ort;
  ort.env.wasm.numThreads = threads;
  ort.env.wasm.wasmPaths = '/ort/';
  ort.env.logLevel = 'error';
  const bytes = new Uint8Array(await (await fetch(model)).arrayBuffer());
  const session = await ort.InferenceSession.create(bytes, {
    executionProviders: [backend],
    graphOptimizationLevel: 'all',
  });
  const nchw = channelsFirst(square, size);
  return async () => {
    const outputs = await session.run({ images: new ort.Tensor('float32', nchw, [1, 3, size, size]) });
    return endToEnd(Object.values(outputs)[0]!.data);
  };
}

async function jax({ model, size, backend }: Load, square: Float32Array) {
  await init(backend as Device);
  defaultDevice(backend as Device);
  const network = new ONNXModel(new Uint8Array(await (await fetch(model)).arrayBuffer()));
  const look = jit(network.run);
  const nchw = channelsFirst(square, size);
  return async () => {
    const outputs = look({ images: numpy.array(nchw).reshape([1, 3, size, size]) });
    return endToEnd(await Object.values(outputs)[0]!.data());
  };
}

function channelsFirst(square: Float32Array, size: number): Float32Array {
  const nchw = new Float32Array(square.length);
  const area = size * size;
  for (let p = 0; p < area; p++) for (let c = 0; c < 3; c++) nchw[c * area + p] = square[3 * p + c]!;
  return nchw;
}

/** Rows of box, score and class, best first, as the exported network gives them. */
function endToEnd(data: Float32Array): Row[] {
  const rows: Row[] = [];
  for (let at = 0; at < data.length && data[at + 4]! > CONFIDENCE; at += 6)
    rows.push([...data.subarray(at, at + 6)]);
  return rows;
}

async function pixels(url: string) {
  const bitmap = await createImageBitmap(await (await fetch(url)).blob(), { colorSpaceConversion: 'none' });
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  return fromRgba(bitmap.width, bitmap.height, context.getImageData(0, 0, bitmap.width, bitmap.height).data);
}
