/** The pictures that ship with the site; where each comes from is in `public/samples/credits.json`. */
import credits from '@/public/samples/credits.json';

export interface SamplePicture {
  /** The file's name without its ending: `astronaut`. What a link says. */
  id: string;
  file: string;
  title: string;
  alt: string;
  changes: string;
  /** Faces on it that the face detector is expected to find. */
  faces: number;
  sources: readonly { title: string; author: string; licence: string; licenceUrl: string; origin: string }[];
}

export const SAMPLES: readonly SamplePicture[] = credits.samples.map((sample) => ({
  id: sample.file.replace(/\.\w+$/, ''),
  ...sample,
}));

export function sampleById(id: string): SamplePicture {
  return SAMPLES.find((sample) => sample.id === id) ?? SAMPLES[0]!;
}
