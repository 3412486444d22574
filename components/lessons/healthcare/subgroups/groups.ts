/** The groups by name, what each pays, and whether the draws can tell the first two apart. */
import type { GroupError, Price } from '../experiments/subgroups';

export const NAMES = [
  'malignant, small nuclei',
  'malignant, large nuclei',
  'benign, small nuclei',
  'benign, large nuclei',
  'all patients',
] as const;

export interface Paid {
  name: string;
  patients: number;
  price: Price;
  /** Errors with privacy for each one without; null where the plain models make none. */
  times: number | null;
}

/** Who pays, most points first. Groups in which nobody was tested are left out. */
export function ranked(groups: readonly GroupError[]): Paid[] {
  return groups
    .flatMap(({ patients, price, plain, private: dp }, i) =>
      price === null || plain === null || dp === null
        ? []
        : [{ name: NAMES[i]!, patients, price, times: plain.mean > 0 ? dp.mean / plain.mean : null }],
    )
    .sort((a, b) => b.price.mean - a.price.mean);
}

/** Standard errors that a difference must exceed: about 95 % of chance differences do not. */
const CLEAR = 2;

/**
 * Whether the draws of splits and noise tell two prices apart. It says nothing about other patients: these are always the same ones.
 * With one draw nothing is told apart.
 */
export function toldApart(a: Price, b: Price): boolean {
  if (a.error === null || b.error === null) return false;
  return Math.abs(a.mean - b.mean) > CLEAR * Math.hypot(a.error, b.error);
}
