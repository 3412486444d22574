/**
 * Scenes through a public network of somebody else's, a YOLO, as features for the small head. Its own head is left out. What is
 * computed of a scene depends on that scene and the network alone, and so costs no privacy.
 */
import * as tf from '@tensorflow/tfjs-core';
import { SCENE_SIDE, type Scene } from '@/lib/data';
import { readCheckpoint } from '@/lib/detection';
import { kernels, loadYolo, type YoloDetector } from '@/lib/detection/networks';
import { NECK_INPUT, neckFeatures } from '@/lib/detection/networks/neck';
import { SeededRandom } from '@/lib/random';
import type { ExperimentContext } from '@/lib/runtime/experiment';
import { SCENE_FEATURE_WIDTH, SCENE_FEATURES } from '@/lib/training';
import type { Look } from './scene-training';

/** A scene of the learner's own has its colours, too: 128 × 128 × 3, 0 … 255. */
export interface ColourScene extends Scene {
  readonly colour?: Uint8Array;
}

/** Length of the features of a place: about that of the lesson's own backbone, so that clip and learning rate suit both. */
const LENGTH = 7;
/** Of the public signs that mix a network's channels into those of the head. */
const MIXING_SEED = 26;

let opened: { key: string; loaded: Promise<YoloDetector> } | null = null;

/** One network at a time: the weights of the one before are freed first. */
export async function openNetwork(
  key: string,
  // biome-ignore lint/suspicious/noExplicitAny: reports carry no update here
  context: ExperimentContext<any>,
): Promise<YoloDetector> {
  if (opened?.key !== key) {
    const before = opened;
    const bytes = context.input<Uint8Array>(key);
    context.report({ phase: 'compile', step: 0, total: 1, label: 'Building the network' });
    const mine = {
      key,
      loaded: (async () => {
        (await before?.loaded.catch(() => null))?.dispose();
        return loadYolo(readCheckpoint(bytes), { kernels: await kernels() });
      })(),
    };
    opened = mine;
    mine.loaded.catch(() => {
      if (opened === mine) opened = null;
    });
  }
  return opened.loaded;
}

export function networkLook({ network }: YoloDetector): Look {
  let mixing: tf.Tensor2D | null = null;
  return {
    // A picture takes far longer here than with the small backbone.
    atOnce: 1,
    async features(scenes) {
      const all = new Float32Array(scenes.length * SCENE_FEATURE_WIDTH);
      for (const [i, scene] of scenes.entries()) {
        const pixels = tf.tensor4d(squareOf(scene), [1, NECK_INPUT, NECK_INPUT, 3]);
        const seen = neckFeatures(network, pixels);
        mixing ??= tf.keep(mixingOf(seen.shape[3]));
        const mixed = tf.tidy(() => {
          const rows = tf.matMul(tf.reshape(seen, [-1, seen.shape[3]]) as tf.Tensor2D, mixing!);
          return tf.mul(LENGTH, tf.div(rows, tf.add(1e-6, tf.norm(rows, 2, 1, true))));
        });
        try {
          all.set((await mixed.data()) as Float32Array, i * SCENE_FEATURE_WIDTH);
        } finally {
          tf.dispose([pixels, seen, mixed]);
        }
      }
      return all;
    },
    dispose: () => {
      mixing?.dispose();
      mixing = null;
    },
  };
}

/** Random signs: distances survive them (Johnson and Lindenstrauss 1984), and they were drawn without looking at any data. */
function mixingOf(channels: number): tf.Tensor2D {
  const random = new SeededRandom(MIXING_SEED);
  const signs = Float32Array.from(
    { length: channels * SCENE_FEATURES },
    () => (random.bernoulli(0.5) ? 1 : -1) / Math.sqrt(channels),
  );
  return tf.tensor2d(signs, [channels, SCENE_FEATURES]);
}

/** RGB in [0, 1]; a grey scene is doubled in size. */
function squareOf({ pixels, colour }: ColourScene): Float32Array {
  if (colour) return Float32Array.from(colour, (value) => value / 255);
  const out = new Float32Array(NECK_INPUT * NECK_INPUT * 3);
  const zoom = NECK_INPUT / SCENE_SIDE;
  for (let y = 0; y < NECK_INPUT; y++)
    for (let x = 0; x < NECK_INPUT; x++) {
      const grey = pixels[Math.floor(y / zoom) * SCENE_SIDE + Math.floor(x / zoom)]! / 255;
      const at = 3 * (y * NECK_INPUT + x);
      out.fill(grey, at, at + 3);
    }
  return out;
}
