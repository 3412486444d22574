'use client';

import { useState } from 'react';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useParameters } from '@/components/notebook/use-parameters';
import { choice, defineParameters } from '@/lib/notebook';
import { TrainTumoursCell } from '../train-tumours/cell';
import { TrainCell } from './cell';

const dataSetParameters = defineParameters({
  trainData: choice({
    label: 'Data set',
    key: 'data',
    help: 'Who takes part. Sixty thousand digits hide one digit easily; 569 patients hide one of them with more effort. Each data set has an account of its own in the ledger.',
    options: [
      { value: 'digits', label: '60,000 handwritten digits (MNIST)' },
      { value: 'tumours', label: '569 tumours (Breast Cancer Wisconsin)' },
    ],
    default: 'digits',
  }),
});

/** The data set that is trained on, and the cell that does it. */
export function TrainingCells() {
  const { values, panel } = useParameters(dataSetParameters);
  const tumours = values.trainData === 'tumours';
  // A run of the one goes on while the other is looked at; the tumours wait until they are first asked for.
  const [asked, setAsked] = useState(tumours);
  if (tumours && !asked) setAsked(true);
  return (
    <>
      <div hidden={tumours}>
        <TrainCell />
      </div>
      {asked ? (
        <div hidden={!tumours}>
          <TrainTumoursCell />
        </div>
      ) : null}
      <div className="not-prose -mt-2 mb-8 max-w-sm">
        <ParameterPanel {...panel} />
      </div>
    </>
  );
}
