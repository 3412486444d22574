/**
 * The least σ of five digits with which a run keeps to an ε, for an accountant so exact that each question takes milliseconds.
 *
 * ln ε is nearly straight in ln σ, so secant steps from a good start come within a digit after two or three questions. Whatever the
 * steps do, what is returned was asked for itself: its ε is at most the target.
 */

/** σ is searched among numbers of so many digits: coarse enough to be written down, fine enough that ε loses none of its three. */
export const NOISE_DIGITS = 5;

const PLACES = 9 * 10 ** (NOISE_DIGITS - 1);
const FIRST = 10 ** (NOISE_DIGITS - 1);

/** The grid of σ: numbers of five digits, counted from 1. */
const sigmaAt = (index: number): number => {
  const decade = Math.floor(index / PLACES);
  return Number(`${FIRST + (index - decade * PLACES)}e${decade - (NOISE_DIGITS - 1)}`);
};

/** The place of the least number of five digits that is not below σ. */
function indexAbove(sigma: number): number {
  const decade = Math.floor(Math.log10(sigma) + 1e-12);
  const mantissa = (sigma / 10 ** decade) * FIRST;
  return decade * PLACES + Math.ceil(mantissa - FIRST - 1e-6);
}

/** To five digits, upwards: a little more noise than needed, never less. */
export const roundNoiseUp = (sigma: number): number => sigmaAt(indexAbove(sigma));

export interface NoiseQuestion {
  /** ε in nats of the run with this σ; falls as σ grows. */
  epsilonAt(sigma: number): number;
  /** ε in nats that must not be exceeded. */
  target: number;
  /** The σ allowed, positive. */
  range: { min: number; max: number };
  /** Where to begin: about the σ wanted, or somewhat more. */
  start: number;
}

/**
 * @returns the least σ of five digits in the range whose ε is at most the target; the lower end where even that keeps to it, and
 * null where not even the upper end does
 */
export function leastNoise({ epsilonAt, target, range, start }: NoiseQuestion): number | null {
  const lowest = indexAbove(range.min);
  const highest = indexAbove(range.max);
  // At the ends the numbers themselves, whatever their digits.
  const at = (index: number) => (index <= lowest ? range.min : index >= highest ? range.max : sigmaAt(index));
  // Zero where ε is the target, finite where it is 0 or ∞.
  const excess = (index: number) =>
    Math.log((Math.min(epsilonAt(at(index)), 1e300) + 1e-3 * target) / (1.001 * target));
  if (!(target > 0)) return epsilonAt(range.max) <= target ? range.max : null;

  /** The largest place known to be too little noise, and the least known to be enough. */
  let over = lowest - 1;
  let enough = highest + 1;
  let index = Math.min(highest, Math.max(lowest, indexAbove(Math.min(range.max, start))));
  let slope = USUAL_SLOPE;
  let last: { x: number; y: number } | null = null;
  for (let asked = 1; enough - over > 1; asked++) {
    const x = Math.log(at(index));
    const y = excess(index);
    if (y <= 0) enough = index;
    else over = index;
    // Between neighbours the accountant's own rounding would make up the slope.
    if (last && Math.abs(x - last.x) > 1e-3)
      slope = Math.min(FLATTEST, Math.max(STEEPEST, (y - last.y) / (x - last.x)));
    last = { x, y };
    const wanted = indexAbove(Math.min(range.max, Math.max(range.min, Math.exp(x - y / slope))));
    // By the slope not even the next smaller number would do; at the first question the slope is only a guess.
    if (y <= 0 && wanted >= index && asked > 1) return at(index);
    const next = asked < MOST_STEPS ? wanted : Math.floor((over + enough) / 2);
    index = Math.min(enough - 1, Math.max(over + 1, next));
  }
  return enough > highest ? null : at(enough);
}

/** d ln ε / d ln σ to begin with, and the slopes that are believed. */
const USUAL_SLOPE = -1.3;
const STEEPEST = -30;
const FLATTEST = -0.2;

/** After so many steps along the slope the bracket is halved instead. */
const MOST_STEPS = 8;
