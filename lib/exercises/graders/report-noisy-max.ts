/**
 * Grades `noisyMax(counts, epsilon)`: the index of the largest count after Laplace noise of scale 2 / ε on each (Dwork and Roth 2014,
 * Claim 3.9). One person may change every count by one, some up and some down.
 *
 * Exponential noise of that scale (Ding et al. 2021, permute and flip) and Gumbel noise (the exponential mechanism) are as private, and
 * are accepted. Each has its own probabilities; a program must keep to one of the three throughout.
 */
import type { RandomSource } from '@/lib/random';
import { between } from '../draws';
import type { Fault, Trial } from '../grade';
import { type Asked, countsOf, fairAndFresh, offChoice, toldApart } from './choice';

const NAME = 'noisyMax';
const DRAWS = 10_000;

type Setting = [counts: number[], epsilon: number];

interface Noise {
  density(x: number): number;
  cdf(x: number): number;
}

/** Of scale one. */
const LAWS: readonly Noise[] = [
  {
    density: (x) => Math.exp(-Math.abs(x)) / 2,
    cdf: (x) => (x < 0 ? Math.exp(x) / 2 : 1 - Math.exp(-x) / 2),
  },
  { density: (x) => (x < 0 ? 0 : Math.exp(-x)), cdf: (x) => (x < 0 ? 0 : -Math.expm1(-x)) },
  { density: (x) => Math.exp(-x - Math.exp(-x)), cdf: (x) => Math.exp(-Math.exp(-x)) },
];

/** Steps of the integral, to each unit of scale; its error is far below what can be counted. */
const STEPS_PER_UNIT = 200;

/** P[index i has the largest noisy count], for each i: ∫ f(x − cᵢ) ∏ⱼ F(x − cⱼ) dx, by the middles of small steps. */
function lawOf([all, epsilon]: Setting, { density, cdf }: Noise): number[] {
  const unit = all.map((count) => (count * epsilon) / 2);
  const low = Math.min(...unit) - 30;
  const high = Math.max(...unit) + 30;
  const steps = Math.ceil((high - low) * STEPS_PER_UNIT);
  const width = (high - low) / steps;
  const found = unit.map(() => 0);
  // The product of all shares but one: of those before it, and of those behind it.
  const before = new Float64Array(unit.length + 1).fill(1);
  const behind = new Float64Array(unit.length + 1).fill(1);
  for (let k = 0; k < steps; k++) {
    const x = low + (k + 0.5) * width;
    for (let i = 0; i < unit.length; i++) before[i + 1] = before[i]! * cdf(x - unit[i]!);
    for (let i = unit.length - 1; i >= 0; i--) behind[i] = behind[i + 1]! * cdf(x - unit[i]!);
    for (const [i, c] of unit.entries()) found[i]! += density(x - c) * before[i]! * behind[i + 1]! * width;
  }
  const sum = found.reduce((total, one) => total + one, 0);
  return found.map((one) => one / sum);
}

/** Whole counts with gaps of about the noise, in mixed order. */
function setting(length: number, epsilon: number, random: RandomSource): Setting {
  const base = 10 + random.integer(200);
  const gap = 2.4 / epsilon / (length - 1);
  return [random.shuffle(Array.from({ length }, (_, i) => base + Math.round(gap * i))), epsilon];
}

/** Of many that are nearly alike none comes often: whoever takes the best now and then is seen. */
function nearlyAlike(length: number, random: RandomSource): Setting {
  const base = random.integer(3);
  return [
    random.shuffle(Array.from({ length }, (_, i) => base + (i === 0 ? 2 : random.integer(2)))),
    between(0.02, 0.05, random),
  ];
}

/** Many, each far behind the largest and seldom reported, but together reported often: whoever leaves them out is seen. */
function farBehind(random: RandomSource): Setting {
  const epsilon = between(0.05, 0.1, random);
  const low = random.integer(9);
  const behind = Array.from({ length: 100 }, () => low + random.integer(3));
  return [random.shuffle([Math.ceil(low + (2 * 6.5) / epsilon), ...behind]), epsilon];
}

const asked = (random: RandomSource): Asked<Setting>[] => [
  { setting: setting(2, between(0.8, 1.2, random), random), calls: DRAWS },
  { setting: setting(3, between(0.3, 0.6, random), random), calls: DRAWS },
  { setting: setting(5, between(0.08, 0.15, random), random), calls: DRAWS },
  { setting: nearlyAlike(40, random), calls: DRAWS },
  { setting: farBehind(random), calls: 1000 },
  // Nobody, and counts that are alike.
  { setting: [random.shuffle([0, 0, 1, 3, 3]), between(0.6, 1, random)], calls: DRAWS },
  { setting: [[random.integer(9)], 1], calls: 20 },
  { setting: [random.shuffle([2, 2, 3]), between(2, 5, random)], calls: 2000 },
  { setting: [random.shuffle([100_000, 100_001, 100_003]), between(0.5, 1, random)], calls: 2000 },
];

export const reportNoisyMax = (): Trial[] => [
  {
    id: 'law',
    words: 'Each index is reported as often as noise of scale 2 / ε on each count makes it.',
    async run(program, random) {
      const all = asked(random);
      const counted = await countsOf(program, NAME, all, random);
      if ('fault' in counted) return counted.fault;
      let first: Fault | null = null;
      for (const noise of LAWS) {
        let fault: Fault | null = null;
        for (const [at, one] of all.entries())
          fault ??= offChoice(
            NAME,
            one.setting,
            counted.found[at]!,
            lawOf(one.setting, noise),
            'The indices do not come as often as with noise of scale 2 / ε, drawn for each count.',
          );
        if (!fault) return null;
        first ??= fault;
      }
      return first;
    },
  },
  {
    id: 'neighbours',
    words: 'One person changes how probable any index is by no more than e^ε.',
    async run(program, random) {
      const epsilon = between(1.6, 2.2, random);
      const base = 20 + random.integer(100);
      const here: Setting = [[base, base + 4], epsilon];
      const there: Setting = [[base + 1, base + 3], epsilon];
      return toldApart(program, NAME, { here, there, epsilon, chosen: 'index' }, 2 * DRAWS, random);
    },
  },
  {
    id: 'fresh',
    words: 'The noise is drawn anew for each call, and in each run of the program.',
    run: (program, random) => fairAndFresh(program, NAME, [[0, 0], between(0.5, 1, random)], random),
  },
];
