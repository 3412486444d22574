/** Scenes of digits as the page's picture or set, for detectors that were trained on such scenes and know nothing else. */
import { formatYoloLabels } from '@/lib/detection/metrics/labels';
import { SCENE_DETECTOR_CLASSES } from '@/lib/detection/scenes/weights';
import type { ScenePicture, ScenePictureParams, ScenePictureResult } from '@/lib/vision/scene-picture';
import { askWorker } from './ask-worker';
import type { LabelledPicture, LabelledSet } from './labelled-folder';
import { ownPicture, setOwnPicture } from './own-picture';

let next = 0;

/** Shows a scene that is not the one before. Rejects with a `Failure`, or with the signal's reason. */
export async function showScene(signal: AbortSignal): Promise<void> {
  const index = next++;
  const [scene] = await compose({ index, count: 1 }, signal);
  signal.throwIfAborted();
  const { picture, objects } = scene!;
  const digits = objects.map(({ classId }) => SCENE_DETECTOR_CLASSES[classId]).join(', ');
  setOwnPicture({
    key: `scene:${index}`,
    title: `Test scene ${index + 1}`,
    alt: `A form with handwritten digits: ${digits}.`,
    rgba: picture,
    origin: 'scene',
  });
}

async function compose(params: ScenePictureParams, signal: AbortSignal): Promise<ScenePicture[]> {
  const request = { id: 'scene-picture', params };
  return (await askWorker<ScenePictureResult>('scene', request, signal)).scenes;
}

/** Scenes of a set: enough for each digit to be written a few times. */
const SET_SIZE = 48;

/** Test scenes with labels in YOLO's form. Nobody had to draw them: we put the digits there ourselves. */
export async function readSceneSet(signal: AbortSignal): Promise<LabelledSet> {
  const scenes = await compose({ index: 0, count: SET_SIZE }, signal);
  const pictures = scenes.map(
    ({ picture, objects }, index): LabelledPicture => ({
      key: `scene:${index}`,
      name: `Test scene ${index + 1}`,
      rgba: picture,
      labels: { key: `labels:scene:${index}`, text: formatYoloLabels(objects, picture) },
    }),
  );
  return {
    title: `${pictures.length} test scenes, exactly labelled`,
    pictures,
    notes: [
      'Composed here from digits that no training has seen, always the same: where each digit stands is known.',
    ],
  };
}

/** Other detectors have nothing to find in a scene. */
export function leaveScene(): void {
  if (ownPicture()?.origin === 'scene') setOwnPicture(null);
}
