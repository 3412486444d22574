'use client';

import { TumourClassifier } from '@/components/training/tumours/classifier';
import { classifierParameters } from '@/components/training/tumours/parameters';

/** Benign or malignant, in the lesson on healthcare. */
export function ClassifyCell() {
  return (
    <TumourClassifier
      id="classify"
      intro="569 real tumours, ten measurements each. Ten models are trained anew whenever you move ε: five private, five plain."
      parameters={classifierParameters}
    />
  );
}
