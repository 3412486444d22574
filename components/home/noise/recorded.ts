/** Looks of the real detector at the picture, one for each position of the slider, recorded: shown until it is loaded. */
import type { Detection } from '@/lib/detection/detector';
import type { HERO } from './parameters';
import frames from './recorded-frames.json' with { type: 'json' };

export interface RecordedFrames {
  /** How they came to be. */
  made: Omit<typeof HERO, 'picture'> & {
    command: string;
    experiment: string;
    origin: string;
    sample: string;
    file: string;
    /** What is on it, in words. */
    alt: string;
    /** Of the picture's file. */
    sha256: string;
    /** Pixels that the boxes are in. */
    width: number;
    height: number;
    title: string;
    backend: string;
    date: string;
  };
  /** What there is to be found: the faces as somebody marked them by eye (`public/samples/labels`). */
  faces: readonly Detection['box'][];
  /** By growing noise. Boxes are x1, y1, x2, y2, score; the most certain first. */
  frames: readonly {
    noise: number;
    boxes: readonly (readonly [x1: number, y1: number, x2: number, y2: number, score: number])[];
  }[];
}

export const RECORDED = frames as unknown as RecordedFrames;

const toDetections = ({ boxes }: RecordedFrames['frames'][number]): Detection[] =>
  boxes.map(([x1, y1, x2, y2, score]) => ({
    ...{ box: [x1, y1, x2, y2], score, classId: 0, className: 'face' },
  }));

const FRAMES = RECORDED.frames.map((frame) => ({ noise: frame.noise, detections: toDetections(frame) }));

/** The recorded look that is nearest to a scale of the noise. */
export const frameAt = (noise: number) =>
  FRAMES.reduce((best, frame) =>
    Math.abs(frame.noise - noise) < Math.abs(best.noise - noise) ? frame : best,
  );

export const FACES = RECORDED.faces;
