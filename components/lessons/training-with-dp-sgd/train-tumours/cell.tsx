'use client';

import { TumourClassifier } from '@/components/training/tumours/classifier';
import { trainTumoursParameters } from './parameters';

/** The small data set of the lesson on training: logistic regression that learns anew while the slider moves. */
export function TrainTumoursCell() {
  return (
    <TumourClassifier
      id="train-tumours"
      intro="Logistic regression by noisy gradient descent on every patient’s measurements: benign or malignant? Five private models and five plain ones, in a moment."
      parameters={trainTumoursParameters}
    />
  );
}
