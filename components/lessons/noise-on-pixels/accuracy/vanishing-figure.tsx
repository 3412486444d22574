import { BarFigure } from '@/components/charts/bar-figure';
import { bars } from '@/components/charts/series';
import { short } from '@/components/ui/format';
import type { SetPoint } from '@/lib/detection/metrics/set-sweep';
import { vanishingOrder } from '@/lib/detection/metrics/vanishing';

/** Which classes noise takes first: the scale at which half of what was found of each is lost for good. */
export function VanishingFigure({ points, maxNoise }: { points: readonly SetPoint[]; maxNoise: number }) {
  const order = vanishingOrder(points);
  if (order.length === 0) return null;
  const gone = order.filter(({ halfLost }) => halfLost !== null);
  const stay = order.filter(({ halfLost }) => halfLost === null).map(({ className }) => className);
  const scales = gone.map(({ halfLost }) => halfLost);
  const first = gone[0];
  const outlast =
    stay.length === 0
      ? ''
      : ` Of ${stay.join(', ')}, more than half ${stay.length === 1 ? 'is' : 'are'} still found at ${short(maxNoise, 2)}.`;
  if (!first)
    return <p className="text-sm text-secondary">No class has lost half of what was found of it.{outlast}</p>;
  return (
    <BarFigure
      title="Which classes vanish first"
      summary={`${first.className} goes first: half of it is lost at noise ${short(first.halfLost!, 2)}.${outlast}`}
      caption={`Noise scale at which half of the objects found in the clean pictures are lost for good.${outlast}`}
      categories={gone.map(({ className }) => className)}
      series={[bars('half-lost', 'Half lost at', 'private', scales)]}
      x={{ label: 'class' }}
      y={{ label: 'noise scale', min: 0, max: maxNoise }}
      height={200}
    />
  );
}
