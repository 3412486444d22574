/**
 * Programs that are wrong, by exercise: each is the reference solution with some text replaced, or a program of its own. What people get
 * wrong, and what those try who want the grade without the work.
 */
import type { ExerciseId } from '@/lib/exercises';

/** Replacements in the reference solution, or a whole program. */
export type Wrong = readonly (readonly [from: string, to: string])[] | string;

/** A generator that starts from the same seed whenever the program starts. */
const SEEDED = `let state = 12345;
const seeded = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return (state + 0.5) / 4294967296;
};
`;

/** Also for programs that ask for it once a call, with a seed of the call's own. */
const SEEDED_EACH_TIME = `function seededFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) >>> 0;
    return (((state ^ (state >>> 13)) >>> 0) + 0.5) / 4294967296;
  };
}
`;

const GAUSSIAN = 'Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform())';

const MIRRORED_CLIP = 'const factor = length > bound ? bound / length : 1;';
const STEP_CLIP = 'const factor = length > maxGradNorm ? maxGradNorm / length : 1;';

export const WRONG: Readonly<Record<ExerciseId, Readonly<Record<string, Wrong>>>> = {
  'laplace-mechanism': {
    'half the scale': [['sensitivity / epsilon', 'sensitivity / epsilon / 2']],
    'twice the scale': [['sensitivity / epsilon', '(2 * sensitivity) / epsilon']],
    'scale short by a tenth': [['sensitivity / epsilon', '(0.9 * sensitivity) / epsilon']],
    'sensitivity ignored': [['sensitivity / epsilon', '1 / epsilon']],
    'ε ignored': [['sensitivity / epsilon', 'sensitivity']],
    'sensitivity 0': [['sensitivity / epsilon', '0 / epsilon']],
    'standard deviation for scale': [['sensitivity / epsilon', 'sensitivity / epsilon / Math.SQRT2']],
    'ε upside down': [['sensitivity / epsilon', 'sensitivity * epsilon']],
    'Gaussian for Laplace': [['scale * (exponential() - exponential())', `scale * Math.SQRT2 * ${GAUSSIAN}`]],
    'Gaussian with as much noise': [
      ['scale * (exponential() - exponential())', `scale * Math.sqrt(Math.PI / 2) * ${GAUSSIAN}`],
    ],
    'uniform noise': [['scale * (exponential() - exponential())', 'scale * 4 * (random.uniform() - 0.5)']],
    'one-sided noise': [['scale * (exponential() - exponential())', 'scale * exponential()']],
    'noise rounded, value not': [
      ['scale * (exponential() - exponential())', 'Math.round(scale * (exponential() - exponential()))'],
    ],
    'noise rounded to cents, value not': [
      [
        'scale * (exponential() - exponential())',
        'Math.round(scale * (exponential() - exponential()) * 100) / 100',
      ],
    ],
    'value rounded': [['return value', 'return Math.round(value)']],
    'answer rounded': [
      [
        'return value + scale * (exponential() - exponential())',
        'return Math.round(value + scale * (exponential() - exponential()))',
      ],
    ],
    'cut off at zero': [
      [
        'return value + scale * (exponential() - exponential())',
        'return Math.max(0, value + scale * (exponential() - exponential()))',
      ],
    ],
    'noise cut off': [
      [
        'scale * (exponential() - exponential())',
        'Math.max(-3, Math.min(3, exponential() - exponential())) * scale',
      ],
    ],
    'exact now and then': [['return value', 'if (random.uniform() < 0.01) return value;\n  return value']],
    'exact for its first calls': [
      ['/** The value', 'let calls = 0;\n/** The value'],
      ['return value', 'if (calls++ < 40) return value;\n  return value'],
    ],
    'exact at 0': [['return value', 'if (value === 0) return 0;\n  return value']],
    'a seed in the code': [
      ['/** The value', `${SEEDED}/** The value`],
      ['random.uniform()', 'seeded()'],
    ],
    'a seed for each call': [
      ['/** The value', `${SEEDED_EACH_TIME}/** The value`],
      [
        'const exponential = () => -Math.log(1 - random.uniform())',
        'const next = seededFrom(42);\n  const exponential = () => -Math.log(1 - next())',
      ],
    ],
    'noise kept from call to call': [
      ['/** The value', 'let kept;\n/** The value'],
      [
        'return value + scale * (exponential() - exponential())',
        'kept ??= exponential() - exponential();\n  return value + scale * kept',
      ],
    ],
    'noise used twice': [
      ['/** The value', 'let kept = null;\n/** The value'],
      [
        'return value + scale * (exponential() - exponential())',
        'if (kept !== null) {\n    const noise = kept;\n    kept = null;\n    return value + scale * noise;\n  }\n  kept = exponential() - exponential();\n  return value + scale * kept',
      ],
    ],
    'noise from a pool': [
      ['/** The value', 'const pool = [];\n/** The value'],
      [
        'return value + scale * (exponential() - exponential())',
        'if (pool.length < 300) pool.push(exponential() - exponential());\n  return value + scale * pool[Math.floor(random.uniform() * pool.length)]',
      ],
    ],
    'one exponential used twice': [['(exponential() - exponential())', '((e) => e - e)(exponential())']],
    NaN: [['return value', 'return Number.NaN; value']],
    infinite: [['return value', 'return Infinity; value']],
    constant: [['return value', 'return 0; value']],
    'noise alone': [['return value + scale', 'return scale']],
    text: [['return value', "return '' + value"]],
    'an object that is a number': [['return value + scale', 'return { valueOf: () => value }; scale']],
    'an object with a getter that throws': [
      ['return value + scale', "return { get a() { throw new Error('ha'); } }; scale"],
    ],
    throws: [['return value', "throw new Error('no'); value"]],
    'no such function': [['function laplaceMechanism', 'function laplace']],
    'no JavaScript': 'function laplaceMechanism(value {',
    starter: 'function laplaceMechanism(value) { return value; }',
  },
  'randomised-response': {
    'truth always': [['random.uniform() < truthRate(epsilon) ? truth : !truth', 'truth']],
    'ε halved': [['1 / (1 + Math.exp(-epsilon))', '1 / (1 + Math.exp(-epsilon / 2))']],
    'ε doubled': [['1 / (1 + Math.exp(-epsilon))', '1 / (1 + Math.exp(-2 * epsilon))']],
    'three quarters, whatever ε is': [['1 / (1 + Math.exp(-epsilon))', '0.75 + 0 * epsilon']],
    'a coin instead of a lie': [['truth : !truth', 'truth : random.uniform() < 0.5']],
    'noise for yes alone': [['random.uniform() < truthRate', '!truth || random.uniform() < truthRate']],
    'always lies when it should not': [['truth : !truth', '!truth : truth']],
    'raw share': [['return (share - (1 - p)) / (2 * p - 1)', 'return share; p']],
    'estimate clamped': [
      [
        'return (share - (1 - p)) / (2 * p - 1)',
        'return Math.min(1, Math.max(0, (share - (1 - p)) / (2 * p - 1)))',
      ],
    ],
    'a count for a share': [
      ['return (share - (1 - p)) / (2 * p - 1)', 'return (answers.length * (share - (1 - p))) / (2 * p - 1)'],
    ],
    'forgets the lies of no': [['(share - (1 - p)) / (2 * p - 1)', 'share / p']],
    'off by one': [['/ answers.length', '/ (answers.length - 1)']],
    'estimate rounded': [
      [
        'return (share - (1 - p)) / (2 * p - 1)',
        'return Math.round((100 * (share - (1 - p))) / (2 * p - 1)) / 100',
      ],
    ],
    'estimator of another ε': [['const p = truthRate(epsilon)', 'const p = truthRate(1)']],
    'a seed in the code': [
      ['/** How often', `${SEEDED}/** How often`],
      ['random.uniform()', 'seeded()'],
    ],
    'the same coin always': [
      ['/** How often', 'let coin;\n/** How often'],
      ['return random.uniform()', 'coin ??= random.uniform();\n  return coin'],
    ],
    alternates: [
      ['/** How often', 'let calls = 0;\n/** How often'],
      [
        'return random.uniform() < truthRate(epsilon)',
        'const p = truthRate(epsilon);\n  return Math.floor(++calls * p) > Math.floor((calls - 1) * p)',
      ],
    ],
    'says yes in words': [['truth : !truth', "'yes' : 'no'"]],
    'estimate NaN': [['return (share - (1 - p)) / (2 * p - 1)', 'return Number.NaN']],
  },
  'clipped-mean': {
    'no clipping': [['Math.min(high, Math.max(low, value))', 'value']],
    'mean clipped, not values': [
      ['Math.min(high, Math.max(low, value))', 'value'],
      [
        'return clipped.reduce((total, value) => total + value, 0) / values.length',
        'return Math.min(high, Math.max(low, clipped.reduce((total, value) => total + value, 0) / values.length))',
      ],
    ],
    'clipped above alone': [['Math.min(high, Math.max(low, value))', 'Math.min(high, value)']],
    'values outside dropped': [
      [
        'values.map((value) => Math.min(high, Math.max(low, value)))',
        'values.filter((value) => value >= low && value <= high)',
      ],
    ],
    'sensitivity 0': [['return (high - low) / count', 'return 0']],
    'sensitivity of the sum': [['return (high - low) / count', 'return high - low']],
    'high over count': [['return (high - low) / count', 'return high / count']],
    'largest absolute over count': [
      ['return (high - low) / count', 'return Math.max(Math.abs(low), Math.abs(high)) / count'],
    ],
    'count less one': [['return (high - low) / count', 'return (high - low) / Math.max(1, count - 1)']],
    'count plus one': [['return (high - low) / count', 'return (high - low) / (count + 1)']],
    'twice too large': [['return (high - low) / count', 'return (2 * (high - low)) / count']],
    half: [['return (high - low) / count', 'return (high - low) / count / 2']],
    'root of count': [['return (high - low) / count', 'return (high - low) / Math.sqrt(count)']],
    rounded: [['return (high - low) / count', 'return Math.round((100 * (high - low)) / count) / 100']],
    NaN: [['return (high - low) / count', 'return Number.NaN']],
    'off by one in the mean': [['/ values.length', '/ (values.length + 1)']],
  },
  'gaussian-noise': {
    'the classical formula': [
      [
        'let low = 0;',
        'return (sensitivity * Math.sqrt(2 * Math.log(1.25 / delta))) / epsilon;\n  let low = 0;',
      ],
    ],
    'half the noise': [['return high;', 'return high / 2;']],
    'five per cent short': [['return high;', 'return 0.95 * high;']],
    'twice the noise': [['return high;', 'return 2 * high;']],
    'variance for deviation': [['return high;', 'return high * high;']],
    'sensitivity forgotten': [['return high;', 'return high / sensitivity;']],
    'sensitivity 0': [['return high;', 'return 0 * high;']],
    'Laplace scale': [['return high;', 'return sensitivity / epsilon;']],
    'δ ten times': [
      ['return high;', 'return gaussianSigma.call(null, sensitivity, epsilon, 10 * delta);'],
      ['let low = 0;', 'if (delta > 10) return 1;\n  let low = 0;'],
    ],
    'δ ignored': [['> delta', '> 1e-5']],
    'second term forgotten': [
      [
        'return normalCdf(mu / 2 - epsilon / mu) - Math.exp(epsilon) * normalCdf(-mu / 2 - epsilon / mu)',
        'return normalCdf(mu / 2 - epsilon / mu)',
      ],
    ],
    'the unsafe end, early': [
      ['i < 60', 'i < 3'],
      ['return high;', 'return low;'],
    ],
    'a few halvings': [['i < 60', 'i < 3']],
    constant: [['return high;', 'return 5;']],
    NaN: [['return high;', 'return Number.NaN;']],
    random: [['return high;', 'return high * (0.9 + 0.2 * random.uniform());']],
  },
  'cost-of-a-sequence': {
    'all added': [["reads === 'all' || reads === group", 'reads || group']],
    'answers charged': [["release.reads !== 'answers'", 'true']],
    'the largest alone': [
      [
        'hers.reduce((sum, release) => sum + release.epsilon, 0)',
        '...hers.map((release) => release.epsilon)',
      ],
    ],
    'everybody forgotten in groups': [["reads === 'all' || reads === group", 'reads === group']],
    'groups free': [["reads === 'all' || reads === group", "reads === 'all'"]],
    'δ not added': [
      ['hers.reduce((sum, release) => sum + release.delta, 0)', '...hers.map((release) => release.delta)'],
    ],
    'δ forgotten': [['return { epsilon, delta }', 'return { epsilon, delta: 0 }']],
    'root of the number': [
      [
        'hers.reduce((sum, release) => sum + release.epsilon, 0)',
        'Math.sqrt(hers.reduce((sum, release) => sum + release.epsilon ** 2, 0))',
      ],
    ],
    nothing: [['return { epsilon, delta }', 'return { epsilon: 0, delta: 0 }']],
    'off by one': [['for (const group of groups)', 'for (const group of [...groups].slice(1))']],
    infinite: [['return { epsilon, delta }', 'return { epsilon: Infinity, delta: 1 }']],
    'NaN for no releases': [
      [
        'return { epsilon, delta }',
        'return charged.length ? { epsilon, delta } : { epsilon: NaN, delta: 0 }',
      ],
    ],
    rounded: [['return { epsilon, delta }', 'return { epsilon: Math.round(epsilon * 100) / 100, delta }']],
    'a number': [['return { epsilon, delta }', 'return epsilon']],
  },
  'exponential-mechanism': {
    'no 2': [['(2 * sensitivity)', 'sensitivity']],
    '4 for 2': [['(2 * sensitivity)', '(4 * sensitivity)']],
    'sensitivity ignored': [['(2 * sensitivity)', '2']],
    'ε ignored': [['epsilon * (score', '(score']],
    'the best always': 'function choose(scores) { return scores.indexOf(Math.max(...scores)); }',
    uniform: 'function choose(scores) { return Math.floor(random.uniform() * scores.length); }',
    'off by one': [['return i;', 'return Math.min(i + 1, weights.length - 1);']],
    'never the last': [
      ['i < weights.length;', 'i < weights.length - 1;'],
      ['return weights.length - 1', 'return 0'],
    ],
    'one beyond the end': [['return i;', 'return i + 1;']],
    overflows: [['(score - top)', 'score']],
    'weights upside down': [['(score - top)', '(top - score)']],
    'in proportion to scores': [
      [
        'Math.exp((epsilon * (score - top)) / (2 * sensitivity))',
        'Math.abs(score) + 0 * epsilon * sensitivity * top',
      ],
    ],
    'the score, not the index': [
      ['return i;', 'return scores[i];'],
      ['return weights.length - 1', 'return scores[0]'],
    ],
    'a seed in the code': [
      ['/** An index', `${SEEDED}/** An index`],
      ['random.uniform()', 'seeded()'],
    ],
    'the best now and then': [
      ['let left', 'if (random.uniform() < 0.1) return scores.indexOf(top);\n  let left'],
    ],
    NaN: [['return i;', 'return Number.NaN;']],
    'Laplace noise of half the scale':
      'function choose(scores, sensitivity, epsilon) { const e = () => -Math.log(1 - random.uniform()); const noisy = scores.map((s) => s + (sensitivity / epsilon) * (e() - e())); return noisy.indexOf(Math.max(...noisy)); }',
  },
  'report-noisy-max': {
    'half the scale': [['2 / epsilon', '1 / epsilon']],
    'twice the scale': [['2 / epsilon', '4 / epsilon']],
    'ε ignored': [['2 / epsilon', '2']],
    'no noise': [['count + laplace(2 / epsilon)', 'count']],
    'one noise for all': [
      [
        'const noisy = counts.map((count) => count + laplace(2 / epsilon))',
        'const noise = laplace(2 / epsilon);\n  const noisy = counts.map((count) => count + noise)',
      ],
    ],
    'the count, not the index': [['return noisy.indexOf(Math.max(...noisy))', 'return Math.max(...noisy)']],
    'off by one': [
      ['return noisy.indexOf(Math.max(...noisy))', 'return noisy.indexOf(Math.max(...noisy)) + 1'],
    ],
    'the smallest': [['Math.max(...noisy)', 'Math.min(...noisy)']],
    'Gaussian noise': [['laplace(2 / epsilon)', `(2 / epsilon) * ${GAUSSIAN}`]],
    'noise on the largest alone': [
      ['count + laplace(2 / epsilon)', 'count + (count === Math.max(...counts) ? laplace(2 / epsilon) : 0)'],
    ],
    'uniform noise': [['laplace(2 / epsilon)', '(2 / epsilon) * (random.uniform() - 0.5)']],
    'a seed in the code': [
      ['/** Laplace noise', `${SEEDED}/** Laplace noise`],
      ['random.uniform()', 'seeded()'],
    ],
    'uniform choice': 'function noisyMax(counts) { return Math.floor(random.uniform() * counts.length); }',
    constant: 'function noisyMax() { return 0; }',
    NaN: 'function noisyMax() { return Number.NaN; }',
    'the best now and then': [
      [
        'return noisy.indexOf',
        'if (random.uniform() < 0.15) return counts.indexOf(Math.max(...counts));\n  return noisy.indexOf',
      ],
    ],
  },
  'clip-per-example': {
    'clips the batch': `function clipAndSum(gradients, bound) {
      const sum = gradients[0].map((_, i) => gradients.reduce((t, g) => t + g[i], 0));
      const length = Math.hypot(...sum);
      return length > bound ? sum.map((x) => (x * bound) / length) : sum;
    }`,
    'clips each coordinate': [
      [MIRRORED_CLIP, 'const factor = 1;'],
      ['factor * x', 'factor * Math.max(-bound, Math.min(bound, x))'],
    ],
    'L1 for L2': [['Math.hypot(...gradient)', 'gradient.reduce((s, x) => s + Math.abs(x), 0)']],
    'largest coordinate for length': [['Math.hypot(...gradient)', 'Math.max(...gradient.map(Math.abs))']],
    'length not rooted': [['Math.hypot(...gradient)', 'gradient.reduce((s, x) => s + x * x, 0)']],
    'all brought to the bound': [[MIRRORED_CLIP, 'const factor = bound / (length || 1);']],
    'divides by zero': [
      [MIRRORED_CLIP, 'const factor = bound / length < 1 ? bound / length : (0 / length + 1);'],
    ],
    'no clipping': [[MIRRORED_CLIP, 'const factor = 1;']],
    'twice the bound': [[MIRRORED_CLIP, 'const factor = length > 2 * bound ? (2 * bound) / length : 1;']],
    'half the bound': [[MIRRORED_CLIP, 'const factor = length > bound / 2 ? bound / 2 / length : 1;']],
    'the mean': [['return sum;', 'return sum.map((x) => x / gradients.length);']],
    'one left out': [['for (const gradient of gradients)', 'for (const gradient of gradients.slice(0, -1))']],
    'direction turned': [['factor * x', '-factor * x']],
    'long ones dropped': [[MIRRORED_CLIP, 'const factor = length > bound ? 0 : 1;']],
    'bound forgotten': [['bound / length', '1 / length']],
    'factor of the longest for all': [
      [
        'const length = Math.hypot(...gradient)',
        'const length = Math.max(...gradients.map((g) => Math.hypot(...g)))',
      ],
    ],
    NaN: [['return sum;', 'return sum.map(() => Number.NaN);']],
    zeros: [['return sum;', 'return sum.map(() => 0);']],
    'one number': [['return sum;', 'return sum[0];']],
  },
  'dp-sgd-step': {
    'divides by the drawn lot': [['/ expectedBatchSize', '/ gradients.length']],
    'divides by the drawn lot, or one': [['/ expectedBatchSize', '/ Math.max(1, gradients.length)']],
    'not divided': [['/ expectedBatchSize', '/ 1']],
    'clips the batch': [
      [STEP_CLIP, 'const factor = 1;'],
      [
        '// Each weight',
        'const whole = Math.hypot(...sum);\n  if (whole > maxGradNorm) sum.forEach((x, i) => (sum[i] = (x * maxGradNorm) / whole));\n  // Each weight',
      ],
    ],
    'no clipping': [[STEP_CLIP, 'const factor = 1;']],
    'all brought to the bound': [[STEP_CLIP, 'const factor = length > 0 ? maxGradNorm / length : 0;']],
    'no noise': [['deviation * random.gaussian()', '0 * deviation']],
    'noise without the bound': [['noiseMultiplier * maxGradNorm', 'noiseMultiplier']],
    'half the noise': [['noiseMultiplier * maxGradNorm', '0.5 * noiseMultiplier * maxGradNorm']],
    'a tenth short': [['noiseMultiplier * maxGradNorm', '0.9 * noiseMultiplier * maxGradNorm']],
    'noise after the division': [
      [
        '(sum[i] + deviation * random.gaussian())) / expectedBatchSize',
        'sum[i]) / expectedBatchSize - learningRate * deviation * random.gaussian()',
      ],
    ],
    'one noise for all weights': [
      ['const deviation', 'const shared = random.gaussian();\n  const deviation'],
      ['random.gaussian())) /', 'shared)) /'],
    ],
    'noise for each example': [
      ['deviation * random.gaussian()', 'gradients.reduce((t) => t + deviation * random.gaussian(), 0)'],
    ],
    'no noise when nobody was drawn': [
      [
        'const deviation = noiseMultiplier * maxGradNorm',
        'const deviation = gradients.length === 0 ? 0 : noiseMultiplier * maxGradNorm',
      ],
    ],
    uphill: [['weight - (learningRate', 'weight + (learningRate']],
    'learning rate forgotten': [['(learningRate * (sum', '(1 * (sum']],
    'Laplace noise': [
      ['random.gaussian()', '(Math.log(1 - random.uniform()) - Math.log(1 - random.uniform())) / Math.SQRT2'],
    ],
    'uniform noise': [['random.gaussian()', '(Math.sqrt(12) * (random.uniform() - 0.5))']],
    'a seed in the code': [
      ['/** The weights', `${SEEDED}/** The weights`],
      ['random.gaussian()', '(Math.sqrt(-2 * Math.log(seeded())) * Math.cos(2 * Math.PI * seeded()))'],
    ],
    'a seed for each step': [
      ['/** The weights', `${SEEDED_EACH_TIME}/** The weights`],
      ['const deviation', 'const next = seededFrom(7);\n  const deviation'],
      ['random.gaussian()', '(Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next()))'],
    ],
    'noise on the first weight alone': [
      ['deviation * random.gaussian()', '(i === 0 ? deviation * random.gaussian() : 0)'],
    ],
    'NaN for an empty lot': [
      ['weight - (learningRate', 'weight + (gradients.length ? 0 : Number.NaN) - (learningRate'],
    ],
    'weights unchanged': [['weight - (learningRate', 'weight - (0 * learningRate']],
  },
  'membership-attack': {
    'a threshold': 'const scores = (losses) => losses.map((loss) => -loss);',
    'the wrong way': [['return usual - loss', 'return loss - usual']],
    'how hard it is': [['return usual - loss', 'return usual']],
    'how easy it is': [['return usual - loss', 'return -usual']],
    constant: [['return usual - loss', 'return 0']],
    chance: [['return usual - loss', 'return random.uniform()']],
    'another example’s references': [['reference[i]', 'reference[(i + 1) % losses.length]']],
    position: [['return usual - loss', 'return i']],
    'the sum of both': [['return usual - loss', 'return -usual - loss']],
    NaN: [['return usual - loss', 'return Number.NaN']],
    'too few': [['return losses.map', 'return losses.slice(1).map']],
    'mean of all references': [['reference[i]', 'reference.reduce((a, b) => a + b, 0) / reference.length']],
  },
  'noise-in-pixels': {
    'always the first': [['return distance(first) < distance(second)', 'return true']],
    'the wrong way': [
      ['return distance(first) < distance(second)', 'return distance(first) > distance(second)'],
    ],
    brightness: [
      [
        'const distance = (picture) => picture.reduce((sum, x, i) => sum + (released[i] - x) ** 2, 0)',
        'const mean = (p) => p.reduce((s, x) => s + x, 0) / p.length;\n  const distance = (picture) => Math.abs(mean(picture) - mean(released))',
      ],
    ],
    'one pixel': [
      ['picture.reduce((sum, x, i) => sum + (released[i] - x) ** 2, 0)', '(released[0] - picture[0]) ** 2'],
    ],
    'the first rows alone': [['picture.reduce(', 'picture.slice(0, 20).reduce(']],
    'a coin': [['return distance(first) < distance(second)', 'return random.uniform() < 0.5']],
    'every claim holds': [['return reached <= delta', 'return true']],
    'no claim holds': [['return reached <= delta', 'return false']],
    'one pixel’s sensitivity': [['Math.sqrt(pixels)', '1']],
    'pixels without the root': [['Math.sqrt(pixels)', 'pixels']],
    'δ ignored': [['reached <= delta', 'reached <= 1e-5']],
    'second term forgotten': [['- Math.exp(epsilon) * normalCdf(-mu / 2 - epsilon / mu)', '']],
    'the classical formula': [
      [
        'return reached <= delta',
        'return sigma >= (Math.sqrt(pixels) * Math.sqrt(2 * Math.log(1.25 / delta))) / epsilon',
      ],
    ],
    'the wrong way round': [['reached <= delta', 'reached >= delta']],
    'a tenth more': [
      ['const mu = Math.sqrt(pixels) / sigma', 'const mu = (0.9 * Math.sqrt(pixels)) / sigma'],
    ],
    'the noise that looks heavy': [['return reached <= delta', 'return sigma > 0.5']],
  },
  'audit-a-black-box': {
    nobody: 'const breaksClaim = () => false;',
    everybody: 'const breaksClaim = () => true;',
    'a coin': 'const breaksClaim = () => random.uniform() < 0.5;',
    'the bare ratio': [['p - slack(p, n) > ratio * (q + slack(q, m))', 'p > ratio * q']],
    'the largest bare ratio': `function breaksClaim(without, withHer, epsilon) {
      const all = [...without, ...withHer].sort((a, b) => a - b);
      const share = (list, event) => list.filter(event).length / list.length;
      for (let k = 1; k < 20; k++) {
        const t = all[Math.floor((k / 20) * all.length)];
        for (const event of [(x) => x <= t, (x) => x > t]) {
          const [p, q] = [share(without, event), share(withHer, event)];
          if (p > Math.exp(epsilon) * q || q > Math.exp(epsilon) * p) return true;
        }
      }
      return false;
    }`,
    'ε doubled': [['Math.exp(epsilon)', 'Math.exp(2 * epsilon)']],
    'ε ignored': [['Math.exp(epsilon)', '1']],
    'ratio without exp': [['Math.exp(epsilon)', 'epsilon']],
    'the difference of means': `function breaksClaim(without, withHer) {
      const mean = (list) => list.reduce((s, x) => s + x, 0) / list.length;
      return Math.abs(mean(without) - mean(withHer)) > 1.5;
    }`,
    'different at all': `function breaksClaim(without, withHer) {
      const mean = (list) => list.reduce((s, x) => s + x, 0) / list.length;
      return Math.abs(mean(without) - mean(withHer)) > 0.1;
    }`,
    'one way alone': [
      [
        'for (const { often, seldom, judges } of ways)',
        'for (const { often, seldom, judges } of ways.slice(0, 0))',
      ],
      [
        'let best = { excess: -Infinity }',
        'let best = { excess: -Infinity, event: (x) => x > 1e9, judges: [without, withHer] }',
      ],
    ],
    NaN: 'const breaksClaim = () => Number.NaN;',
  },
};

/** The text of a wrong program. @throws where a replacement finds nothing: then it would be no wrong program */
export function textOf(solution: string, wrong: Wrong): string {
  if (typeof wrong === 'string') return wrong;
  return wrong.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`The solution has no “${from}”.`);
    return text.replaceAll(from, () => to);
  }, solution);
}
