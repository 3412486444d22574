/** One pass of NanoDet with everything the reference files state about it. No Node here: browser suites use it too. */
import * as tf from '@tensorflow/tfjs-core';
import { type NanoDetNetwork, networkPixels } from '@/lib/detection/nanodet';
import { publishedConvolutions } from '@/lib/detection/nanodet/pack';
import type { NanoDetWeights } from '@/lib/detection/nanodet/weights';

/** A tensor in a few numbers, as `nanodet_raw.json` states it. */
export interface Stated {
  shape: number[];
  mean: number;
  std: number;
  absMean: number;
  sampleAt: number[];
  samples: number[];
}

export interface HeadRows {
  layer: string;
  /** Cells, row by row, and what the head says there. */
  positions: number[];
  rows: number[][];
}

export interface Questioned {
  size: number;
  normalised: { sampleAt: number[] };
  layers: Record<string, { sampleAt: number[] }>;
  head: { layer: string; positions: number[] }[];
}

export interface Answered {
  normalised: Stated;
  layers: Record<string, Stated>;
  head: HeadRows[];
  /** A × 124, all of them. */
  values: number[];
  /** Tensors that were still there afterwards. */
  leaked: number;
}

function state(values: ArrayLike<number>, shape: readonly number[], sampleAt: readonly number[]): Stated {
  let [sum, squares, sizes] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    sum += values[i]!;
    squares += values[i]! ** 2;
    sizes += Math.abs(values[i]!);
  }
  const mean = sum / values.length;
  return {
    shape: [...shape],
    mean,
    std: Math.sqrt(Math.max(0, squares / values.length - mean * mean)),
    absMean: sizes / values.length,
    sampleAt: [...sampleAt],
    samples: sampleAt.map((i) => values[i]!),
  };
}

/** @param square S × S × 3, RGB in [0, 1] */
export async function rawRun(
  network: NanoDetNetwork,
  square: Float32Array,
  asked: Questioned,
): Promise<Answered> {
  const before = tf.memory().numTensors;
  const { size } = asked;
  const normalised = networkPixels(square);
  const pixels = tf.tensor4d(normalised.slice(), [1, size, size, 3]);
  const kept = new Map<string, tf.Tensor4D>();
  const output = network.forward(pixels, (name, made) => {
    if (asked.layers[name]) kept.set(name, tf.clone(made));
  });
  const layers: Record<string, Stated> = {};
  const head: HeadRows[] = [];
  for (const [name, made] of kept) {
    const values = await made.data();
    layers[name] = state(values, made.shape.slice(1), asked.layers[name]!.sampleAt);
    for (const { layer, positions } of asked.head.filter((one) => one.layer === name)) {
      const width = made.shape[3];
      const rows = positions.map((cell) => Array.from(values.slice(cell * width, (cell + 1) * width)));
      head.push({ layer, positions, rows });
    }
  }
  const values = Array.from(await output.data());
  tf.dispose([pixels, output, ...kept.values()]);
  return {
    normalised: state(normalised, [size, size, 3], asked.normalised.sampleAt),
    ...{ layers, head, values, leaked: tf.memory().numTensors - before },
  };
}

/** The formula of the references: 0.5 + 0.5 sin(0.01 (3 row + 5 column + 7 channel)). */
export function syntheticSquare(size: number): Float32Array {
  return Float32Array.from({ length: size * size * 3 }, (_, i) => {
    const channel = i % 3;
    const column = Math.floor(i / 3) % size;
    const row = Math.floor(i / 3 / size);
    return 0.5 + 0.5 * Math.sin(0.01 * (3 * row + 5 * column + 7 * channel));
  });
}

/** The weights as published, unrounded: what the references were made with. */
export function publishedWeights(bin: Uint8Array): NanoDetWeights {
  return new Map([...publishedConvolutions(bin)].map(({ name, filter, bias }) => [name, { filter, bias }]));
}
