'use client';

import { LineFigure } from '@/components/charts/line-figure';
import type { LineSeries } from '@/components/charts/series';
import { percent } from '@/components/ui/format';
import recorded from './recorded.json';

const SERIES: LineSeries[] = [
  {
    id: 'private',
    label: 'Private, mean of three seeds',
    role: 'private',
    points: recorded.private.map(({ epsilon, mean, low, high }) => ({ x: epsilon, y: mean, low, high })),
  },
];

/** What earlier, real runs gave at several ε: shown until a run is made here, and beside it afterwards. */
export function RecordedCurve() {
  return (
    <LineFigure
      title="Recorded: mAP50 against ε"
      summary={recorded.private.map(({ epsilon, mean }) => `${percent(mean)} at ε ${epsilon}`).join(', ')}
      caption={`Recorded from real runs of this training with seeds ${recorded.seeds.join(', ')} on ${recorded.backend} (${recorded.steps} steps, ${recorded.tests} test scenes), not from your browser. The band runs from the lowest to the highest seed.`}
      series={SERIES}
      x={{ label: 'ε', scale: 'log' }}
      y={{ label: 'mAP50', min: 0, max: 1, format: percent }}
      references={[{ axis: 'y', value: recorded.plain.mean, label: 'not private' }]}
      showLatest={false}
      height={220}
    />
  );
}
