/** The loss of one box in plain numbers: 1 − GIoU (Rezatofighi et al. 2019, arXiv:1902.09630), as `box-loss.ts` has it on tensors. */
import { TINY } from './box-loss';

/** [x1, y1, x2, y2], with x1 < x2 and y1 < y2, in any unit. */
export type Ends = ArrayLike<number>;

/**
 * @param slopes overwritten: of the loss, by each end of the own box
 * @returns the loss, 0 … 2
 */
export function boxSlope(own: Ends, right: Ends, slopes: Float64Array): number {
  const x = axis(own[0]!, own[2]!, right[0]!, right[2]!);
  const y = axis(own[1]!, own[3]!, right[1]!, right[3]!);
  const shared = x.shared * y.shared;
  const union = x.own * y.own + x.other * y.other - shared + TINY;
  const hull = x.hull * y.hull + TINY;
  // GIoU = shared / union + union / hull − 1, and the union is both areas less what they share.
  const byUnion = 1 / hull - shared / union ** 2;
  const byShared = 1 / union - byUnion;
  const byHull = -union / hull ** 2;
  slopesAlong(x, y, 0);
  slopesAlong(y, x, 1);
  return 2 - shared / union - union / hull;

  /** For the two ends along one axis; an end that is not that of the shared part is that of the hull. */
  function slopesAlong(along: Axis, across: Axis, at: number): void {
    const touching = along.shared > 0 ? across.shared : 0;
    const end = (sign: 1 | -1, isShared: boolean) =>
      -sign *
      (byShared * (isShared ? touching : 0) + byUnion * across.own + byHull * (isShared ? 0 : across.hull));
    slopes[at] = end(-1, along.lower);
    slopes[at + 2] = end(1, along.upper);
  }
}

type Axis = ReturnType<typeof axis>;

/** Lengths along one axis: of either box, of what they share, and of both together; whose end the shared part has. */
function axis(a1: number, a2: number, b1: number, b2: number) {
  return {
    own: a2 - a1,
    other: b2 - b1,
    shared: Math.max(0, Math.min(a2, b2) - Math.max(a1, b1)),
    hull: Math.max(a2, b2) - Math.min(a1, b1),
    upper: a2 < b2,
    lower: a1 > b1,
  };
}
