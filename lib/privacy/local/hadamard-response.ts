import { checkCategory, checkOracle, type FrequencyOracle } from './frequency-oracle';

/** What is particular to Hadamard response. */
export interface HadamardResponse extends FrequencyOracle<number> {
  /** K, the order of the Hadamard matrix: the smallest power of 2 above k. */
  readonly order: number;
  /** Probability of each output that supports the value, and of each that does not. */
  readonly outputInSet: number;
  readonly outputOutside: number;
  /** How many reports support each value, from how many there are of each output. */
  supportFromOutputs(outputs: ArrayLike<number>): Float64Array;
}

/**
 * Hadamard response (Acharya, Sun and Zhang 2019): one number of log₂ K bits a person, at almost the accuracy of unary
 * encoding's k bits.
 *
 * Value x belongs to row x + 1 of the K × K Hadamard matrix H (row 0 is all ones and tells nothing). An output y supports x
 * when H[x+1][y] = (−1)^{popcount((x+1) & y)} is +1; supporting outputs are e^ε times as likely as others.
 */
export function hadamardResponse(options: { epsilon: number; categories: number }): HadamardResponse {
  const { epsilon, categories } = options;
  checkOracle(epsilon, categories);
  const order = 2 ** Math.ceil(Math.log2(categories + 1));
  const p = 1 / (1 + Math.exp(-epsilon));
  const supportFromOutputs = (outputs: ArrayLike<number>) => {
    const sums = Float64Array.from(outputs);
    const total = sums.reduce((sum, count) => sum + count, 0);
    // Σ_y H[row][y] · (reports of y), for all rows at once.
    walshHadamard(sums);
    return Float64Array.from({ length: categories }, (_, x) => (total + sums[x + 1]!) / 2);
  };
  return {
    name: 'Hadamard response',
    epsilon,
    categories,
    p,
    q: 0.5,
    bitsSent: Math.log2(order),
    order,
    outputInSet: (2 / order) * p,
    outputOutside: (2 / order) * Math.exp(-epsilon) * p,
    perturb(value, random) {
      checkCategory(value, categories);
      const row = value + 1;
      const inSet = random.bernoulli(p);
      const y = random.integer(order);
      // Half of all y have the wanted sign; flipping the row's lowest bit in y maps the other half onto it, one to one.
      return hadamardSupport(row, y) === inSet ? y : y ^ (row & -row);
    },
    supportCounts(reports) {
      const sums = new Float64Array(order);
      let total = 0;
      for (const report of reports) {
        checkCategory(report, order);
        sums[report]!++;
        total++;
      }
      return { counts: supportFromOutputs(sums), reports: total };
    },
    supportFromOutputs,
  };
}

/** Variance of an estimated frequency near 0 over n people: ((e^ε + 1) / (e^ε − 1))² / n. */
export function hadamardVarianceAtZero(epsilon: number, people: number): number {
  return 1 / (Math.tanh(epsilon / 2) ** 2 * people);
}

/** Whether H[row][y] is +1. */
export function hadamardSupport(row: number, y: number): boolean {
  return popcount(row & y) % 2 === 0;
}

function popcount(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count++;
  return count;
}

/** The Walsh–Hadamard transform in place, in n log n additions. */
function walshHadamard(values: Float64Array): void {
  for (let half = 1; half < values.length; half *= 2) {
    for (let start = 0; start < values.length; start += 2 * half) {
      for (let i = start; i < start + half; i++) {
        const sum = values[i]! + values[i + half]!;
        values[i + half] = values[i]! - values[i + half]!;
        values[i] = sum;
      }
    }
  }
}
