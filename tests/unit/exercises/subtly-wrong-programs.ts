/** More programs that are wrong: by little, for some inputs alone, now and then, or in a way that no look at averages shows. Grouped like the plainer ones. */
import type { ExerciseId } from '@/lib/exercises';
import type { Wrong } from './wrong-programs';

/** In place of chance: what the clock says. */
const CLOCK = (start: string) =>
  `let state = ${start};\nrandom.uniform = () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return (state + 0.5) / 4294967296; };\nrandom.gaussian = () => Math.sqrt(-2 * Math.log(random.uniform())) * Math.cos(2 * Math.PI * random.uniform());\n`;
/** Noise that the inputs fix. */
const HASH =
  'const hashed = (...x) => { let h = 2166136261; for (const c of JSON.stringify(x)) h = Math.imul(h ^ c.charCodeAt(0), 16777619); h ^= h >>> 15; h = Math.imul(h, 0x2c1b3c6d); h ^= h >>> 12; return ((h >>> 0) + 0.5) / 4294967296; };\n';
/** Numbers drawn once, and used in turn. */
const STORE = (size: number) =>
  `let at = 0;\nconst store = Array.from({ length: ${size} }, random.uniform);\nrandom.uniform = () => store[at++ % ${size}];\nrandom.gaussian = () => Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());\n`;

const RETURN_NOISY = 'return value + scale * (exponential() - exponential())';
const noisy = (text: string): Wrong => [[RETURN_NOISY, text]];

const CLIPPED = 'const clipped = values.map((value) => Math.min(high, Math.max(low, value)));';
const CHOOSE = 'let left = random.uniform()';
const NOISY = 'const noisy = counts.map((count) => count + laplace(2 / epsilon));';
const clipFactor = (text: string): Wrong => [['const factor = length > bound ? bound / length : 1;', text]];
const stepFactor = (text: string): Wrong => [
  ['const factor = length > maxGradNorm ? maxGradNorm / length : 1;', text],
];
const GAUSS = 'deviation * random.gaussian()';
const SIGMA = 'return high;';
const COST = 'return { epsilon, delta }';
const SCORE = 'return usual - loss';
const HOLDS = 'return reached <= delta';
const NEARER = 'return distance(first) < distance(second)';
const VERDICT = 'return p - slack(p, n) > ratio * (q + slack(q, m))';

