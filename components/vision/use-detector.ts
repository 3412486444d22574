'use client';

import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { type Parameters, useParameters } from '@/components/notebook/use-parameters';
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
import { detectorParameters, EMBEDDED_DETECTOR, readClasses } from './detector-parameters';

export interface ChosenDetector {
  /** For a person: `YOLO26n`. */
  title: string;
  /** Null for the embedded detector. */
  checkpoint: LoadedCheckpoint | null;
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
  /** The choice in the link; what is not here yet is stood in for by the embedded detector. */
  wanted: string;
  choose(id: string): void;
  /** Null where the network sees one size only. */
  sizeName: 'faceSize' | 'yoloSize' | null;
  setClasses(ids: readonly number[] | null): void;
  values: Settings['values'];
  panel: Settings['panel'];
  resetAll(): void;
}

const FACE = ['face'] as const;
/** A link may name a size between two steps. */
const toSide = (size: number) => 32 * Math.round(size / 32);

/** The detector that the learner chose, shared by all cells of the page. */
export function useDetector(): DetectorHandle {
  const { values, set, panel, resetAll } = useParameters(detectorParameters);
  const state = useSyncExternalStore(onDetectorState, detectorState, () => NO_DETECTOR);
  const { detector: wanted, faceSize, yoloSize, classes: written } = values;

  useEffect(() => {
    if (wanted === EMBEDDED_DETECTOR) withdrawOffer();
    else void wantListed(wanted);
  }, [wanted]);

  const checkpoint = state.own ?? state.listed[wanted] ?? null;
  const chosen = useMemo<ChosenDetector>(() => {
    if (!checkpoint)
      return {
        ...{ title: 'Tiny YOLO (faces)', checkpoint, classNames: FACE, finds: 'Faces', inputs: [] },
        params: { detector: EMBEDDED_DETECTOR, inputSize: toSide(faceSize), classes: null },
      };
    const { key, bytes, facts } = checkpoint;
    return {
      ...{ title: facts.title, checkpoint, classNames: facts.classes },
      finds: facts.family === 'scene' ? 'Digits' : 'Objects',
      params: {
        detector: key,
        inputSize: toSide(yoloSize),
        classes: readClasses(written, facts.classes.length),
      },
      inputs: [{ key, value: bytes }],
    };
  }, [checkpoint, faceSize, yoloSize, written]);

  return {
    ...chosen,
    ...{ state, wanted, values, panel },
    sizeName: !checkpoint ? 'faceSize' : checkpoint.facts.family === 'scene' ? null : 'yoloSize',
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
