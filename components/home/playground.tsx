'use client';

import { QuietLink } from '@/components/site/quiet-link';
import { NoiseHalf } from './noise/noise-half';

const DOOR = 'inline-flex min-h-9 items-center gap-1 font-medium text-accent underline underline-offset-4';

/** Two sliders side by side: noise on a picture, ε on a training. */
export function Playground() {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2" data-playground>
      <NoiseHalf>
        <QuietLink href="/lessons/noise-on-pixels/" className={DOOR}>
          Why this noise is no promise
        </QuietLink>
      </NoiseHalf>
    </div>
  );
}
