/** The set of the site that accuracy is measured on: pictures with labels of ours, or scenes of digits. */
import { assetUrl } from '@/lib/runtime/assets';
import type { LabelledPicture, LabelledSet } from './labelled-folder';
import { PictureError, readSample } from './picture';
import { SAMPLES } from './samples';
import { readSceneSet } from './scene-picture';

/** Which labels fit a detector: by class, 0 is a face in one, a person in the other and the digit 0 in the third. */
export type SampleLabels = 'faces' | 'coco' | 'scenes';

/** @param labels null for a detector of other classes: what it sees in the clean pictures is the yardstick */
export async function readSampleSet(labels: SampleLabels | null, signal: AbortSignal): Promise<LabelledSet> {
  if (labels === 'scenes') return readSceneSet(signal);
  const pictures = await Promise.all(
    SAMPLES.map(async (sample): Promise<LabelledPicture> => {
      const { key, rgba } = await readSample(sample, assetUrl(`samples/${sample.file}`), signal);
      if (labels === null) return { key, rgba, name: sample.file, labels: null };
      const path = `samples/labels/${labels}/${sample.id}.txt`;
      const response = await fetch(assetUrl(path), { signal });
      if (!response.ok)
        throw new PictureError(
          'labels-missing',
          `The labels of “${sample.title}” could not be loaded (${response.status}).`,
          'Check the connection and reload the page.',
        );
      const text = await response.text();
      return { key, rgba, name: `${sample.id}.txt`, labels: { key: `labels:${labels}:${sample.id}`, text } };
    }),
  );
  return {
    title: `${pictures.length} sample pictures${labels === null ? '' : ', labels of ours'}`,
    pictures,
    notes:
      labels === null
        ? ['This detector has classes of its own: what it sees in the clean pictures is the yardstick.']
        : [],
  };
}
