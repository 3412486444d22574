'use client';

import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { type Parameters, useParameters } from '@/components/notebook/use-parameters';
import { NANODET_FACTS } from '@/lib/detection/nanodet/files';
import { WEIGHT_SOURCES } from '@/lib/detection/weights/sources';
import {
  cancelDetectorWork,
  type DetectorState,
  detectorState,
  dismissDetectorProblem,
  forgetOwnCheckpoint,
  type LoadedCheckpoint,
  NO_DETECTOR,
  onDetectorState,
  wantListed,
  withdrawOffer,
} from './detector-choice';
import {
  AS_FITS,
  detectorParameters,
  EMBEDDED_DETECTORS,
  type EmbeddedDetector,
  isEmbedded,
  readClasses,
} from './detector-parameters';
import { onOwnPicture, ownPicture } from './own-picture';
import { sampleById } from './samples';

export interface ChosenDetector {
  /** For a person: `YOLO26n`. */
  title: string;
  /** Null for the embedded detectors. */
  checkpoint: LoadedCheckpoint | null;
  /** Which of the embedded detectors looks; null with a checkpoint. */
  embedded: EmbeddedDetector | null;
  /** Names of the classes it tells apart. */
  classNames: readonly string[];
  /** What it finds, in the plural: "Faces", "Objects". */
  finds: 'Faces' | 'Objects' | 'Digits';
  /** What an experiment needs to know of it. */
  params: { detector: string; inputSize: number; classes: number[] | null };
  /** Goes with the inputs of the experiment. */
  inputs: readonly { key: string; value: unknown }[];
}

type Settings = Parameters<typeof detectorParameters.declarations>;

export interface DetectorHandle extends ChosenDetector {
  state: DetectorState;
  /** The choice in the link; what is not here yet is stood in for by the embedded detector that fits the picture. */
  wanted: string;
  choose(id: string): void;
  /** Null where the network sees one size only. */
  sizeName: 'faceSize' | 'thingSize' | 'yoloSize' | null;
  setClasses(ids: readonly number[] | null): void;
  values: Settings['values'];
  panel: Settings['panel'];
  resetAll(): void;
}

const FACE = ['face'] as const;

const titleOf = (embedded: EmbeddedDetector): string =>
  EMBEDDED_DETECTORS.find(({ id }) => id === embedded)!.title;

function sizeNameOf(checkpoint: LoadedCheckpoint | null, embedded: EmbeddedDetector) {
  if (!checkpoint) return EMBEDDED_DETECTORS.find(({ id }) => id === embedded)!.sizeName;
  return checkpoint.facts.family === 'scene' ? null : 'yoloSize';
}
/** A link may name a size between two steps. */
const toSide = (size: number) => 32 * Math.round(size / 32);

/**
 * What fits a picture: the face detector for samples with faces; for all else, and for whatever a visitor brings, the one
 * that knows 80 kinds of things.
 */
const fitting = (sample: string, brought: boolean): EmbeddedDetector =>
  !brought && sampleById(sample).faces > 0 ? 'faces' : 'nanodet';

/**
 * The detector that the learner chose, shared by all cells of the page.
 * @param sample the sample picture that is chosen, which counts unless the visitor brought a picture
 * @param brought whether the cell looks at other pictures that the visitor brought
 */
export function useDetector(sample: string, brought = false): DetectorHandle {
  const { values, set, panel, resetAll } = useParameters(detectorParameters);
  const state = useSyncExternalStore(onDetectorState, detectorState, () => NO_DETECTOR);
  const ownIsShown = useSyncExternalStore(
    onOwnPicture,
    () => ownPicture() !== null,
    () => false,
  );
  const { detector: wanted, faceSize, thingSize, yoloSize, classes: written } = values;
  const embedded = isEmbedded(wanted) ? wanted : fitting(sample, brought || ownIsShown);

  useEffect(() => {
    if (wanted === AS_FITS || isEmbedded(wanted)) withdrawOffer();
    else void wantListed(wanted);
  }, [wanted]);

  const checkpoint = state.own ?? state.listed[wanted] ?? null;
  const chosen = useMemo<ChosenDetector>(() => {
    if (!checkpoint && embedded === 'faces')
      return {
        ...{ title: titleOf(embedded), checkpoint, embedded, classNames: FACE, finds: 'Faces', inputs: [] },
        params: { detector: embedded, inputSize: toSide(faceSize), classes: null },
      };
    if (!checkpoint) {
      const classNames = NANODET_FACTS.classes;
      const classes = readClasses(written, classNames.length);
      return {
        ...{ title: titleOf(embedded), checkpoint, embedded, classNames, finds: 'Objects', inputs: [] },
        params: { detector: embedded, inputSize: toSide(thingSize), classes },
      };
    }
    const { key, bytes, facts } = checkpoint;
    return {
      ...{ title: facts.title, checkpoint, embedded: null, classNames: facts.classes },
      finds: facts.family === 'scene' ? 'Digits' : 'Objects',
      params: {
        detector: key,
        inputSize: toSide(yoloSize),
        classes: readClasses(written, facts.classes.length),
      },
      inputs: [{ key, value: bytes }],
    };
  }, [checkpoint, embedded, faceSize, thingSize, yoloSize, written]);

  return {
    ...chosen,
    ...{ state, wanted, values, panel },
    sizeName: sizeNameOf(checkpoint, embedded),
    choose(id) {
      cancelDetectorWork();
      dismissDetectorProblem();
      forgetOwnCheckpoint();
      set('detector', id);
      // Chosen again after a refusal or a removal: look again.
      if (WEIGHT_SOURCES.some((source) => source.id === id)) void wantListed(id);
    },
    setClasses: (ids) => set('classes', ids === null ? '' : ids.join(',')),
    resetAll() {
      forgetOwnCheckpoint();
      resetAll();
    },
  };
}
