'use client';

import { LineFigure } from '@/components/charts/line-figure';
import { line } from '@/components/charts/series';
import { percent } from '@/components/ui/format';
import type { TrainDetectorResult } from '../experiments/train-detector';

/** Both trained models on pictures with ever more noise. */
export function NoisyFigure({ noisy }: Pick<TrainDetectorResult, 'noisy'>) {
  const accuracy = (of: 'private' | 'plain') => noisy.map(({ scale: x, [of]: y }) => ({ x, y }));
  return (
    <LineFigure
      title="Both models on noisy pictures"
      summary={noisy
        .map((p) => `At noise ${p.scale}: private ${percent(p.private)}, plain ${percent(p.plain)}.`)
        .join(' ')}
      caption="mAP50 on up to 100 test scenes with Gaussian noise added to the pixels. This noise protects the picture that is looked at; the noise in training protects the people who taught the model."
      series={[
        line('private', 'Private', 'private', accuracy('private')),
        line('plain', 'Plain', 'plain', accuracy('plain')),
      ]}
      x={{ label: 'standard deviation of the pixel noise', min: 0 }}
      y={{ label: 'mAP50', format: percent, min: 0, max: 1 }}
      height={220}
    />
  );
}
