/** A pair of curves in a sentence. */
import { percent } from '@/components/ui/format';
import { inPoints, pointsLost } from './gap';
import type { Twins } from './twin-plot';

/** What a reader hears in place of the picture. */
export function inWords({ words, curve }: Twins): string {
  const last = curve.at(-1);
  if (!last) return 'Nothing yet.';
  return `${words ? `${words[0]!.toUpperCase()}${words.slice(1)}: p` : 'P'}rivate ${percent(last.privateAccuracy)}, plain ${percent(last.plainAccuracy)} after ${last.step} steps. Privacy costs ${inPoints(pointsLost(last))}.`;
}
