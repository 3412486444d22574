/** Precision, recall and average precision on a whole set of pictures, as noise grows. */
import * as z from 'zod';
import {
  DetectionError,
  type Detector,
  type PixelImage,
  parseYoloLabels,
  type Reference,
  type SetPicture,
  type SetPoint,
  sweepSet,
} from '@/lib/detection';
import { agreeOnClasses, type ClassAgreement } from '@/lib/detection/metrics/class-agreement';
import type { Experiment, ExperimentContext } from '@/lib/runtime/experiment';
import { chosenDetector, type DetectorParams } from '@/lib/vision/chosen-detector';
import { pixelNoise, type RgbaPicture, toPixelImage } from '@/lib/vision/pictures';
import { sweepParams } from './sweep-params';

const params = z.object({
  pictures: z
    .array(
      z.object({
        /** Content key of the picture, sent ahead. */
        key: z.string(),
        /** For messages. */
        name: z.string(),
        /** Content key of its labels, a text in YOLO's form, sent ahead; null for what is seen in the clean picture. */
        labels: z.string().nullable(),
      }),
    )
    .min(1)
    .max(200),
  /** For the provenance: "10 sample pictures, labels of ours". */
  dataset: z.string().max(200),
  /** What the class numbers of the labels stand for, where the set says so; else they are taken for the detector's. */
  classNames: z.array(z.tuple([z.number().int().min(0), z.string()])).optional(),
  ...sweepParams,
});

export type AccuracySweepParams = z.output<typeof params>;

export interface AccuracySweepResult {
  points: SetPoint[];
  detector: string;
  /** What of the set was not counted, and why. */
  notes: string[];
}

/** Seeds of two pictures never meet: seeds on the page end at 999, and draws at 20. */
const SEED_STRIDE = 10_000;

export const accuracySweep: Experiment<AccuracySweepParams, SetPoint, AccuracySweepResult> = {
  id: 'accuracy-sweep',
  needs: 'tensors',
  params,
  async run(settings, context) {
    const {
      pictures,
      dataset,
      noiseKind: kind,
      confidence,
      seed,
      draws,
      maxNoise,
      points,
      ...which
    } = settings;
    const { signal, report, describe } = context;
    const { detector, classes, agreement } = await detectorFor(which, settings.classNames, context);
    describe({ noise: 'seeded', seed, dataset });
    const counts = (id: number) => classes === null || classes.includes(id);
    const notes: string[] = [];
    const set: SetPicture[] = [];
    let refusal: unknown = null;
    for (const { key, name, labels } of pictures) {
      const rgba = context.input<RgbaPicture>(key);
      const load = async (): Promise<PixelImage> => toPixelImage(rgba);
      try {
        const read =
          labels === null
            ? null
            : labelsOf(context.input<string>(labels), rgba, { name, detector, agreement });
        set.push(
          read ? { name, load, labels: read.filter(({ classId }) => counts(classId)) } : { name, load },
        );
      } catch (error) {
        if (!(error instanceof DetectionError)) throw error;
        refusal ??= error;
        notes.push(`Left out: ${error.message}`);
      }
    }
    if (set.length === 0) throw refusal;
    const scales = Array.from({ length: points }, (_, i) =>
      Number(((maxNoise * i) / (points - 1)).toFixed(4)),
    );
    const all: SetPoint[] = [];
    const label = 'Looking at the set';
    for await (const point of sweepSet({
      ...{ detector, pictures: set, scales, confidence, signal },
      seeds: Array.from({ length: draws }, (_, i) => seed + i),
      disturb: (image, scale, drawSeed, index) =>
        pixelNoise.apply(image, { kind, scale, seed: drawSeed + SEED_STRIDE * index }),
      progress: (step, total) => report({ phase: 'run', step, total, label }),
    })) {
      all.push(point);
      const unlabelled = set.filter(({ labels }) => !labels).length;
      const total = unlabelled + point.total * set.length;
      report({
        phase: 'run',
        step: unlabelled + point.done * set.length,
        total,
        label,
        update: point,
      });
    }
    return { points: all, detector: detector.title, notes };
  },
};

/** The detector, and which of its classes count: of a set that names its classes, those that both know. */
async function detectorFor(
  which: DetectorParams,
  names: readonly (readonly [number, string])[] | undefined,
  context: ExperimentContext<SetPoint>,
): Promise<{ detector: Detector; classes: number[] | null; agreement: ClassAgreement | null }> {
  const detector = await chosenDetector(which, context);
  if (!names) return { detector, classes: which.classes, agreement: null };
  const agreement = agreeOnClasses(new Map(names), detector.classes);
  const known = [...new Set(agreement.toDetector.values())].sort((a, b) => a - b);
  if (known.length === 0)
    throw new DetectionError(
      'classes-disagree',
      `${detector.title} knows none of the classes of these pictures: ${some(names.map(([, name]) => name))}.`,
      `It looks for ${some(detector.classes)}. Choose a detector that knows the classes of the labels.`,
    );
  if (known.length === detector.classes.length) return { detector, classes: which.classes, agreement };
  const classes = known.filter((id) => which.classes === null || which.classes.includes(id));
  return { detector: await chosenDetector({ ...which, classes }, context), classes, agreement };
}

const some = (names: readonly string[]) =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');

/** @throws DetectionError `label-malformed` */
function labelsOf(
  text: string,
  picture: RgbaPicture,
  of: { name: string; detector: Detector; agreement: ClassAgreement | null },
): Reference[] {
  const { name, detector, agreement } = of;
  if (!agreement) return parseYoloLabels(text, picture, { classes: detector.classes.length, file: name });
  return parseYoloLabels(text, picture, { file: name }).flatMap(({ box, classId }) => {
    if (!agreement.names.has(classId))
      throw new DetectionError(
        'label-malformed',
        `${name}: the folder names ${agreement.names.size} classes, and none of them is class ${classId}.`,
        'Name all classes in data.yaml, or correct the labels.',
      );
    const own = agreement.toDetector.get(classId);
    return own === undefined ? [] : [{ box, classId: own }];
  });
}
