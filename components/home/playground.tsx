'use client';

import { type ReactNode, useState } from 'react';
import { useNotebookState } from '@/components/notebook/notebook-provider';
import { Door } from './door';
import { EpsilonHalf } from './epsilon-half';
import { NoiseHalf } from './noise/noise-half';
import { noiseParameters } from './noise/parameters';

const { noise: NOISE } = noiseParameters.declarations;

export interface PlaygroundProps {
  /** Whether each half leads into its lesson: not in somebody else's page, where a lesson has no room. */
  doors?: boolean;
  /** Stands in the right half until its program has come. */
  still?: ReactNode;
}

/** Two sliders side by side: noise on a picture, ε on a training. */
export function Playground({ doors = false, still = null }: PlaygroundProps) {
  const noise = useNotebookState(({ values }) => values.noise ?? NOISE.default);
  const [epsilon, setEpsilon] = useState<number | null>(null);
  return (
    <div className="grid items-start gap-3 sm:gap-4 lg:grid-cols-2" data-playground>
      <NoiseHalf>
        {doors ? (
          <Door lesson="noise-on-pixels" settings={noise === NOISE.default ? '' : `noise=${noise}`}>
            Lesson 2: is this noise a promise?
          </Door>
        ) : null}
      </NoiseHalf>
      <EpsilonHalf still={still} onEpsilon={setEpsilon}>
        {doors ? (
          <Door lesson="training-with-dp-sgd" settings={epsilon === null ? '' : `eps=${epsilon}`}>
            Lesson 3: how a network trains privately
          </Door>
        ) : null}
      </EpsilonHalf>
    </div>
  );
}
