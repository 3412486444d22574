/** The detector that a learner chose, loaded once a worker and kept warm between runs. */
import * as z from 'zod';
import { type Detection, DetectionError, type Detector, readCheckpoint } from '@/lib/detection';
import { loadFaceWeights, TinyFaceNetwork, TinyYoloFaces } from '@/lib/detection/faces';
import { isNanoDet, loadNanoDetWeights, NanoDet, NanoDetNetwork, openNanoDet } from '@/lib/detection/nanodet';
import { chosenConvolve, kernels, loadYolo, YoloDetector } from '@/lib/detection/networks';
import { loadSceneDetector } from '@/lib/detection/scenes';
import { isSceneDetector } from '@/lib/detection/scenes/weights';
import type { ExperimentContext } from '@/lib/runtime/experiment';

/** Part of the parameters of every experiment that detects. */
export const detectorParams = {
  /** One of the embedded detectors, or the content key of a checkpoint's bytes sent ahead. */
  detector: z.string(),
  /** Side of the network's input in pixels. A detector of scenes sees 64 whatever is asked for. */
  inputSize: z.number().int().min(320).max(1280).multipleOf(32),
  /** Numbers of the classes that count; null for all. */
  classes: z.array(z.number().int().min(0)).nullable(),
};

export interface DetectorParams {
  detector: string;
  inputSize: number;
  classes: number[] | null;
}

/** Part of the site: Tiny YOLO for faces, NanoDet for 80 kinds of things. */
export const EMBEDDED = ['faces', 'nanodet'] as const;
export type EmbeddedDetector = (typeof EMBEDDED)[number];

type Context = Pick<ExperimentContext<never>, 'assetUrl' | 'signal' | 'report' | 'input' | 'backend'>;

let faces: Promise<TinyFaceNetwork> | null = null;
let nanodet: Promise<NanoDetNetwork> | null = null;
let checkpoint: { key: string; loaded: Promise<Detector> } | null = null;
/** Networks that have run at a size: the first pass compiles shaders, and is a wait of its own. */
const warm = new WeakMap<object, Set<number>>();
/** Whoever runs now hears of the loading, also when an earlier run began it. */
let tell: Context['report'] = () => {};

/** Rejects with the signal's reason after Stop; what was being loaded by then is kept for the next run. */
export async function chosenDetector(
  { detector, inputSize, classes }: DetectorParams,
  context: Context,
): Promise<Detector> {
  tell = context.report;
  if (detector === 'faces') {
    const network = await faceNetwork(context.assetUrl);
    context.signal.throwIfAborted();
    const seen = new TinyYoloFaces(network, inputSize);
    await warmUp(network, seen, context);
    return seen;
  }
  const loaded =
    detector === 'nanodet'
      ? new NanoDet(await nanodetNetwork(context.assetUrl))
      : await opened(detector, context);
  context.signal.throwIfAborted();
  const resizes = loaded instanceof YoloDetector || loaded instanceof NanoDet;
  const seen = resizes ? loaded.withInputSize(inputSize) : loaded;
  await warmUp(resizes ? loaded.network : loaded, seen, context);
  return classes === null ? seen : seeingOnly(classes, seen);
}

/** The same detector, looking for some of its classes. */
function seeingOnly(classes: readonly number[], seen: Detector): Detector {
  const wanted = new Set(classes);
  const { id, title, memory } = seen;
  return {
    ...{ id, title, memory, inputSize: seen.inputSize, classes: seen.classes },
    detect: (image, options) => seen.detect(image, { ...options, classes: wanted }),
    ...(seen.withOneName && { withOneName: (all: readonly Detection[]) => seen.withOneName!(all) }),
    dispose: () => seen.dispose(),
  };
}

/** Takes no signal: a slider moved during the download must not start it again. It is less than a megabyte. */
function faceNetwork(assetUrl: Context['assetUrl']): Promise<TinyFaceNetwork> {
  faces ??= loadFaceWeights({
    assetUrl,
    fetch: (url, init) => fetch(url, init),
    progress: (step, total) => tell({ phase: 'download', step, total, label: 'Loading the face detector' }),
  }).then(
    async (weights) => new TinyFaceNetwork(weights, await chosenConvolve()),
    (error) => {
      // A failed load is not remembered: the next run tries again.
      faces = null;
      throw error;
    },
  );
  return faces;
}

/** The same for NanoDet. The page may have fetched the file already: the browser's copy will do, unless its hash is wrong. */
function nanodetNetwork(assetUrl: Context['assetUrl']): Promise<NanoDetNetwork> {
  const load = (cache: RequestCache) =>
    loadNanoDetWeights({
      assetUrl,
      fetch: (url, init) => fetch(url, { ...init, cache }),
      progress: (step, total) => tell({ phase: 'download', step, total, label: 'Loading NanoDet' }),
    });
  nanodet ??= load('force-cache')
    .catch((error) => {
      if (error instanceof DetectionError && error.code === 'download-corrupt') return load('reload');
      throw error;
    })
    .then(async (weights) => new NanoDetNetwork(weights, await kernels()))
    .catch((error) => {
      nanodet = null;
      throw error;
    });
  return nanodet;
}

/** One checkpoint at a time: the weights of the one before are freed before the next are uploaded. */
async function opened(key: string, context: Context): Promise<Detector> {
  if (checkpoint?.key !== key) {
    const before = checkpoint;
    const bytes = context.input<Uint8Array>(key);
    tell({ phase: 'compile', step: 0, total: 1, label: 'Building the network' });
    const mine = {
      key,
      loaded: (async () => {
        (await before?.loaded.catch(() => null))?.dispose();
        const file = readCheckpoint(bytes);
        if (isSceneDetector(file)) return loadSceneDetector(bytes);
        return isNanoDet(file) ? openNanoDet(file) : loadYolo(file, { kernels: await kernels() });
      })(),
    };
    checkpoint = mine;
    mine.loaded.catch(() => {
      if (checkpoint === mine) checkpoint = null;
    });
  }
  return checkpoint.loaded;
}

async function warmUp(network: object, detector: Detector, { backend, signal }: Context): Promise<void> {
  const sizes = warm.get(network) ?? new Set();
  warm.set(network, sizes);
  // Only graphics devices compile; elsewhere a first pass would be a pass wasted.
  if (sizes.has(detector.inputSize) || !(backend?.name === 'webgpu' || backend?.name === 'webgl')) return;
  tell({ phase: 'compile', step: 0, total: 1, label: 'Preparing the network' });
  await detector.compile?.();
  await detector.detect({ width: 8, height: 8, data: new Float32Array(8 * 8 * 3) }, { confidence: 0.99 });
  sizes.add(detector.inputSize);
  tell({ phase: 'compile', step: 1, total: 1, label: 'Preparing the network' });
  signal.throwIfAborted();
}
