import type { RandomSource } from '@/lib/random';
import { checkCount, checkProbability } from '../checks';
import { logBinomialPmf } from '../numerics/binomial';

/** Up to this mean, walking up the distribution is quick enough. */
const WALK = 12;

/**
 * One draw from Bin(n, p), exact up to the rounding of doubles: by inversion where the mean is small, else by Hörmann's
 * transformed rejection (1993, "The generation of binomial random variates", algorithm BTRS). Takes the same time for ten
 * people and ten million.
 */
export function sampleBinomial(random: RandomSource, n: number, p: number): number {
  checkCount(n, 'n');
  checkProbability(p, 'p');
  if (p > 0.5) return n - sampleBinomial(random, n, 1 - p);
  if (n === 0 || p === 0) return 0;
  return n * p < WALK ? byInversion(random, n, p) : byRejection(random, n, p);
}

function byInversion(random: RandomSource, n: number, p: number): number {
  const odds = p / (1 - p);
  let probability = Math.exp(n * Math.log1p(-p));
  let left = random.uniform();
  let k = 0;
  while (left >= probability && k < n) {
    left -= probability;
    k++;
    probability *= (odds * (n - k + 1)) / k;
    // What rounding left over belongs to no value.
    if (probability < 1e-300 && k > n * p) break;
  }
  return k;
}

function byRejection(random: RandomSource, n: number, p: number): number {
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const centre = n * p + 0.5;
  const surely = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * spread;
  const mode = Math.floor((n + 1) * p);
  const atMode = logBinomialPmf(mode, n, p);
  for (;;) {
    const u = random.uniform() - 0.5;
    const v = random.uniform();
    const us = 0.5 - Math.abs(u);
    if (us === 0) continue;
    const k = Math.floor(((2 * a) / us + b) * u + centre);
    if (us >= 0.07 && v <= surely) return k;
    if (k < 0 || k > n) continue;
    if (Math.log((v * alpha) / (a / (us * us) + b)) <= logBinomialPmf(k, n, p) - atMode) return k;
  }
}

/**
 * Throws n balls into `boxes` boxes, all alike, and adds what each got to `into` where `place` says.
 * A multinomial draw, as one binomial after the other.
 */
export function scatterEvenly(
  random: RandomSource,
  n: number,
  boxes: number,
  into: Float64Array,
  place: (box: number) => number,
): void {
  let left = n;
  for (let box = 0; box < boxes && left > 0; box++) {
    const here = box === boxes - 1 ? left : sampleBinomial(random, left, 1 / (boxes - box));
    into[place(box)]! += here;
    left -= here;
  }
}