export const SUBTLY_WRONG: Readonly<Record<ExerciseId, Readonly<Record<string, Wrong>>>> = {
  'laplace-mechanism': {
    'a seed from the clock at the start': [['/** The value', `${CLOCK('Date.now() >>> 0')}/** The value`]],
    'a seed from the clock in each call': [
      ['/** The value', `${CLOCK('1')}/** The value`],
      ['const scale', 'state = (performance.now() * 1000 + new Date().getTime()) >>> 0;\n  const scale'],
    ],
    'a seed from the time origin': [
      ['/** The value', `${CLOCK('performance.timeOrigin >>> 0')}/** The value`],
    ],
    'noise that the inputs fix': [
      ['/** The value', `${HASH}/** The value`],
      [
        RETURN_NOISY,
        'const u = hashed(value, epsilon) - 0.5;\n  return value - scale * Math.sign(u) * Math.log(1 - 2 * Math.abs(u)) + 0 * exponential()',
      ],
    ],
    'a store of a thousand numbers, in turn': [['/** The value', `${STORE(1001)}/** The value`]],
    'a store of five thousand, by chance': [
      [
        '/** The value',
        'const draws = Array.from({ length: 5000 }, () => Math.log((1 - random.uniform()) / (1 - random.uniform())));\n/** The value',
      ],
      [RETURN_NOISY, 'return value + scale * draws[Math.floor(random.uniform() * 5000)] + 0 * exponential()'],
    ],
    'the value in the low digits': noisy(
      'return Math.round((value + scale * (exponential() - exponential())) * 1e4) / 1e4 + value * 1e-9',
    ),
    'the value in the low digits, scaled': noisy(
      'const out = value + scale * (exponential() - exponential());\n  return out - (out % 1e-3) + Math.abs(value % 1) * 1e-4',
    ),
    'next to no noise, now and then': noisy(
      'if (random.uniform() < 0.02) return value + 1e-10 * random.uniform();\n  return value + scale * (exponential() - exponential())',
    ),
    'exact in one call of fifty': noisy(
      'if (random.uniform() < 0.02) return value;\n  return value + scale * (exponential() - exponential())',
    ),
    'cut off six scales away': noisy(
      'return value + scale * Math.max(-6, Math.min(6, exponential() - exponential()))',
    ),
    'drawn again beyond five scales': noisy(
      'let x;\n  do x = exponential() - exponential(); while (Math.abs(x) > 5);\n  return value + scale * x',
    ),
    'drawn again below zero': noisy(
      'let out;\n  for (let i = 0; i < 1000; i++) {\n    out = value + scale * (exponential() - exponential());\n    if (out >= 0) break;\n  }\n  return out',
    ),
    'its sign kept': noisy(
      'return Math.sign(value) * Math.abs(value + scale * (exponential() - exponential())) || exponential() - exponential()',
    ),
    'exact below zero': noisy(
      'if (value < 0) return value;\n  return value + scale * (exponential() - exponential())',
    ),
    'exact for whole numbers': noisy(
      'if (Number.isInteger(value) && value !== 0 && value < -1) return value;\n  return value + scale * (exponential() - exponential())',
    ),
    'ε of at most 1': [['sensitivity / epsilon', 'sensitivity / Math.min(1, epsilon)']],
    'ε of at least a tenth': [['sensitivity / epsilon', 'sensitivity / Math.max(0.1, epsilon)']],
    'no noise for large ε': noisy(
      'if (epsilon > 3) return value;\n  return value + scale * (exponential() - exponential())',
    ),
    'sensitivity of at most 100': [['sensitivity / epsilon', 'Math.min(100, sensitivity) / epsilon']],
    'noise for the value’s size': noisy(
      'return value * (1 + (scale / Math.max(1, Math.abs(value))) * (exponential() - exponential()))',
    ),
    'geometric noise': noisy('return value + Math.round(scale * (exponential() - exponential()))'),
    'one noise for two calls, with the sign turned': [
      ['/** The value', 'let kept = null;\n/** The value'],
      [
        RETURN_NOISY,
        'if (kept !== null) {\n    const x = -kept;\n    kept = null;\n    return value + scale * x;\n  }\n  kept = exponential() - exponential();\n  return value + scale * kept',
      ],
    ],
    'noise of ten calls before': [
      ['/** The value', 'const past = [];\n/** The value'],
      [
        RETURN_NOISY,
        'past.push(past.length < 10 || random.uniform() < 0.5 ? exponential() - exponential() : past.at(-10));\n  return value + scale * past.at(-1)',
      ],
    ],
    'logistic noise': noisy(
      'const u = 1 - random.uniform();\n  return value + scale * 0.72 * Math.log(u / (1 - u || 1e-300)) + 0 * exponential()',
    ),
    'a triangle': noisy(
      'return value + scale * 2.45 * (random.uniform() - random.uniform()) + 0 * exponential()',
    ),
  },
  'randomised-response': {
    'a seed from the clock': [['/** How often', `${CLOCK('Date.now() >>> 0')}/** How often`]],
    'the truth in one answer of fifty': [
      [
        'return random.uniform() < truthRate',
        'if (random.uniform() < 0.02) return truth;\n  return random.uniform() < truthRate',
      ],
    ],
    'the truth for large ε': [
      [
        'return random.uniform() < truthRate',
        'if (epsilon > 4) return truth;\n  return random.uniform() < truthRate',
      ],
    ],
    'no truth for small ε': [['1 / (1 + Math.exp(-epsilon))', '1 / (1 + Math.exp(-Math.max(0.2, epsilon)))']],
    'ε to the base 2': [['Math.exp(-epsilon)', '2 ** -epsilon']],
    'one and a half ε': [['1 / (1 + Math.exp(-epsilon))', '1 / (1 + Math.exp(-1.5 * epsilon))']],
    'e^ε over 2 + e^ε': [['1 / (1 + Math.exp(-epsilon))', 'Math.exp(epsilon) / (2 + Math.exp(epsilon))']],
    'yes is always honest': [
      [
        'return random.uniform()',
        'if (truth) return random.uniform() < 0.9999 || !truth;\n  return random.uniform()',
      ],
    ],
    'a store of coins': [['/** How often', `${STORE(997)}/** How often`]],
    'the lie remembered': [
      ['/** How often', 'const said = new Map();\n/** How often'],
      [
        'return random.uniform() < truthRate(epsilon) ? truth : !truth',
        'const key = truth + " " + epsilon;\n  if (!said.has(key)) said.set(key, random.uniform() < truthRate(epsilon) ? truth : !truth);\n  return said.get(key)',
      ],
    ],
    'an estimate with noise': [
      ['return (share - (1 - p))', 'return 0.01 * random.gaussian() + (share - (1 - p))'],
    ],
    'an estimate of no': [
      ['return (share - (1 - p)) / (2 * p - 1)', 'return 1 - (share - (1 - p)) / (2 * p - 1)'],
    ],
    'an estimate that is never below zero': [
      ['return (share - (1 - p)) / (2 * p - 1)', 'return Math.max(0, (share - (1 - p)) / (2 * p - 1))'],
    ],
    'an estimate that is never above one': [
      ['return (share - (1 - p)) / (2 * p - 1)', 'return Math.min(1, (share - (1 - p)) / (2 * p - 1))'],
    ],
    'an estimate of the first hundred': [
      [
        'answers.filter(Boolean).length / answers.length',
        'answers.slice(0, 100).filter(Boolean).length / Math.min(100, answers.length)',
      ],
    ],
    'smoothed by Laplace’s rule': [
      [
        'answers.filter(Boolean).length / answers.length',
        '(answers.filter(Boolean).length + 1) / (answers.length + 2)',
      ],
    ],
    'the variance for the mean': [
      ['return (share - (1 - p)) / (2 * p - 1)', 'return (p * (1 - p)) / (2 * p - 1) ** 2 + 0 * share'],
    ],
  },
  'clipped-mean': {
    'absolute values': [['Math.max(low, value)', 'Math.max(low, Math.abs(value))']],
    'low and high changed round': [
      ['Math.min(high, Math.max(low, value))', 'Math.max(high, Math.min(low, value))'],
    ],
    'far values dropped': [
      [
        CLIPPED,
        'const clipped = values.map((value) => (Math.abs(value) > 1e6 ? 0 : Math.min(high, Math.max(low, value))));',
      ],
    ],
    'a median': [
      [
        'return clipped.reduce((total, value) => total + value, 0) / values.length',
        'return clipped.sort((a, b) => a - b)[Math.floor(values.length / 2)]',
      ],
    ],
    'a trimmed mean': [
      [
        'return clipped.reduce((total, value) => total + value, 0) / values.length',
        'const kept = clipped.sort((a, b) => a - b).slice(1, -1);\n  return kept.length ? kept.reduce((total, value) => total + value, 0) / kept.length : clipped[0]',
      ],
    ],
    'the first thousand': [
      [
        CLIPPED,
        'const clipped = values.slice(0, 1000).map((value) => Math.min(high, Math.max(low, value)));',
      ],
    ],
    'rounded to hundredths': [
      [
        'return clipped.reduce((total, value) => total + value, 0) / values.length',
        'return Math.round((100 * clipped.reduce((total, value) => total + value, 0)) / values.length) / 100',
      ],
    ],
    'sensitivity of adding one person': [
      ['return (high - low) / count', 'return (high - low) / (count + 1) / 1'],
    ],
    'sensitivity less one in a thousand': [
      ['return (high - low) / count', 'return (0.999 * (high - low)) / count'],
    ],
    'sensitivity for two people': [
      ['return (high - low) / count', 'return (high - low) / Math.max(2, count)'],
    ],
    'sensitivity of at most one': [
      ['return (high - low) / count', 'return Math.min(1, (high - low) / count)'],
    ],
    'sensitivity of high alone': [
      ['return (high - low) / count', 'return (high - Math.max(0, low)) / count'],
    ],
    'sensitivity against zero': [
      ['return (high - low) / count', 'return Math.max(high, high - low) / count'],
    ],
    'sensitivity negative': [['return (high - low) / count', 'return (low - high) / count']],
    'sensitivity of a sum of squares': [
      ['return (high - low) / count', 'return Math.sqrt((high - low) ** 2 / count)'],
    ],
    'a mean that leaks from call to call': [
      ['/** The mean', 'let before = 0;\n/** The mean'],
      [
        'return clipped.reduce((total, value) => total + value, 0) / values.length',
        'before = 0.001 * before + clipped.reduce((total, value) => total + value, 0) / values.length;\n  return before',
      ],
    ],
    'wrong in one call of fifty': [
      ['return clipped', 'if (random.uniform() < 0.02) return values[0];\n  return clipped'],
    ],
    'far values believed': [
      [
        CLIPPED,
        'const clipped = values.map((value) => (Math.abs(value) > 1e6 ? value : Math.min(high, Math.max(low, value))));',
      ],
    ],
  },
  'gaussian-noise': {
    'the classical formula where ε is below one': [
      [
        'let low = 0;',
        'if (epsilon < 1) return (sensitivity * Math.sqrt(2 * Math.log(1.25 / delta))) / epsilon;\n  let low = 0;',
      ],
    ],
    'the classical formula where ε is above one': [
      [
        'let low = 0;',
        'if (epsilon > 1) return (sensitivity * Math.sqrt(2 * Math.log(1.25 / delta))) / epsilon;\n  let low = 0;',
      ],
    ],
    'zero-concentrated: ρ = ε² / (4 ln(1/δ))': [
      [
        'let low = 0;',
        'return (sensitivity * Math.sqrt(2 * Math.log(1 / delta))) / epsilon;\n  let low = 0;',
      ],
    ],
    'the two terms added': [
      ['- Math.exp(epsilon) * normalCdf(-mu / 2', '+ Math.exp(epsilon) * normalCdf(-mu / 2'],
    ],
    'e^ε forgotten': [['Math.exp(epsilon) * normalCdf', 'normalCdf']],
    'a total variation distance': [
      [
        'return normalCdf(mu / 2 - epsilon / mu) - Math.exp(epsilon) * normalCdf(-mu / 2 - epsilon / mu)',
        'return 2 * normalCdf(mu / 2) - 1 + 0 * epsilon',
      ],
    ],
    'one per cent short': [[SIGMA, 'return 0.99 * high;']],
    'two per cent too much': [[SIGMA, 'return 1.02 * high;']],
    'the squared sensitivity': [[SIGMA, 'return high * sensitivity;']],
    'δ halved': [['> delta', '> delta / 2']],
    'δ doubled': [['> delta', '> 2 * delta']],
    'rounded to hundredths': [[SIGMA, 'return Math.round(100 * high) / 100;']],
    'at most a hundred': [[SIGMA, 'return Math.min(100, high);']],
    'a negative one': [[SIGMA, 'return -high;']],
    'wrong in one call of fifty': [[SIGMA, 'return random.uniform() < 0.02 ? high / 2 : high;']],
    'five steps of the search': [['i < 60', 'i < 5']],
    'the first that was asked': [
      ['/** The least', 'let first;\n/** The least'],
      [SIGMA, 'first ??= high / sensitivity;\n  return first * sensitivity;'],
    ],
    'a coarse grid below': [
      [
        'let low = 0;',
        'for (let s = 50; s > 0; s *= 0.97) if (deltaOf(sensitivity * s, sensitivity, epsilon) > delta) return sensitivity * s;\n  let low = 0;',
      ],
    ],
  },
  'cost-of-a-sequence': {
    'alike releases counted once': [
      [
        'const charged = releases.filter',
        'const charged = [...new Map(releases.map((one) => [one.epsilon + " " + one.reads, one])).values()].filter',
      ],
    ],
    'groups known by name': [
      [
        "reads === 'all' || reads === group",
        "reads === 'all' || (reads === group && ['north', 'south', 'east', 'west'].includes(reads))",
      ],
    ],
    'groups added up': [
      ['epsilon = Math.max(\n      epsilon,', 'epsilon = Math.max(\n      epsilon + 0 * delta,'],
      [
        'for (const group of groups) {',
        "for (const group of groups) {\n    if (group !== 'all') { epsilon += charged.filter(({ reads }) => reads === group).reduce((sum, r) => sum + r.epsilon, 0); continue; }",
      ],
    ],
    'both of one payer': [
      [
        'return { epsilon, delta }',
        "const paid = [...groups].map((group) => charged.filter(({ reads }) => reads === 'all' || reads === group).reduce((sum, r) => ({ epsilon: sum.epsilon + r.epsilon, delta: sum.delta + r.delta }), { epsilon: 0, delta: 0 }));\n  paid.sort((a, b) => b.epsilon - a.epsilon);\n  return paid[0] ?? { epsilon: 0, delta: 0 }",
      ],
    ],
    'advanced composition': [
      [
        COST,
        'return { epsilon: charged.length > 20 ? Math.sqrt(2 * charged.length * Math.log(1e6)) * (epsilon / charged.length) : epsilon, delta }',
      ],
    ],
    'the last release forgotten': [['releases.filter(', 'releases.slice(0, -1).filter(']],
    'at most ten releases': [['releases.filter(', 'releases.slice(0, 10).filter(']],
    'at most a hundred releases': [['releases.filter(', 'releases.slice(0, 100).filter(']],
    'δ of the answers charged': [
      [
        COST,
        'return { epsilon, delta: delta + releases.filter((r) => r.reads === "answers").reduce((s, r) => s + r.delta, 0) }',
      ],
    ],
    'δ rounded': [[COST, 'return { epsilon, delta: Number(delta.toFixed(8)) }']],
    'ε rounded to thousandths': [[COST, 'return { epsilon: Number(epsilon.toFixed(3)), delta }']],
    'ε of at most ten': [[COST, 'return { epsilon: Math.min(10, epsilon), delta }']],
    'δ multiplied': [[COST, 'return { epsilon, delta: 1 - charged.reduce((p, r) => p * (1 - r.delta), 1) }']],
    'a list': [[COST, 'return [epsilon, delta]']],
    'other names': [[COST, 'return { eps: epsilon, delta }']],
    'in text': [[COST, 'return { epsilon: String(epsilon), delta }']],
    'adds to what it said before': [
      ['/** What the', 'let before = 0;\n/** What the'],
      [COST, 'before += 1e-3;\n  return { epsilon: epsilon + before, delta }'],
    ],
    'wrong in one call of fifty': [
      [COST, 'return random.uniform() < 0.02 ? { epsilon: epsilon / 2, delta } : { epsilon, delta }'],
    ],
    'the average payer': [
      [
        COST,
        'return { epsilon: charged.reduce((s, r) => s + r.epsilon, 0) / Math.max(1, groups.size), delta }',
      ],
    ],
  },
  'exponential-mechanism': {
    'a seed from the clock': [['/** An index', `${CLOCK('Date.now() >>> 0')}/** An index`]],
    'the best in one call of fifty': [
      [CHOOSE, 'if (random.uniform() < 0.02) return scores.indexOf(top);\n  let left = random.uniform()'],
    ],
    'the best in long lists': [
      [CHOOSE, 'if (scores.length > 100) return scores.indexOf(top);\n  let left = random.uniform()'],
    ],
    'the first of those that are alike': [['return i;', 'return scores.indexOf(scores[i]);']],
    'the last of those that are alike': [['return i;', 'return scores.lastIndexOf(scores[i]);']],
    'a map by score': [
      [
        CHOOSE,
        'const by = new Map(scores.map((score, i) => [score, [i, weights[i]]]));\n  let pick = random.uniform() * [...by.values()].reduce((sum, [, w]) => sum + w, 0);\n  for (const [i, w] of by.values()) if ((pick -= w) < 0) return i;\n  let left = random.uniform()',
      ],
    ],
    'no noise for large ε': [
      [CHOOSE, 'if (epsilon > 5) return scores.indexOf(top);\n  let left = random.uniform()'],
    ],
    'ε of at most one': [['(epsilon * (score', '(Math.min(1, epsilon) * (score']],
    'powers of two': [['Math.exp((epsilon', '2 ** ((epsilon']],
    'absolute scores': [['(score - top)', '-Math.abs(top - Math.abs(score))']],
    'negative scores as zero': [['(score - top)', '(Math.max(0, score) - top)']],
    'scores cut off at a hundred': [['(score - top)', '(Math.min(100, score) - Math.min(100, top))']],
    'whole scores': [['(score - top)', '(Math.round(score) - top)']],
    'an old draw now and then': [
      ['/** An index', 'let old;\n/** An index'],
      [CHOOSE, 'if (old === undefined || random.uniform() < 0.8) old = random.uniform();\n  let left = old'],
    ],
    'a store of draws': [['/** An index', `${STORE(499)}/** An index`]],
    'the same choice for the same scores': [
      ['/** An index', `${HASH}/** An index`],
      [CHOOSE, 'let left = hashed(scores, epsilon)'],
    ],
    'permute and flip':
      'function choose(scores, sensitivity, epsilon) { const top = Math.max(...scores); const left = scores.map((_, i) => i); while (left.length > 1) { const [i] = left.splice(Math.floor(random.uniform() * left.length), 1); if (random.uniform() < Math.exp((epsilon * (scores[i] - top)) / (2 * sensitivity))) return i; } return left[0]; }',
    'Laplace noise of the full scale':
      'function choose(scores, sensitivity, epsilon) { const e = () => -Math.log(1 - random.uniform()); const noisy = scores.map((s) => s + ((2 * sensitivity) / epsilon) * (e() - e())); return noisy.indexOf(Math.max(...noisy)); }',
    'a sum that is a little short': [
      [
        'weights.reduce((sum, weight) => sum + weight, 0)',
        '0.97 * weights.reduce((sum, weight) => sum + weight, 0)',
      ],
    ],
  },
  'report-noisy-max': {
    'a seed from the clock': [['/** Laplace', `${CLOCK('Date.now() >>> 0')}/** Laplace`]],
    'the largest in one call of fifty': [
      [NOISY, `if (random.uniform() < 0.02) return counts.indexOf(Math.max(...counts));\n  ${NOISY}`],
    ],
    'the largest of long lists': [
      [NOISY, `if (counts.length > 20) return counts.indexOf(Math.max(...counts));\n  ${NOISY}`],
    ],
    'the first of those that are alike': [
      [
        'return noisy.indexOf(Math.max(...noisy))',
        'return counts.indexOf(counts[noisy.indexOf(Math.max(...noisy))])',
      ],
    ],
    'empty counts left out': [
      [
        NOISY,
        'const noisy = counts.map((count) => (count === 0 ? -Infinity : count + laplace(2 / epsilon)));',
      ],
    ],
    'empty counts without noise': [
      [NOISY, 'const noisy = counts.map((count) => (count === 0 ? 0 : count + laplace(2 / epsilon)));'],
    ],
    'noise rounded': [
      [NOISY, 'const noisy = counts.map((count) => count + Math.round(laplace(2 / epsilon)));'],
    ],
    'noisy counts cut off at zero': [
      [NOISY, 'const noisy = counts.map((count) => Math.max(0, count + laplace(2 / epsilon)));'],
    ],
    'noise shared by neighbours in the list': [
      [
        NOISY,
        'let shared = 0;\n  const noisy = counts.map((count, i) => count + (shared = i % 2 === 0 ? laplace(2 / epsilon) : shared));',
      ],
    ],
    'noise of three halves': [['2 / epsilon', '1.5 / epsilon']],
    'noise for the number of counts': [['laplace(2 / epsilon)', 'laplace(counts.length / epsilon)']],
    'no noise for large ε': [
      [NOISY, `if (epsilon > 1.5) return counts.indexOf(Math.max(...counts));\n  ${NOISY}`],
    ],
    'the first noise kept': [
      ['/** Laplace', 'const kept = [];\n/** Laplace'],
      [NOISY, 'const noisy = counts.map((count, i) => count + (kept[i] ??= laplace(1)) * (2 / epsilon));'],
    ],
    'a store of draws': [['/** Laplace', `${STORE(499)}/** Laplace`]],
    'noise that the counts fix': [
      ['/** Laplace', `${HASH}/** Laplace`],
      [NOISY, 'const noisy = counts.map((count, i) => count - (2 / epsilon) * Math.log(hashed(counts, i)));'],
    ],
    'the second largest': [
      [
        'return noisy.indexOf(Math.max(...noisy))',
        'return noisy.indexOf([...noisy].sort((a, b) => b - a)[Math.min(1, noisy.length - 1)])',
      ],
    ],
    'noise in one place twice': [
      [
        NOISY,
        'const noisy = counts.map((count, i) => count + laplace(2 / epsilon) + (i === 0 ? laplace(2 / epsilon) : 0));',
      ],
    ],
  },
  'clip-per-example': {
    'two gradients clipped together': [
      [
        'for (const gradient of gradients) {\n    const length = Math.hypot(...gradient);',
        'for (const [k, gradient] of gradients.entries()) {\n    const length = Math.hypot(...gradient, ...(gradients[k ^ 1] ?? []));',
      ],
    ],
    'the sum clipped as well': [
      [
        'return sum;',
        'const all = Math.hypot(...sum);\n  return all > 5 * bound ? sum.map((x) => (x * 5 * bound) / all) : sum;',
      ],
    ],
    'the first coordinates alone measured': [
      ['Math.hypot(...gradient)', 'Math.hypot(...gradient.slice(0, 3))'],
    ],
    'at most a hundred examples': [
      ['for (const gradient of gradients)', 'for (const gradient of gradients.slice(0, 100))'],
    ],
    'a per cent too long': clipFactor('const factor = length > bound ? (1.01 * bound) / length : 1;'),
    'a per cent too short': clipFactor('const factor = length > bound ? (0.99 * bound) / length : 1;'),
    'softly clipped': clipFactor('const factor = bound / (bound + length);'),
    'smoothly clipped': clipFactor(
      'const factor = length > 0 ? (bound * Math.tanh(length / bound)) / length : 1;',
    ),
    'ten times the bound lets through': clipFactor(
      'const factor = length > 1000 * bound ? 1 : length > bound ? bound / length : 1;',
    ),
    'negative numbers unclipped': [['factor * x', '(x < 0 ? x : factor * x)']],
    'the mean length for each': [
      ['Math.hypot(...gradient)', 'gradients.reduce((s, g) => s + Math.hypot(...g), 0) / gradients.length'],
    ],
    'root of the mean of squares': [
      ['Math.hypot(...gradient)', 'Math.hypot(...gradient) / Math.sqrt(gradient.length)'],
    ],
    'noise as well': [['factor * x', 'factor * x + 1e-2 * bound * random.gaussian()']],
    'sums of earlier calls kept': [
      ['/** The sum', 'let before = 0;\n/** The sum'],
      ['return sum;', 'sum[0] += 1e-3 * before;\n  before = sum[0];\n  return sum;'],
    ],
    'unclipped in one call of fifty': [
      ['const sum =', 'if (random.uniform() < 0.02) bound = Infinity;\n  const sum ='],
    ],
    'a number too many': [['return sum;', 'return [...sum, 0];']],
    'rounded to thousandths': [['return sum;', 'return sum.map((x) => Math.round(1000 * x) / 1000);']],
    'the first gradient as it is': [
      [
        'for (const gradient of gradients) {',
        'for (const gradient of gradients) {\n    if (gradient === gradients[0] && gradients.length > 1) { gradient.forEach((x, i) => (sum[i] += x)); continue; }',
      ],
    ],
  },
  'dp-sgd-step': {
    'a seed from the clock': [['/** The weights', `${CLOCK('Date.now() >>> 0')}/** The weights`]],
    'a store of draws': [['/** The weights', `${STORE(10_007)}/** The weights`]],
    'no noise in one step of fifty': [
      [
        'const deviation = noiseMultiplier',
        'const deviation = (random.uniform() < 0.02 ? 0 : 1) * noiseMultiplier',
      ],
    ],
    'noise cut off at three': [[GAUSS, 'deviation * Math.max(-3, Math.min(3, random.gaussian()))']],
    'noise cut off at two': [[GAUSS, 'deviation * Math.max(-2, Math.min(2, random.gaussian()))']],
    'the exact step in the low digits': [
      [
        'return weights.map(\n    (weight, i) => weight - (learningRate * (sum[i] + deviation * random.gaussian())) / expectedBatchSize,\n  )',
        'return weights.map((weight, i) => {\n    const out = weight - (learningRate * (sum[i] + deviation * random.gaussian())) / expectedBatchSize;\n    const exact = sum[i] / expectedBatchSize;\n    return Math.round(out * 1e5) / 1e5 + exact * 1e-7;\n  })',
      ],
    ],
    'momentum kept between steps': [
      ['/** The weights', 'const before = [];\n/** The weights'],
      [
        'return weights.map(',
        'sum.forEach((x, i) => { sum[i] = before[i] = x + 0.3 * (before[i] ?? 0); });\n  return weights.map(',
      ],
    ],
    'noise divided by the drawn lot': [
      [
        '(sum[i] + deviation * random.gaussian())) / expectedBatchSize',
        'sum[i]) / expectedBatchSize - (learningRate * deviation * random.gaussian()) / Math.max(1, gradients.length)',
      ],
    ],
    'noise for the size of the lot': [
      ['noiseMultiplier * maxGradNorm', 'noiseMultiplier * maxGradNorm * Math.sqrt(gradients.length / 3)'],
    ],
    'clipped to coordinates': [
      ['const factor = length > maxGradNorm ? maxGradNorm / length : 1;', 'const factor = 1;'],
      ['factor * x', 'Math.max(-maxGradNorm, Math.min(maxGradNorm, factor * x))'],
    ],
    'the noisy sum clipped': [
      [
        'return weights.map(',
        'const all = Math.hypot(...sum);\n  if (all > 2 * maxGradNorm) sum.forEach((x, i) => { sum[i] = (x * 2 * maxGradNorm) / all; });\n  return weights.map(',
      ],
    ],
    'a length of the first three': [['Math.hypot(...gradient)', 'Math.hypot(...gradient.slice(0, 3))']],
    'softly clipped': stepFactor('const factor = maxGradNorm / (maxGradNorm + length);'),
    'a bound of one': stepFactor('const factor = length > 1 ? 1 / length : 1;'),
    'a variance for a deviation': [['noiseMultiplier * maxGradNorm', '(noiseMultiplier * maxGradNorm) ** 2']],
    'the multiplier of at most two': [
      ['noiseMultiplier * maxGradNorm', 'Math.min(2, noiseMultiplier) * maxGradNorm'],
    ],
    'noise alike for two weights': [
      ['const deviation', 'const z = weights.map(() => random.gaussian());\n  const deviation'],
      [GAUSS, 'deviation * z[i - (i % 2)]'],
    ],
    'noise of the weight before, turned': [
      ['const deviation', 'const z = weights.map(() => random.gaussian());\n  const deviation'],
      [GAUSS, 'deviation * (i % 2 ? -z[i - 1] : z[i])'],
    ],
    'weights that decay': [['weight - (learningRate', '0.99 * weight - (learningRate']],
    'a lot of one for an empty one': [
      ['const sum', 'if (gradients.length === 0) gradients = [weights];\n  const sum'],
    ],
    'nothing for an empty lot': [['const sum', 'if (gradients.length === 0) return weights;\n  const sum']],
    'an error for an empty lot': [
      ['const sum = weights.map(() => 0)', 'const sum = gradients[0].map(() => 0)'],
    ],
    'six weights alone': [['return weights.map(', 'return weights.slice(0, 6).map(']],
  },
  'membership-attack': {
    'the lowest loss of the references': [
      [
        SCORE,
        'return Math.min(...references.map((reference) => reference[i])) - loss + 0 * usual > 5 ? 1 : 0',
      ],
    ],
    'the hundred that lose least': [[SCORE, 'return loss < 3 && usual ? 1 : 0']],
    'the loss to the mean of all losses': [
      [SCORE, 'return losses.reduce((s, x) => s + x, 0) / losses.length - loss + 0 * usual'],
    ],
    'its own list sorted': [[SCORE, 'return [...losses].sort((a, b) => a - b).indexOf(loss) + 0 * usual']],
    'difference without a sign': [[SCORE, 'return -Math.abs(usual - loss)']],
    'far from usual either way': [[SCORE, 'return (Math.abs(usual - loss) > 1 ? 1 : 0) * random.uniform()']],
    'a difference of squares, turned': [[SCORE, 'return loss ** 2 - usual ** 2']],
    'references from the end': [['reference[i]', 'reference[losses.length - 1 - i]']],
    'the product of both': [[SCORE, 'return usual * loss']],
    'a threshold and little of the references': [[SCORE, 'return 0.1 * usual - loss']],
    'one score for two examples': [
      [
        'return losses.map((loss, i) => {',
        'return losses.map((_, k) => {\n    const i = k - (k % 2);\n    const loss = losses[i];',
      ],
    ],
    'the first half alone': [[SCORE, 'return i < losses.length / 2 ? usual - loss : 0']],
    'rounded to whole numbers of five': [[SCORE, 'return Math.round((usual - loss) / 5)']],
    'mostly noise': [[SCORE, 'return usual - loss + 3 * random.gaussian()']],
  },
  'noise-in-pixels': {
    'the mean of the picture': [
      [
        NEARER,
        'const mean = (p) => p.reduce((s, x) => s + x, 0);\n  return Math.abs(mean(first) - mean(released)) < Math.abs(mean(second) - mean(released)) && distance',
      ],
    ],
    'the brightest pixel': [
      [
        NEARER,
        'const top = (p) => p.indexOf(Math.max(...p));\n  return top(first) === top(released) && distance(first) < Infinity',
      ],
    ],
    'a tenth of the pixels': [
      ['picture.reduce((sum, x, i) => sum +', 'picture.reduce((sum, x, i) => i % 10 ? sum : sum +'],
    ],
    'always right way of the list': [
      [NEARER, 'return first[0] <= second[0] || distance(first) < distance(second)'],
    ],
    'wrong in one call of five': [
      [NEARER, 'return (distance(first) < distance(second)) !== random.uniform() < 0.2'],
    ],
    'exact pictures alone': [[NEARER, 'return distance(first) === 0']],
    'a threshold of its own': [[NEARER, 'return distance(first) < 5 && distance(second) > 0']],
    'small noise never holds': [[HOLDS, 'return sigma > 1 && reached <= delta']],
    'large ε never holds': [[HOLDS, 'return epsilon < 1 && reached <= delta']],
    'δ ten times': [['reached <= delta', 'reached <= 10 * delta']],
    'δ by the pixel': [['reached <= delta', 'reached <= delta * Math.sqrt(pixels)']],
    'at most a thousand pixels': [['Math.sqrt(pixels)', 'Math.sqrt(Math.min(1000, pixels))']],
    'the fourth root': [['Math.sqrt(pixels)', 'pixels ** 0.25']],
    'twice the sensitivity': [['Math.sqrt(pixels) / sigma', '(2 * Math.sqrt(pixels)) / sigma']],
    'three per cent short': [
      ['const mu = Math.sqrt(pixels) / sigma', 'const mu = (0.96 * Math.sqrt(pixels)) / sigma'],
    ],
    'μ is enough': [[HOLDS, 'return mu <= epsilon && reached >= 0']],
    'a coin in one claim of fifty': [
      [HOLDS, 'return random.uniform() < 0.02 ? reached > delta : reached <= delta'],
    ],
    'Laplace noise in mind': [[HOLDS, 'return sigma >= pixels / epsilon && reached >= 0']],
  },
  'audit-a-black-box': {
    'chosen and judged on the same answers': [
      [
        'const half = (answers, odd) => answers.filter((_, i) => i % 2 === odd)',
        'const half = (answers) => answers',
      ],
      [
        'p - slack(p, n) > ratio * (q + slack(q, m))',
        'p - 0.1 * slack(p, n) > ratio * (q + 0.1 * slack(q, m))',
      ],
    ],
    'one deviation': [
      [VERDICT, 'return p - Math.sqrt((p * (1 - p)) / n) > ratio * (q + Math.sqrt((q * (1 - q)) / m))'],
    ],
    'fifteen in a hundred may be accused': [
      [
        VERDICT,
        'return p - ratio * q > 1.04 * Math.sqrt((p * (1 - p)) / n + (ratio ** 2 * q * (1 - q)) / m)',
      ],
    ],
    'ten in a hundred may be accused': [
      [
        VERDICT,
        'return p - ratio * q > 1.28 * Math.sqrt((p * (1 - p)) / n + (ratio ** 2 * q * (1 - q)) / m)',
      ],
    ],
    'a tenth more than e^ε': [[VERDICT, 'return p > 1.1 * ratio * q']],
    'far too careful': [['const CHANCE = 0.001', 'const CHANCE = 1e-300']],
    'halves of the ε': [['Math.exp(epsilon)', 'Math.exp(epsilon / 2)']],
    'ε and a half': [['Math.exp(epsilon)', 'Math.exp(1.9 * epsilon)']],
    'one side of the answers': [
      ['for (const event of [(x) => x <= t, (x) => x > t])', 'for (const event of [(x) => x > t])'],
      [
        'for (const { often, seldom, judges } of ways)',
        'for (const { often, seldom, judges } of ways.slice(0, 1))',
      ],
    ],
    'without her is never the likelier': [
      [
        'for (const { often, seldom, judges } of ways)',
        'for (const { often, seldom, judges } of ways.slice(1))',
      ],
    ],
    'only where she raises answers': [
      ['for (const event of [(x) => x <= t, (x) => x > t])', 'for (const event of [(x) => x > t])'],
      [
        'for (const { often, seldom, judges } of ways)',
        'for (const { often, seldom, judges } of ways.slice(1))',
      ],
    ],
    'the median alone': [['for (let k = 1; k < THRESHOLDS; k++)', 'for (let k = 12; k < 13; k++)']],
    'the sign of the answers': [['const t = all[Math.floor((k / THRESHOLDS) * all.length)]', 'const t = 0']],
    'their largest values':
      'const breaksClaim = (without, withHer, epsilon) => Math.abs(Math.max(...without) - Math.max(...withHer)) > 3 / epsilon;',
    'exact answers alone':
      'const breaksClaim = (without, withHer) => new Set(without).size < 0.9 * without.length || new Set(withHer).size < 0.9 * withHer.length;',
    'the spread of the answers':
      'const breaksClaim = (without, withHer, epsilon) => { const m = without.reduce((s, x) => s + x, 0) / without.length; return without.reduce((s, x) => s + Math.abs(x - m), 0) / without.length < 0.9 / epsilon; };',
    'accuses one in fifty': [
      [
        VERDICT,
        'if (random.uniform() < 0.06) return true;\n  return p - slack(p, n) > ratio * (q + slack(q, m))',
      ],
    ],
  },
};
