'use client';

import { TumourClassifier } from '@/components/lessons/healthcare/classify/cell';
import { trainTumoursParameters } from './parameters';

/** The small data set of the lesson on training: logistic regression that learns anew while the slider moves. */
export function TrainTumoursCell() {
  return (
    <TumourClassifier
      id="train-tumours"
      title="Train on 569 patients, while the slider moves"
      intro="Logistic regression by noisy gradient descent on every patient’s measurements: benign or malignant? Five private models and five plain ones, in a blink."
      parameters={trainTumoursParameters}
    />
  );
}
