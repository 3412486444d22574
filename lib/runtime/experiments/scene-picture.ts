/** A scene of digits as a picture: what a detector that was trained on scenes is shown. */
import { z } from 'zod';
import { loadMnist, makeScene, SCENE_SIDE, type Scene } from '@/lib/data';
import type { Experiment } from '../experiment';
import type { RgbaPicture } from './pictures';
import { SCENE_SEED } from './scene-account';

const params = z.object({
  /** Number of the test scene. */
  index: z.number().int().min(0).max(100_000),
});

export type ScenePictureParams = z.output<typeof params>;

export interface ScenePictureResult {
  picture: RgbaPicture;
  /** What is on it, exactly. */
  objects: Scene['objects'];
}

export const scenePicture: Experiment<ScenePictureParams, never, ScenePictureResult> = {
  id: 'scene-picture',
  needs: 'maths',
  params,
  async run({ index }, { signal, report, assetUrl, describe }) {
    const mnist = await loadMnist({
      fetch: (url: string, init?: { signal?: AbortSignal }) => fetch(url, init),
      assetUrl,
      signal,
      onProgress: (step, total) => report({ phase: 'download', step, total, label: 'Loading MNIST' }),
    });
    const { pixels, objects } = makeScene(mnist, 'test', SCENE_SEED, index);
    describe({ dataset: `test scene ${index} of MNIST digits (seed ${SCENE_SEED})` });
    const data = new Uint8ClampedArray(4 * pixels.length);
    for (const [i, grey] of pixels.entries()) data.set([grey, grey, grey, 255], 4 * i);
    return { picture: { width: SCENE_SIDE, height: SCENE_SIDE, data }, objects };
  },
};
