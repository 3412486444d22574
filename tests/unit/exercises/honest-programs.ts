/** Programs that are right, and not the reference solution: other ways, other types, other names, asynchronous or not. */
import type { ExerciseId } from '@/lib/exercises';

export const HONEST: Readonly<Partial<Record<ExerciseId, Readonly<Record<string, string>>>>> = {
  'laplace-mechanism': {
    'by the inverse, from the browser’s own bits, asynchronously': `
      const uniform = async () => {
        const [a, b] = crypto.getRandomValues(new Uint32Array(2));
        return (a * 2 ** 21 + (b >>> 11) + 0.5) / 2 ** 53;
      };
      const laplaceMechanism = async (x, delta, eps) => {
        const u = (await uniform()) - 0.5;
        return x - (delta / eps) * Math.sign(u) * Math.log(1 - 2 * Math.abs(u));
      };`,
    'from Math.random, with a sign': `
      function laplaceMechanism(value, sensitivity, epsilon) {
        const magnitude = -Math.log(1 - Math.random()) * (sensitivity / epsilon);
        return Math.random() < 0.5 ? value + magnitude : value - magnitude;
      }`,
    'as the logarithm of a ratio, with names of the site taken': `
      const random = { next: () => 1 - Math.random() };
      class Mechanism { constructor(b) { this.b = b; } draw() { return this.b * Math.log(random.next() / random.next()); } }
      var laplaceMechanism = (value, s, e) => Promise.resolve(value + new Mechanism(s / e).draw());`,
    'as a normal with a random variance': `
      const laplaceMechanism = (value, s, e) => {
        const [a, b, c, d] = [0, 0, 0, 0].map(() => random.gaussian());
        return value + (s / e) * (a * b - c * d);
      };`,
  },
  'randomised-response': {
    'two coins, in numbers': `
      const respond = (truth, epsilon) => {
        const keep = (Math.exp(epsilon) - 1) / (Math.exp(epsilon) + 1);
        if (Math.random() < keep) return Number(truth);
        return Math.random() < 0.5 ? 1 : 0;
      };
      function estimate(answers, epsilon) {
        const e = Math.exp(epsilon);
        const ones = answers.filter((a) => a === 1).length;
        return ((e + 1) * ones / answers.length - 1) / (e - 1);
      }`,
  },
  'clipped-mean': {
    'typed, in a loop, in place': `
      async function clippedMean(values, low, high) {
        const list = Float64Array.from(values).sort();
        let sum = 0;
        for (let x of list) { if (x < low) x = low; if (x > high) x = high; sum += x; }
        return sum / list.length;
      }
      const sensitivity = (n, a, b) => Math.abs(b - a) / n;`,
    'by moments from the lower end, changing what it was given': `
      function clippedMean(values, low, high) {
        let mean = 0;
        for (let n = 1; values.length > 0; n++) mean += (Math.min(Math.max(values.pop(), low), high) - mean) / n;
        return mean;
      }
      function sensitivity(count, low, high) { return high / count - low / count; }`,
  },
  'gaussian-noise': {
    'searched by the logarithm of the noise multiplier': `
      const delta = (s, e) => normalCdf(0.5 / s - e * s) - Math.exp(e) * normalCdf(-0.5 / s - e * s);
      async function gaussianSigma(sensitivity, epsilon, goal) {
        let [low, high] = [Math.log(1e-3), Math.log(1e4)];
        while (high - low > 1e-6) {
          const middle = (low + high) / 2;
          if (delta(Math.exp(middle), epsilon) > goal) low = middle;
          else high = middle;
        }
        return sensitivity * Math.exp(high);
      }`,
    'grown in small steps': `
      function gaussianSigma(sensitivity, epsilon, goal) {
        let s = 1e-2;
        for (;;) {
          if (normalCdf(0.5 / s - epsilon * s) - Math.exp(epsilon) * normalCdf(-0.5 / s - epsilon * s) <= goal) return sensitivity * s;
          s *= 1.005;
        }
      }`,
  },
  'cost-of-a-sequence': {
    'in one pass, with maps': `
      const totalCost = async (releases) => {
        const base = { epsilon: 0, delta: 0 };
        const groups = new Map();
        for (const { reads, epsilon, delta } of releases) {
          if (reads === 'answers') continue;
          if (reads !== 'all' && !groups.has(reads)) groups.set(reads, { epsilon: 0, delta: 0 });
          const account = reads === 'all' ? base : groups.get(reads);
          account.epsilon += epsilon;
          account.delta += delta;
        }
        const most = (key) => base[key] + Math.max(0, ...[...groups.values()].map((one) => one[key]));
        return { delta: most('delta'), epsilon: most('epsilon'), note: 'fine' };
      };`,
  },
  'exponential-mechanism': {
    'by Gumbel noise': `
      async function choose(scores, sensitivity, epsilon) {
        const gumbel = () => -Math.log(-Math.log(random.uniform() || 1e-300));
        let best = 0, most = -Infinity;
        scores.forEach((score, i) => {
          const noisy = (epsilon * score) / (2 * sensitivity) + gumbel();
          if (noisy > most) [best, most] = [i, noisy];
        });
        return best;
      }`,
    'by the logarithm of the sum': `
      const choose = (scores, s, e) => {
        const logits = Float64Array.from(scores, (x) => (e * x) / (2 * s));
        const top = Math.max(...logits);
        const total = top + Math.log(logits.reduce((sum, x) => sum + Math.exp(x - top), 0));
        let u = Math.random(), i = 0;
        while (i < logits.length - 1 && (u -= Math.exp(logits[i] - total)) > 0) i++;
        return i;
      };`,
  },
  'report-noisy-max': {
    'with exponential noise': `
      function noisyMax(counts, epsilon) {
        const noisy = counts.map((c) => c - (2 / epsilon) * Math.log(1 - Math.random()));
        return noisy.reduce((best, x, i) => (x > noisy[best] ? i : best), 0);
      }`,
    'with Gumbel noise': `
      const noisyMax = async (counts, epsilon) => {
        const noisy = counts.map((c) => c - (2 / epsilon) * Math.log(-Math.log(1 - random.uniform())));
        return noisy.indexOf(Math.max(...noisy));
      };`,
  },
  'clip-per-example': {
    'with a small number in the division, typed': `
      const clipAndSum = async (gradients, bound) => {
        const sum = new Float64Array(gradients[0].length);
        for (const g of gradients) {
          const norm = Math.sqrt(g.reduce((s, x) => s + x * x, 0));
          const f = Math.min(1, bound / (norm + 1e-6));
          for (let i = 0; i < g.length; i++) sum[i] += f * g[i];
        }
        return sum;
      };`,
    'in single precision': `
      const clipAndSum = (gradients, bound) => {
        const sum = new Float32Array(gradients[0].length);
        for (const g of gradients) {
          const f = 1 / Math.max(1, Math.hypot(...g) / bound);
          g.forEach((x, i) => { sum[i] += f * x; });
        }
        return sum;
      };`,
  },
  'dp-sgd-step': {
    'noise added at the end, with its own normals, typed': `
      const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.sin(2 * Math.PI * Math.random());
      const step = async (weights, gradients, { learningRate: lr, maxGradNorm: c, noiseMultiplier: s, expectedBatchSize: b }) => {
        const next = Float64Array.from(weights);
        for (const g of gradients) {
          const f = Math.min(1, c / (Math.hypot(...g) + 1e-6));
          for (let i = 0; i < g.length; i++) next[i] -= (lr * f * g[i]) / b;
        }
        for (let i = 0; i < next.length; i++) next[i] += (lr * s * c * normal()) / b;
        return next;
      };`,
  },
  'membership-attack': {
    'a z-score': `
      const scores = async (losses, references) => Float64Array.from(losses, (loss, i) => {
        const column = references.map((r) => r[i]);
        const mean = column.reduce((a, b) => a + b) / column.length;
        const sd = Math.sqrt(column.reduce((a, b) => a + (b - mean) ** 2, 0) / (column.length - 1));
        return (mean - loss) / sd;
      });`,
    'the median of the references': `
      function scores(losses, references) {
        return losses.map((loss, i) => {
          const column = references.map((r) => r[i]).sort((a, b) => a - b);
          return (column[7] + column[8]) / 2 - loss;
        });
      }`,
    'a rank among the references, with many ties': `
      const scores = (losses, references) => losses.map((loss, i) => references.filter((r) => r[i] > loss).length);`,
    'a ratio of losses': `
      const scores = (losses, references) => losses.map((loss, i) => {
        let sum = 0;
        for (const r of references) sum += r[i];
        return -Math.abs(loss) / Math.abs(sum / references.length);
      });`,
    'one reference': 'const scores = (losses, [first]) => losses.map((loss, i) => first[i] - loss);',
  },
  'noise-in-pixels': {
    'a projection, and absolute differences': `
      const madeFromFirst = async (released, first, second) => {
        let sum = 0;
        for (let i = 0; i < released.length; i++)
          sum += (released[i] - (first[i] + second[i]) / 2) * (first[i] - second[i]);
        return sum > 0 ? 1 : 0;
      };
      const holds = ({ pixels, sigma, epsilon, delta }) => {
        const s = sigma / Math.sqrt(pixels);
        return normalCdf(0.5 / s - epsilon * s) - Math.exp(epsilon) * normalCdf(-0.5 / s - epsilon * s) <= delta;
      };`,
    'a vote of pixels': `
      const madeFromFirst = (released, first, second) => {
        const votes = released.map((x, i) => Math.sign(Math.abs(x - second[i]) - Math.abs(x - first[i])));
        return votes.reduce((a, b) => a + b) > 0;
      };
      const holds = ({ pixels, sigma, epsilon, delta }) => {
        const mu = Math.sqrt(pixels) / sigma;
        return normalCdf(mu / 2 - epsilon / mu) - Math.exp(epsilon) * normalCdf(-mu / 2 - epsilon / mu) <= delta;
      };`,
    'correlation, typed': `
      function madeFromFirst(released, first, second) {
        const centred = (p) => { const list = Float64Array.from(p); const m = list.reduce((a, b) => a + b) / list.length; return list.map((x) => x - m); };
        const r = centred(released);
        const alike = (p) => { const c = centred(p); return c.reduce((s, x, i) => s + x * r[i], 0) / Math.hypot(...c); };
        return alike(first) > alike(second);
      }
      const holds = ({ pixels, sigma, epsilon, delta }) => {
        const s = sigma / Math.sqrt(pixels);
        const reached = normalCdf(1 / (2 * s) - epsilon * s) - Math.exp(epsilon) * normalCdf(-1 / (2 * s) - epsilon * s);
        return !(reached > delta);
      };`,
    'absolute differences': `
      const madeFromFirst = (released, first, second) => {
        const far = (p) => p.reduce((s, x, i) => s + Math.abs(x - released[i]), 0);
        return far(first) < far(second);
      };
      const holds = async (c) => {
        const mu = c.pixels ** 0.5 / c.sigma;
        return c.delta >= normalCdf(mu / 2 - c.epsilon / mu) - Math.exp(c.epsilon) * normalCdf(-mu / 2 - c.epsilon / mu);
      };`,
  },
  'audit-a-black-box': {
    'Hoeffding’s bound on every threshold': `
      function breaksClaim(without, withHer, epsilon) {
        const all = [...without, ...withHer].sort((a, b) => a - b);
        const slack = Math.sqrt(Math.log(2 / 1e-5) / (2 * without.length));
        const above = (list, t) => list.reduce((n, x) => n + (x > t), 0) / list.length;
        for (let k = 0; k <= 60; k++) {
          const t = all[Math.min(all.length - 1, Math.round((k / 60) * all.length))];
          const [p, q] = [above(without, t), above(withHer, t)];
          for (const [a, b] of [[p, q], [q, p], [1 - p, 1 - q], [1 - q, 1 - p]])
            if (a - slack > Math.exp(epsilon) * (b + slack)) return true;
        }
        return false;
      }`,
    'five thresholds and a normal bound': `
      const Z = 4;
      async function breaksClaim(without, withHer, epsilon) {
        const pooled = Float64Array.from([...without, ...withHer]).sort();
        const at = (q) => pooled[Math.floor(q * (pooled.length - 1))];
        const share = (list, t) => list.filter((x) => x > t).length / list.length;
        const n = without.length;
        const wide = (p) => Z * Math.sqrt((p * (1 - p)) / n) + 8 / n;
        for (const t of [0.01, 0.05, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 0.95, 0.99].map(at)) {
          const [p, q] = [share(without, t), share(withHer, t)];
          for (const [a, b] of [[p, q], [q, p], [1 - p, 1 - q], [1 - q, 1 - p]])
            if (a - wide(a) > Math.exp(epsilon) * (b + wide(b))) return true;
        }
        return false;
      }`,
  },
};
