/** Scenes of digits as the page's picture, for detectors that were trained on such scenes and know nothing else. */
import { SCENE_DETECTOR_CLASSES } from '@/lib/detection/scenes/weights';
import type { ScenePictureParams, ScenePictureResult } from '@/lib/runtime/experiments/scene-picture';
import { askWorker } from './ask-worker';
import { ownPicture, setOwnPicture } from './own-picture';

let next = 0;

/** Shows a scene that is not the one before. Rejects with a `Failure`, or with the signal's reason. */
export async function showScene(signal: AbortSignal): Promise<void> {
  const params: ScenePictureParams = { index: next++ };
  const { picture, objects } = await askWorker<ScenePictureResult>(
    'scene',
    { id: 'scene-picture', params },
    signal,
  );
  signal.throwIfAborted();
  const digits = objects.map(({ classId }) => SCENE_DETECTOR_CLASSES[classId]).join(', ');
  setOwnPicture({
    key: `scene:${params.index}`,
    title: `Test scene ${params.index + 1}`,
    alt: `A form with handwritten digits: ${digits}.`,
    rgba: picture,
    origin: 'scene',
  });
}

/** Other detectors have nothing to find in a scene. */
export function leaveScene(): void {
  if (ownPicture()?.origin === 'scene') setOwnPicture(null);
}
