/**
 * Tests that wrongly reject with a probability that is proven, not approximated: each at `LEVEL`, so that a right program is turned
 * down in fewer than one of ten million gradings, whatever it does inside. All take independent draws.
 */
import { binomialLowerTail, binomialUpperTail, clopperPearson } from '@/lib/privacy/numerics/binomial';

/** Of one test. No exercise makes more than a hundred of them; a test that is made in many places at once shares its level out to them. */
export const LEVEL = 1e-9;
/** Of a whole grading: as it is told to the reader. */
export const FALSE_ALARM = 1e-7;

/** Whether `successes` of `trials` are too few or too many for independent trials of this probability: exact, two-sided. */
export function offRate(successes: number, trials: number, probability: number, level = LEVEL): boolean {
  if (probability <= 0) return successes > 0;
  if (probability >= 1) return successes < trials;
  return (
    binomialUpperTail(successes, trials, probability) < level / 2 ||
    binomialLowerTail(successes, trials, probability) < level / 2
  );
}

/** Whether `successes` of `trials` are too many for a probability of at most this. */
export const aboveRate = (successes: number, trials: number, probability: number, level = LEVEL): boolean =>
  binomialUpperTail(successes, trials, probability) < level;

/** Whether `successes` of `trials` are too few for a probability of at least this. */
export const belowRate = (successes: number, trials: number, probability: number): boolean =>
  binomialLowerTail(successes, trials, probability) < LEVEL;

/** The farthest that draws lie from a distribution: the largest gap between the two shares of values up to x, and where. */
export interface Gap {
  at: number;
  /** Share of the draws up to there. */
  found: number;
  expected: number;
}

/**
 * Kolmogorov and Smirnov's test at the level that Massart proved for every number of draws (1990, "The tight constant in the
 * Dvoretzky–Kiefer–Wolfowitz inequality"): the gap exceeds t with a probability of at most 2 exp(−2 n t²).
 *
 * @param cdf continuous
 * @returns null where the draws may well be of this distribution
 */
export function offShape(draws: readonly number[], cdf: (x: number) => number): Gap | null {
  const sorted = Float64Array.from(draws).sort();
  const n = sorted.length;
  const most = Math.sqrt(Math.log(2 / LEVEL) / (2 * n));
  let worst: Gap | null = null;
  let gap = most;
  for (let i = 0; i < n; i++) {
    const at = sorted[i]!;
    const expected = cdf(at);
    for (const found of [i / n, (i + 1) / n]) {
      if (Math.abs(found - expected) <= gap) continue;
      gap = Math.abs(found - expected);
      worst = { at, found, expected };
    }
  }
  return worst;
}

/**
 * Whether the mean of independent Gamma(1/k shape)-like draws is off one, by Chernoff's bound for the Gamma distribution:
 * P[mean ≥ r] and P[mean ≤ r] are each at most exp(−shape (r − 1 − ln r)).
 *
 * Of |Laplace| / b the sum has as shape the number of draws; of squared normals half of it.
 *
 * @param ratio mean found, over the mean expected
 * @param shape of the sum
 */
export const offSpread = (ratio: number, shape: number, level = LEVEL): boolean =>
  !(ratio > 0) || 2 * Math.exp(-shape * (ratio - 1 - Math.log(ratio))) < level;

/** An event that is more probable on one input than privacy allows, given how probable it is on the other. */
export interface Broken {
  /** In words: "an answer above 3.2". */
  event: string;
  /** Whether the event is the more probable on the first of the two inputs. */
  first: boolean;
  /** Shares of the held-out draws. */
  often: number;
  seldom: number;
  /** ln of the ratio that is certain, at the level of the test. */
  atLeast: number;
}

interface Event {
  words: string;
  holds(answer: number): boolean;
}

const QUANTILES = 24;

