/**
 * Grades `madeFromFirst(released, first, second)`, which tells from which of two pictures a noisy one was made, and
 * `holds(claim)`, which says whether normal noise on all pixels is a guarantee where so many of them may differ: their sensitivity is the
 * root of their number.
 */
import { analyticGaussianSigma } from '@/lib/privacy';
import { normalCdf } from '@/lib/privacy/numerics/normal';
import type { RandomSource } from '@/lib/random';
import { ask, callOf, yesOrNo } from '../answers';
import { between, percent, told, wholeBetween } from '../draws';
import type { Trial } from '../grade';
import { belowRate } from '../statistics';

const SIDE = 10;
const PIXELS = SIDE * SIDE;
const RELEASES = 1200;
/** The best test is right with probability Φ(separation). */
const SEPARATION = 1.6;
/** A test by absolute differences reaches 0.8 of the separation, a vote of pixels 0.74, and both are as welcome; a fifth of the pixels 0.45. */
const SHARE = 0.7;
/** So many that a fault in one call of fifty shows. */
const CLAIMS = 250;

/** A grey picture of few tones, and another of the same brightness: no shortcut by their mean. */
function pictures(random: RandomSource): [number[], number[]] {
  const first = Array.from({ length: PIXELS }, () => between(0.3, 0.7, random));
  const change = Array.from(
    { length: PIXELS / 2 },
    () => between(0.05, 0.25, random) * (random.bernoulli(0.5) ? 1 : -1),
  );
  // Each change up stands somewhere against as much down.
  const places = random.shuffle(Array.from({ length: PIXELS }, (_, i) => i));
  const second = [...first];
  for (const [k, by] of change.entries()) {
    second[places[2 * k]!]! += by;
    second[places[2 * k + 1]!]! -= by;
  }
  return [first, second];
}

interface Claim {
  /** How many values may differ, each from 0 to 1. */
  pixels: number;
  sigma: number;
  epsilon: number;
  delta: number;
}

/** On both sides of the least noise that keeps the promise, near and far. */
function claims(random: RandomSource): { claim: Claim; right: boolean }[] {
  return Array.from({ length: CLAIMS }, (_, i) => {
    const pixels = i < 6 ? 1 + i : Math.round(Math.exp(between(0, Math.log(400_000), random)));
    const epsilon = Math.exp(between(Math.log(0.2), Math.log(8), random));
    const delta = 10 ** between(-7, -3, random);
    const least = Math.sqrt(pixels) * analyticGaussianSigma({ epsilon, delta });
    const factor = 1 + (i % 3 === 0 ? between(0.5, 5, random) : between(0.04, 0.12, random));
    const right = random.bernoulli(0.5);
    return { claim: { pixels, sigma: right ? least * factor : least / factor, epsilon, delta }, right };
  });
}

export const noiseInPixels = (): Trial[] => [
  {
    id: 'told-apart',
    words: 'It sees through noise that hides a picture from the eye.',
    async run(program, random) {
      const [first, second] = pictures(random);
      const distance = Math.hypot(...first.map((x, i) => x - second[i]!));
      const sigma = distance / (2 * SEPARATION);
      const fromFirst = Array.from({ length: RELEASES }, () => random.bernoulli(0.5));
      const inputs = fromFirst.map((is) => [
        (is ? first : second).map((x) => x + sigma * random.gaussian()),
        first,
        second,
      ]);
      const found = await ask(program, 'madeFromFirst', yesOrNo, inputs);
      const right = found.filter((is, i) => is === fromFirst[i]).length;
      if (!belowRate(right, RELEASES, normalCdf(SHARE * SEPARATION))) return null;
      return {
        words:
          'It tells the two pictures apart too seldom: all pixels together say much more than one, or than their mean.',
        input: `${RELEASES} pictures of ${PIXELS} pixels with noise of standard deviation ${told(sigma)}`,
        found: `right in ${percent(right / RELEASES)}, where ${percent(normalCdf(SEPARATION))} can be reached`,
      };
    },
  },
  {
    id: 'scene',
    words: 'It does so whichever picture comes first, and where hardly anything differs.',
    async run(program, random) {
      const first = Array.from({ length: PIXELS }, () => between(0, 1, random));
      const fromFirst = Array.from({ length: RELEASES / 2 }, () => random.bernoulli(0.5));
      const inputs = fromFirst.map((is, i) => {
        // Another pixel each time: whoever looks at a part of them is found out.
        const at = wholeBetween(0, PIXELS - 1, random);
        const second = first.map((x, j) => (j === at ? x + 1 : x));
        const released = (is ? first : second).map((x) => x + 0.3 * random.gaussian());
        return i % 2 === 0 ? [released, first, second] : [released, second, first];
      });
      const found = await ask(program, 'madeFromFirst', yesOrNo, inputs);
      const right = found.filter((is, i) => is === (fromFirst[i] === (i % 2 === 0))).length;
      // 0.3 of noise on a difference of 1: the best test has a separation of 1.67.
      if (!belowRate(right, inputs.length, normalCdf(SHARE * (0.5 / 0.3)))) return null;
      return {
        words: 'Where one pixel differs, or with the pictures the other way round, it is wrong too often.',
        input: 'pictures that differ in one pixel alone, noise of standard deviation 0.3',
        found: `right in ${percent(right / inputs.length)}, where ${percent(normalCdf(0.5 / 0.3))} can be reached`,
      };
    },
  },
  {
    id: 'guarantee',
    words: 'It tells a guarantee from noise that only looks like one.',
    async run(program, random) {
      const all = claims(random);
      const found = await ask(
        program,
        'holds',
        yesOrNo,
        all.map(({ claim }) => [claim]),
      );
      for (const [at, { claim, right }] of all.entries()) {
        if (found[at] === right) continue;
        const least = Math.sqrt(claim.pixels) * analyticGaussianSigma(claim);
        return {
          words: right
            ? 'It turns down a claim that holds.'
            : 'It lets a claim pass that does not hold: two pictures can be told apart more surely than ε and δ allow.',
          input: callOf('holds', [claim]),
          found: `the least σ that keeps this promise is ${told(least)}`,
        };
      }
      return null;
    },
  },
];
