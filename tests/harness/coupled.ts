/** Every set of parameters in which ε and σ are two ends of one thing, and where it is. */
import { detectorParameters } from '@/components/lessons/a-privately-trained-detector/train-detector/parameters';
import { roundsParameters } from '@/components/lessons/federated-learning/rounds/parameters';
import { trainParameters } from '@/components/lessons/training-with-dp-sgd/train/parameters';
import { panelParameters } from '@/components/training/epsilon-panel/parameters';
import type { ParameterSet } from '@/lib/notebook/parameters';

export const COUPLED = {
  'the first page': panelParameters,
  digits: trainParameters,
  'the detector': detectorParameters,
  'federated rounds': roundsParameters,
} as unknown as Readonly<Record<string, ParameterSet>>;
