'use client';

import { Histogram } from '@/components/charts/histogram';
import { count, percent, short } from '@/components/ui/format';
import type { TrainMnistUpdate } from '../experiments/train-mnist';
import { NORM_EDGES } from '../norm-bins';

const BINS = NORM_EDGES.slice(1).map((to, i) => ({ from: NORM_EDGES[i]!, to }));

/** How long the gradients of the last lot were before they were clipped. */
export function LotLengths({ lot, maxGradNorm }: TrainMnistUpdate) {
  if (lot === null) return null;
  const clipped = `${percent(lot.clippedFraction)} of`;
  return (
    <Histogram
      title="Gradient lengths in the last lot"
      summary={`${lot.size} digits were drawn; ${clipped} their gradients are longer than the clip ${short(maxGradNorm)}.`}
      caption={`Before clipping. ${count(lot.size)} digits were drawn; ${clipped} the gradients are longer than ${short(maxGradNorm)}. This figure looks at the training data without noise: ε does not cover it.`}
      bins={BINS.map((bin, i) => ({ ...bin, count: lot.counts[i] ?? 0 }))}
      x={{ label: 'length of one digit’s gradient', scale: 'log' }}
      counted="digits"
      marker={{ value: maxGradNorm, label: 'clip C', beyond: 'cut back to C' }}
      height={190}
    />
  );
}
