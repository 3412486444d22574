/** What the sliders say as the experiment calls it, and back again: two functions, each the other's inverse. */
import type { TrainDetectorParams } from '../experiments/train-detector';
import type { DetectorValues } from './parameters';

/** What is not a slider: the learner's own pictures and another backbone, by their keys; null for the lesson's. */
type Sources = Pick<TrainDetectorParams, 'scenes' | 'backbone'>;

/** ε is not among them: it follows from σ and the rest. */
export const paramsOf = ({ epsilon: _, ...same }: DetectorValues, sources: Sources): TrainDetectorParams => ({
  ...same,
  ...sources,
});

/** In the order in which to set them: σ last, so that ε follows it. */
export const valuesOf = ({
  scenes: _,
  backbone: __,
  noiseMultiplier,
  ...same
}: TrainDetectorParams): Omit<DetectorValues, 'epsilon'> => ({ ...same, noiseMultiplier });
