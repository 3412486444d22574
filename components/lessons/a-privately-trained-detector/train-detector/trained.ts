/** The detectors that were trained last on this page, so that other cells can look with them. Gone with the page. */
import { create } from 'zustand';
import type { TrainDetectorResult } from '../experiments/train-detector';

export type TrainedFiles = NonNullable<TrainDetectorResult['files']>;

export const useTrained = create<{ files: TrainedFiles | null }>(() => ({ files: null }));
