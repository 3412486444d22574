/** Whose data the private detector is trained on, without tensors, so that pages may know it too. */
import { hashBytes } from '@/lib/ledger/canonical';

/** People, each with one scene. Public. */
export const SCENE_PEOPLE = 2000;
/** q N */
export const SCENE_LOT = 256;
/** δ of all ledger totals of the scenes; below 1/2,000. */
export const SCENE_DELTA = 1e-5;
export const SCENE_SEED = 1;
export const SCENE_TESTS = 200;

/** What a learner's own folder may hold. */
export const OWN_SCENES_LIMITS = {
  /** Pictures. Fewer, and a step takes so few that the noise is all there is. */
  least: 60,
  /** Each is held with its colours, 53 kB. */
  most: 2000,
  /** Answers that the head has at each place. */
  classes: 11,
} as const;

/** All scenes follow from the digits, the seed and their number: that is what names them. */
export function scenesHash(mnistSha256: string): string {
  return hashBytes(new TextEncoder().encode(`scenes 2, seed ${SCENE_SEED}, ${SCENE_PEOPLE}, ${mnistSha256}`));
}
