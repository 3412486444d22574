/** Scenes of digits as pictures with exact labels: what a detector that was trained on scenes is shown and judged by. */
import * as z from 'zod';
import { loadMnist, makeScene, SCENE_SIDE, type Scene } from '@/lib/data';
import { SCENE_SEED } from '@/lib/runs/accounts/scenes';
import type { Experiment } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import type { RgbaPicture } from './pictures';

const params = z.object({
  /** Number of the first test scene. */
  index: z.number().int().min(0).max(100_000),
  /** How many, from that one on. */
  count: z.number().int().min(1).max(200),
});

export type ScenePictureParams = z.output<typeof params>;

export interface ScenePicture {
  picture: RgbaPicture;
  /** What is on it, exactly. */
  objects: Scene['objects'];
}

export interface ScenePictureResult {
  scenes: ScenePicture[];
}

export const scenePicture: Experiment<ScenePictureParams, never, ScenePictureResult> = {
  id: 'scene-picture',
  needs: 'maths',
  params,
  async run({ index, count }, { signal, report, assetUrl, describe }) {
    const mnist = await loadMnist({
      fetch: (url: string, init?: { signal?: AbortSignal }) => fetch(url, init),
      assetUrl,
      signal,
      onProgress: (step, total) => report({ phase: 'download', step, total, label: 'Loading MNIST' }),
    });
    const last = index + count - 1;
    const which = count === 1 ? `test scene ${index}` : `test scenes ${index} to ${last}`;
    describe({ dataset: `${which} of MNIST digits (seed ${SCENE_SEED})` });
    const scenes: ScenePicture[] = [];
    for (let i = index; i <= last; i++) {
      const { pixels, objects } = makeScene(mnist, 'test', SCENE_SEED, i);
      scenes.push({ picture: toPicture(pixels), objects });
      await pause(signal);
    }
    return { scenes };
  },
};

/** Opaque grey. */
function toPicture(pixels: Uint8Array): RgbaPicture {
  const data = new Uint8ClampedArray(4 * pixels.length);
  for (const [i, grey] of pixels.entries()) data.set([grey, grey, grey, 255], 4 * i);
  return { width: SCENE_SIDE, height: SCENE_SIDE, data };
}
