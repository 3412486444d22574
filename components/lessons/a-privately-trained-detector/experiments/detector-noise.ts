/** Trained detectors from their files, on the same noisy test scenes: what the noise slider does to each. */
import * as z from 'zod';
import { loadMnist, makeScene, SCENE_SIDE, type Scene } from '@/lib/data';
import type { EvaluatedPicture, ScoredBox } from '@/lib/detection/metrics';
import { loadSceneDetector } from '@/lib/detection/scenes';
import { SCENE_SEED } from '@/lib/runs/accounts/scenes';
import type { Experiment, ExperimentContext } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import { judgeBoxes, LEAST_SCORE } from './scene-training';

const params = z.object({
  /** Content keys of files sent ahead. */
  files: z.array(z.string()).min(1).max(3),
  /** Standard deviation of the Gaussian noise, on pixels in [0, 1]. */
  noise: z.number().min(0).max(1),
});

export type DetectorNoiseParams = z.output<typeof params>;

export interface JudgedDetector {
  /** What its file says of itself. */
  title: string;
  mAP50: number;
  /** Boxes of the watched scenes, of at least `SHOWN_SCORE`. */
  boxes: ScoredBox[][];
}

export interface DetectorNoiseResult {
  /** In the order of the files. */
  models: JudgedDetector[];
  /** 64 × 64 grey values each, noise included. */
  watched: { pixels: Uint8Array; truth: Scene['objects'] }[];
  /** Scenes that were judged. */
  count: number;
}

const SHOWN_SCORE = 0.3;
const WATCHED = 4;
const SCENES = 48;
/** Of the noise. Public and always the same: the slider scales one field, and protects nobody. */
const NOISE_SEED = 1;
const PIXELS = SCENE_SIDE ** 2;

type LoadedDetector = ReturnType<typeof loadSceneDetector>;
const detectors = new Map<string, LoadedDetector>();
let scenes: Scene[] | null = null;
let field: Float32Array | null = null;

async function testScenes({ signal, report, assetUrl }: ExperimentContext<never>): Promise<Scene[]> {
  if (scenes) return scenes;
  const mnist = await loadMnist({
    fetch: (url: string, init?: { signal?: AbortSignal }) => fetch(url, init),
    assetUrl,
    signal,
    onProgress: (step, total) => report({ phase: 'download', step, total, label: 'Loading MNIST' }),
  });
  const made: Scene[] = [];
  for (let i = 0; i < SCENES; i++) {
    made.push(makeScene(mnist, 'test', SCENE_SEED, i));
    await pause(signal);
  }
  scenes = made;
  return made;
}

/** The detectors asked for, uploaded once; those no longer asked for are given up. */
function loaded(keys: readonly string[], context: ExperimentContext<never>): LoadedDetector[] {
  for (const [key, detector] of detectors)
    if (!keys.includes(key)) {
      detector.dispose();
      detectors.delete(key);
    }
  return keys.map((key) => {
    const known = detectors.get(key);
    if (known) return known;
    const detector = loadSceneDetector(context.input<Uint8Array>(key));
    detectors.set(key, detector);
    return detector;
  });
}

export const detectorNoise: Experiment<DetectorNoiseParams, never, DetectorNoiseResult> = {
  id: 'detector-noise',
  needs: 'tensors',
  params,
  async run({ files, noise }, context) {
    const { signal } = context;
    const models = loaded(files, context);
    const test = await testScenes(context);
    const random = context.random.seeded(NOISE_SEED);
    if (!field) {
      field = new Float32Array(SCENES * PIXELS);
      random.fillGaussian(field);
    }
    context.describe({ dataset: `${SCENES} test scenes of MNIST digits (seed ${SCENE_SEED})` });
    const pictures: EvaluatedPicture[][] = models.map(() => []);
    const watched: DetectorNoiseResult['watched'] = [];
    for (const [i, { pixels, objects }] of test.entries()) {
      const noisy = Float32Array.from(pixels, (value, j) =>
        Math.min(1, Math.max(0, value / 255 + noise * field![i * PIXELS + j]!)),
      );
      const image = {
        width: SCENE_SIDE,
        height: SCENE_SIDE,
        data: Float32Array.from({ length: 3 * PIXELS }, (_, j) => noisy[Math.floor(j / 3)]!),
      };
      for (const [m, model] of models.entries())
        pictures[m]!.push({
          predictions: await model.detect(image, { confidence: LEAST_SCORE, signal }),
          groundTruth: objects,
        });
      if (i < WATCHED)
        watched.push({ pixels: Uint8Array.from(noisy, (value) => Math.round(255 * value)), truth: objects });
      await pause(signal);
    }
    const judged: JudgedDetector[] = [];
    for (const [m, { title }] of models.entries())
      judged.push({
        title,
        mAP50: await judgeBoxes(pictures[m]!, () => pause(signal)),
        boxes: pictures[m]!.slice(0, WATCHED).map(({ predictions }) =>
          predictions
            .filter(({ score }) => score >= SHOWN_SCORE)
            .map(({ box, score, classId }) => ({ box, score, classId })),
        ),
      });
    return { models: judged, watched, count: test.length };
  },
};
