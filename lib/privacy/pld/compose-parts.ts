import { type ComposedLoss, convolve } from './convolve';
import { discretize } from './discretize';
import type { Part, Plan } from './plan';

/** Pairs composed on one grid: the step that a plan asks for, a grid for each pair, and their convolution. */

/** How many grid points the composed loss and one step's loss should have where accuracy asks for no more, and at most. */
const USUAL_POINTS = 4096;
const MOST_POINTS = 2 ** 18;

/** The composed loss of all parts in the plan's direction, from both sides. */
export function compose(
  parts: readonly Part[],
  plan: Plan,
  logTail: number,
): { pessimistic: ComposedLoss; optimistic: ComposedLoss } {
  const times = totalTimes(parts);
  const highest = highestLoss(plan);
  const step = stepFor(parts, plan, logTail);
  const grids = parts.map(({ pair, times: own }) => {
    // A part composed seldom may sit on every n-th grid point: its share of the error is as small.
    const share = Math.floor((plan.step * Math.sqrt(times / (2 * own * parts.length))) / step);
    const stride = parts.length > 1 && pair.span === null ? Math.max(1, share) : 1;
    return { grid: discretize(pair, step * stride, logTail, highest), stride, times: own };
  });
  return convolve(grids, plan, step);
}

/** The grid's step: what accuracy asks for, finer where points are to spare, and dividing the distance between two atoms. */
function stepFor(parts: readonly Part[], plan: Plan, logTail: number): number {
  const lengths = parts.map(({ pair }) => {
    const edges = pair.edges(logTail);
    return Math.min(highestLoss(plan), edges.at(-1)!) - edges[0]!;
  });
  const longest = Math.max(plan.high - plan.low, ...lengths);
  const asked = parts.length > 1 ? plan.step / Math.SQRT2 : plan.step;
  const step = Math.max(Math.min(asked, longest / USUAL_POINTS), longest / MOST_POINTS);
  const span = parts.find(({ pair }) => pair.span !== null)?.pair.span;
  // Beside losses so large that even the distance is less than a step, a step of that size would be too many points.
  return span && span > step ? span / Math.ceil(span / step) : step;
}

/**
 * In the "add" direction the pair is read backwards, and its highest losses become the lowest. One loss so low that the rest
 * of the window cannot make up for it is as good as any lower one.
 */
function highestLoss({ direction, low, high }: Plan): number {
  return direction === 'add' ? high - low : Number.POSITIVE_INFINITY;
}

export const totalTimes = (parts: readonly Part[]) => parts.reduce((sum, { times }) => sum + times, 0);
