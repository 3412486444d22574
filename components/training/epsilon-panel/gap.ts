/** What privacy costs: the distance between two curves, in points of a percentage. */

interface Pair {
  privateAccuracy: number;
  plainAccuracy: number;
}

/** Plain less private, from accuracies between 0 and 1. Below 0 where the private model happens to read more. */
export const pointsLost = ({ privateAccuracy, plainAccuracy }: Pair): number =>
  100 * (plainAccuracy - privateAccuracy);

/** “0.8 points”, “1.0 point”: to a tenth, as the accuracies beside it are. */
export function inPoints(points: number): string {
  const tenths = Math.round(points * 10) / 10;
  const size = Math.abs(tenths).toFixed(1);
  return `${tenths < 0 ? '−' : ''}${size} ${size === '1.0' ? 'point' : 'points'}`;
}