/** Thresholds, bins that one side prefers, and values that came more than once on one side: what a released number may be told by. */
function candidates(often: readonly number[], seldom: readonly number[], ratio: number): Event[] {
  const pooled = Float64Array.from([...often, ...seldom]).sort();
  const edges = [
    ...new Set(
      Array.from(
        { length: QUANTILES - 1 },
        (_, i) => pooled[Math.floor(((i + 1) / QUANTILES) * pooled.length)]!,
      ),
    ),
    // Tails: noise that is too light shows there.
    pooled[Math.floor(0.004 * pooled.length)]!,
    pooled[Math.floor(0.996 * pooled.length)]!,
  ];
  const said = (x: number) => String(Number(x.toPrecision(4)));
  const events: Event[] = edges.flatMap((edge) => [
    { words: `an answer of at most ${said(edge)}`, holds: (x: number) => x <= edge },
    { words: `an answer above ${said(edge)}`, holds: (x: number) => x > edge },
  ]);
  const sortedEdges = edges.sort((a, b) => a - b);
  const binOf = (x: number) => {
    let bin = 0;
    while (bin < sortedEdges.length && x > sortedEdges[bin]!) bin++;
    return bin;
  };
  const preferred = new Int32Array(sortedEdges.length + 1);
  const other = new Int32Array(sortedEdges.length + 1);
  for (const x of often) preferred[binOf(x)]!++;
  for (const x of seldom) other[binOf(x)]!++;
  events.push({
    words: 'an answer in the ranges that this input prefers',
    holds: (x) => preferred[binOf(x)]! > ratio * other[binOf(x)]!,
  });
  const seen = new Map<number, number>();
  for (const x of often) seen.set(x, (seen.get(x) ?? 0) + 1);
  for (const x of seldom) seen.set(x, (seen.get(x) ?? 0) - ratio);
  events.push({
    words: 'an answer that is exactly one of a few values',
    holds: (x) => (seen.get(x) ?? 0) > 1,
  });
  return events;
}

/**
 * Looks for an event whose probabilities on two neighbouring inputs break P[first] ≤ e^ε P[second] + δ, either way round. The event is
 * chosen on half of the draws and tested on the other half, by Clopper and Pearson's exact bounds: so the choice costs nothing.
 *
 * @param first answers to one input, at random times
 * @param second answers to its neighbour
 */
export function brokenRatio(
  first: readonly number[],
  second: readonly number[],
  epsilon: number,
  delta = 0,
  level = LEVEL,
): Broken | null {
  for (const swapped of [false, true]) {
    const [often, seldom] = swapped ? [second, first] : [first, second];
    const half = (draws: readonly number[], odd: number) => draws.filter((_, i) => i % 2 === odd);
    const [seenOften, seenSeldom] = [half(often, 0), half(seldom, 0)];
    const share = (draws: readonly number[], event: Event) =>
      draws.reduce((sum, x) => sum + (event.holds(x) ? 1 : 0), 0) / draws.length;
    let best: { event: Event; excess: number } | null = null;
    const ratio = Math.exp(epsilon);
    for (const event of candidates(seenOften, seenSeldom, ratio)) {
      const [p, q] = [share(seenOften, event), share(seenSeldom, event)];
      // In standard deviations, with one count more so that no event looks certain.
      const spread = Math.sqrt((p + ratio * ratio * q + 1 / seenOften.length) / seenOften.length);
      const excess = (p - ratio * q - delta) / spread;
      if (best === null || excess > best.excess) best = { event, excess };
    }
    const [keptOften, keptSeldom] = [half(often, 1), half(seldom, 1)];
    const [p, q] = [share(keptOften, best!.event), share(keptSeldom, best!.event)];
    // Exact bounds are dear, and farther apart than this.
    if (p - delta <= ratio * q + 2 * Math.sqrt((p * (1 - p)) / keptOften.length)) continue;
    const { lower } = clopperPearson(Math.round(p * keptOften.length), keptOften.length, level / 4);
    const { upper } = clopperPearson(Math.round(q * keptSeldom.length), keptSeldom.length, level / 4);
    if (lower - delta > ratio * upper)
      return {
        event: best!.event.words,
        first: !swapped,
        often: p,
        seldom: q,
        atLeast: Math.log((lower - delta) / upper),
      };
  }
  return null;
}

/** Places after the point at which secrets may be written below noise. */
const PLACES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
/** Draws of each input for it: such a secret stands in every answer, so that few show it. */
const DIGIT_DRAWS = 1000;

/**
 * The same in the low digits: noise that is rounded hides nothing of what is added after the rounding. What is computed from an answer
 * is as private as the answer, so the test is as sure.
 */
export function brokenDigits(
  first: readonly number[],
  second: readonly number[],
  epsilon: number,
  delta = 0,
): Broken | null {
  for (const places of PLACES) {
    const unit = 10 ** -places;
    const remainders = (answers: readonly number[]) =>
      answers.slice(0, DIGIT_DRAWS).map((answer) => answer / unit - Math.floor(answer / unit));
    const broken = brokenRatio(remainders(first), remainders(second), epsilon, delta, LEVEL / PLACES.length);
    if (broken)
      return {
        ...broken,
        event: `${broken.event}, looking at the digits below ${unit} alone (in units of it)`,
      };
  }
  return null;
}
