/** Which detector looks, at what size, for what. Shared by every cell of a page that detects. */
import { WEIGHT_SOURCES } from '@/lib/detection/weights/sources';
import { choice, defineParameters, number, text } from '@/lib/notebook';

/** The choice that follows the picture: faces where it has some that we know of, else 80 kinds of things. */
export const AS_FITS = 'auto';

/** The detectors that are part of the site, as the choice and the experiments call them. */
export const EMBEDDED_DETECTORS = [
  { id: 'faces', title: 'Tiny YOLO (faces)', note: 'built in, 0.2 MB', sizeName: 'faceSize' },
  { id: 'nanodet', title: 'NanoDet', note: '80 kinds of things, built in, 3.8 MB', sizeName: 'thingSize' },
] as const;

export type EmbeddedDetector = (typeof EMBEDDED_DETECTORS)[number]['id'];

/** Whether the site has it itself: nothing is to be fetched from elsewhere. */
export const isEmbedded = (id: string): id is EmbeddedDetector =>
  EMBEDDED_DETECTORS.some((one) => one.id === id);

const SIDE = 32;
const size = (label: string, key: string, fallback: number, help: string) =>
  number({ label, key, help, unit: 'px', min: 320, max: 1280, step: SIDE, integer: true, default: fallback });

const toSide = (value: number) => SIDE * Math.round(value / SIDE);

export const detectorParameters = defineParameters(
  {
    detector: choice({
      label: 'Detector',
      key: 'model',
      help: 'Tiny YOLO and NanoDet are part of the site. A YOLO checkpoint has to be fetched first. A file of your own never travels in a link.',
      options: [
        { value: AS_FITS, label: 'As fits the picture' },
        ...EMBEDDED_DETECTORS.map(({ id, title }) => ({ value: id as string, label: title })),
        ...WEIGHT_SOURCES.map(({ id, title }) => ({ value: id, label: title })),
      ],
      default: AS_FITS,
    }),
    faceSize: size(
      'Input size, Tiny YOLO',
      'facesize',
      416,
      'Side of the square that the network sees. Larger finds smaller faces and takes longer; a multiple of 32.',
    ),
    thingSize: size(
      'Input size, NanoDet',
      'thingsize',
      416,
      'Side of the square that the network sees. Larger finds smaller objects and takes longer; a multiple of 32. NanoDet was trained at 416.',
    ),
    yoloSize: size(
      'Input size, YOLO',
      'size',
      640,
      'Side of the square that the network sees. Larger finds smaller objects and takes longer; a multiple of 32. These networks were trained at 640.',
    ),
    classes: text({
      label: 'Classes',
      key: 'classes',
      help: 'Numbers of the classes that are looked for, separated by commas; empty for all.',
      maxLength: 400,
      default: '',
    }),
  },
  {
    reconcile: ({ faceSize, thingSize, yoloSize }) => ({
      faceSize: toSide(faceSize),
      thingSize: toSide(thingSize),
      yoloSize: toSide(yoloSize),
    }),
  },
);

/**
 * Numbers of the classes that a link or the filter names; what no detector could mean is passed over.
 * @param count classes that the detector tells apart
 * @returns null for all
 */
export function readClasses(written: string, count: number): number[] | null {
  const ids = written
    .split(',')
    .filter((part) => /^\s*\d{1,4}\s*$/.test(part))
    .map(Number)
    .filter((id) => id < count);
  return ids.length === 0 ? null : [...new Set(ids)].sort((a, b) => a - b);
}
