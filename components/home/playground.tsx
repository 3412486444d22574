'use client';

import { useState } from 'react';
import { useNotebookState } from '@/components/notebook/notebook-provider';
import { Door } from './door';
import { EpsilonHalf } from './epsilon-half';
import { NoiseHalf } from './noise/noise-half';
import { noiseParameters } from './noise/parameters';

const { noise: NOISE } = noiseParameters.declarations;

/**
 * Two sliders side by side: noise on a picture, ε on a training.
 * @param doors whether each leads into its lesson: not in somebody else's page, where a lesson has no room
 */
export function Playground({ doors = false }: { doors?: boolean }) {
  const noise = useNotebookState(({ values }) => values.noise ?? NOISE.default);
  const [epsilon, setEpsilon] = useState<number | null>(null);
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2" data-playground>
      <NoiseHalf>
        {doors ? (
          <Door lesson="noise-on-pixels" settings={noise === NOISE.default ? '' : `noise=${noise}`}>
            Lesson 2: is this noise a promise?
          </Door>
        ) : null}
      </NoiseHalf>
      <EpsilonHalf onEpsilon={setEpsilon}>
        {doors ? (
          <Door lesson="training-with-dp-sgd" settings={epsilon === null ? '' : `eps=${epsilon}`}>
            Lesson 3: how a network trains privately
          </Door>
        ) : null}
      </EpsilonHalf>
    </div>
  );
}
