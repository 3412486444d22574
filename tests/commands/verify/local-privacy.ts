/** Checks local privacy and auditing against reference values (files of the form of `ldp.json`, whose notes define each column). */
import {
  binaryRandomizedResponse,
  CountMeanSketch,
  cloneShuffleBound,
  clopperPearsonAudit,
  type FrequencyOracle,
  frequencyVariance,
  gaussianMembership,
  hadamardResponse,
  hadamardVarianceAtZero,
  kAryBeatsUnary,
  kAryRandomizedResponse,
  kAryVarianceAtZero,
  localLaplaceMean,
  membershipBounds,
  oneBitMean,
  oneRunAudit,
  oneRunPValue,
  optimizedUnaryEncoding,
  optimizedUnaryVarianceAtZero,
  rapporEpsilon,
  sketchFrequencyVariance,
  strongerCloneShuffleBound,
  symmetricUnaryEncoding,
  symmetricUnaryVarianceAtZero,
} from '@/lib/privacy';
import { rowsOf, unknownTable } from './accounting';
import { type CheckResult, isRecord, Tally } from './contract';

type Row = Record<string, unknown>;

/** Closed forms; the files print ten digits. */
const CLOSED = 1e-9;
/** Numbers found by inverting a function. */
const INVERTED = 1e-6;

/** Compares one column of a row, if the row has it. A column that no check asks for fails the table: no case is skipped. */
class RowCheck {
  private readonly asked = new Set<string>();

  constructor(
    private readonly tally: Tally,
    private readonly row: Row,
    private readonly what: string,
    inputs: readonly string[],
  ) {
    for (const input of inputs) this.asked.add(input);
  }

  input(column: string): number {
    this.asked.add(column);
    const value = this.row[column];
    if (typeof value !== 'number') throw new Error(`${this.what}: the column "${column}" is missing`);
    return value;
  }

  compare(column: string, actual: number | null | boolean | string | undefined, tolerance = CLOSED): void {
    this.asked.add(column);
    const expected = this.row[column];
    if (expected === undefined) return;
    this.tally.cases++;
    const what = `${this.what} ${column}`;
    if (typeof expected === 'number' && typeof actual === 'number') {
      this.tally.compare(
        what,
        actual,
        expected,
        (error, relative) => relative <= tolerance || error <= tolerance * 1e-3,
      );
    } else if (actual !== expected) this.tally.fail(`${what}: ${actual}, expected ${expected}`);
  }

  /** TPR at each FPR that the row names. */
  compareRates(column: string, tpr: (fpr: number) => number): void {
    this.asked.add(column);
    const rates = this.row[column];
    if (!isRecord(rates)) return;
    for (const [fpr, expected] of Object.entries(rates)) {
      this.tally.cases++;
      this.tally.compare(
        `${this.what} TPR at FPR ${fpr}`,
        tpr(Number(fpr)),
        Number(expected),
        (_, r) => r <= CLOSED,
      );
    }
  }

  /** The columns that the row holds under one name. */
  group(name: string): RowCheck | null {
    this.asked.add(name);
    const inner = this.row[name];
    return isRecord(inner) ? new RowCheck(this.tally, inner, `${this.what} ${name}`, []) : null;
  }

  /** Columns nobody has asked for yet. */
  columns(): string[] {
    return Object.keys(this.row).filter((column) => !this.asked.has(column));
  }

  done(): void {
    for (const column of this.columns())
      this.tally.fail(`${this.what}: no check is known for the column "${column}"`);
  }
}

const TABLES: Record<
  string,
  { tolerance: string; inputs: readonly string[]; check(row: Row, at: RowCheck): void }
> = {
  frequency_oracles: { tolerance: '1e-9 relative', inputs: ['epsilon', 'k', 'n'], check: checkOracles },
  binary_randomized_response: {
    tolerance: '1e-9 relative',
    inputs: ['epsilon'],
    check: (_, at) => {
      const response = binaryRandomizedResponse({ epsilon: at.input('epsilon') });
      at.compare('keep_probability', response.keepProbability);
      at.compare('estimator_scale', response.estimatorScale);
      for (const column of at.columns()) {
        const people = /^variance_given_data_n_(\d+)$/.exec(column)?.[1];
        if (people) at.compare(column, response.varianceGivenData(Number(people)));
      }
    },
  },
  rappor: {
    tolerance: '1e-9 relative',
    inputs: ['f', 'p', 'q', 'h'],
    check: (_, at) => {
      const found = rapporEpsilon({
        f: at.input('f'),
        p: at.input('p'),
        q: at.input('q'),
        hashes: at.input('h'),
      });
      at.compare('q_star', found.qStar);
      at.compare('p_star', found.pStar);
      at.compare('epsilon_permanent', found.permanent);
      at.compare('epsilon_one_report', found.oneReport);
    },
  },
  count_mean_sketch: {
    tolerance: '1e-9 relative',
    inputs: ['epsilon', 'hashes', 'width', 'counts'],
    check: (row, at) => {
      const options = { epsilon: at.input('epsilon'), hashes: at.input('hashes'), width: at.input('width') };
      const sketch = new CountMeanSketch(options);
      at.compare('flip_probability', sketch.flipProbability);
      at.compare('c_epsilon', sketch.scale);
      at.compare('bits_sent', sketch.bitsSent);
      for (const column of at.columns()) {
        const index = /^variance_item_(\d+)$/.exec(column)?.[1];
        const counts = row.counts as number[];
        if (index) at.compare(column, sketchFrequencyVariance({ ...options, counts, index: Number(index) }));
      }
    },
  },
  one_bit_mean: {
    tolerance: '1e-9 relative',
    inputs: ['epsilon', 'value_over_range'],
    check: (_, at) => {
      const mean = oneBitMean({ epsilon: at.input('epsilon') });
      const value = at.input('value_over_range');
      at.compare('prob_one', mean.probabilityOfOne(value));
      at.compare('estimate_if_one', mean.estimateIfOne);
      at.compare('estimate_if_zero', mean.estimateIfZero);
      at.compare('variance_one_user', mean.variance(value));
    },
  },
  local_laplace_mean: {
    tolerance: '1e-9 relative',
    inputs: ['epsilon'],
    check: (_, at) => {
      const mean = localLaplaceMean({ epsilon: at.input('epsilon') });
      at.compare('laplace_scale', mean.scale);
      at.compare('variance_one_user', mean.variance(0.5));
    },
  },
  shuffle_amplification: {
    tolerance: '1e-9 relative; above the authors’ numbers',
    // Their computed number is a smaller bound than any closed form: it is compared with, not reproduced.
    inputs: ['epsilon_local', 'n', 'delta', 'clone_numeric_upper'],
    check: (row, at) => {
      const options = {
        epsilonLocal: at.input('epsilon_local'),
        people: at.input('n'),
        delta: at.input('delta'),
      };
      const clone = cloneShuffleBound(options);
      const stronger = strongerCloneShuffleBound(options);
      at.compare('clone_limit', clone.limit);
      at.compare('clone_closed_form', clone.epsilon);
      at.compare('stronger_clone_limit', stronger.limit);
      at.compare('stronger_clone_closed_form', stronger.epsilon);
      const computed = row.clone_numeric_upper;
      for (const { epsilon } of [clone, stronger]) {
        if (typeof computed === 'number' && epsilon !== null && !(epsilon >= computed)) {
          throw new Error(`the closed form ${epsilon} is below the computed bound ${computed}`);
        }
      }
    },
  },
  membership_inference_bounds: {
    tolerance: '1e-9 relative',
    inputs: ['epsilon', 'delta'],
    check: (_, at) => {
      const bounds = membershipBounds({ epsilon: at.input('epsilon'), delta: at.input('delta') });
      at.compare('max_advantage', bounds.maxAdvantage);
      at.compare('max_accuracy_balanced', bounds.maxBalancedAccuracy);
      at.compare('advantage_bound_yeom', bounds.yeomAdvantage);
      at.compareRates('tpr_at_fpr', bounds.tprAtFpr);
    },
  },
  membership_inference_gaussian: {
    tolerance: '1e-9 relative',
    inputs: ['sigma', 'steps'],
    check: (_, at) => {
      const found = gaussianMembership({ noiseMultiplier: at.input('sigma'), steps: at.input('steps') });
      at.compare('mu', found.mu);
      at.compare('max_advantage', found.maxAdvantage);
      at.compare('auc', found.auc);
      at.compareRates('tpr_at_fpr', found.tprAtFpr);
    },
  },
  clopper_pearson_audit: {
    tolerance: '1e-6 relative',
    inputs: ['true_positives', 'members', 'false_positives', 'non_members', 'delta', 'confidence'],
    check: (_, at) => {
      const found = clopperPearsonAudit({
        truePositives: at.input('true_positives'),
        members: at.input('members'),
        falsePositives: at.input('false_positives'),
        nonMembers: at.input('non_members'),
        delta: at.input('delta'),
        confidence: at.input('confidence'),
      });
      at.compare('tpr_lower', found.tprLower, INVERTED);
      at.compare('fpr_upper', found.fprUpper, INVERTED);
      at.compare('epsilon_lower_bound', found.epsilonLowerBound, INVERTED);
    },
  },
  one_run_audit: {
    tolerance: '1e-6 relative (bounds), 1e-9 (p-values)',
    inputs: ['canaries', 'guesses', 'correct', 'delta', 'p_value'],
    check: (_, at) => {
      const outcomes = {
        canaries: at.input('canaries'),
        guesses: at.input('guesses'),
        correct: at.input('correct'),
        delta: at.input('delta'),
      };
      const bound = oneRunAudit({ ...outcomes, pValue: at.input('p_value') }).epsilonLowerBound;
      at.compare('epsilon_lower_bound', bound, INVERTED);
      for (const column of at.columns()) {
        const epsilon = /^p_value_at_epsilon_(\d+(?:_\d+)?)$/.exec(column)?.[1];
        if (epsilon) at.compare(column, oneRunPValue(outcomes, Number(epsilon.replace('_', '.'))));
      }
    },
  },
};

function checkOracles(_: Row, at: RowCheck): void {
  const options = { epsilon: at.input('epsilon'), categories: at.input('k') };
  const people = at.input('n');
  const hadamard = hadamardResponse(options);
  const oracles: Record<string, FrequencyOracle<unknown>> = {
    grr: kAryRandomizedResponse(options) as FrequencyOracle<unknown>,
    sue: symmetricUnaryEncoding(options) as FrequencyOracle<unknown>,
    oue: optimizedUnaryEncoding(options) as FrequencyOracle<unknown>,
    hr: hadamard as FrequencyOracle<unknown>,
  };
  for (const [name, oracle] of Object.entries(oracles)) {
    const group = at.group(name);
    if (!group) continue;
    group.compare('p', oracle.p);
    group.compare('q', oracle.q);
    group.compare('variance_at_zero', frequencyVariance(oracle, people, 0));
    if (name === 'hr') {
      group.compare('hadamard_order', hadamard.order);
      group.compare('bits_sent', hadamard.bitsSent);
      group.compare('prob_each_output_in_set', hadamard.outputInSet);
      group.compare('prob_each_output_outside', hadamard.outputOutside);
    }
    for (const column of group.columns()) {
      const frequency = /^variance_at_f_(\d+(?:_\d+)?)$/.exec(column)?.[1];
      if (frequency)
        group.compare(column, frequencyVariance(oracle, people, Number(frequency.replace('_', '.'))));
    }
    group.done();
  }
  at.compare('grr_variance_closed_form', kAryVarianceAtZero(options.epsilon, options.categories, people));
  at.compare('sue_variance_closed_form', symmetricUnaryVarianceAtZero(options.epsilon, people));
  at.compare('oue_variance_closed_form', optimizedUnaryVarianceAtZero(options.epsilon, people));
  at.compare('hr_variance_closed_form', hadamardVarianceAtZero(options.epsilon, people));
  at.compare('best_of_grr_and_oue', kAryBeatsUnary(options.epsilon, options.categories) ? 'grr' : 'oue');
}

export function canCheck(json: unknown): boolean {
  return isRecord(json) && isRecord(json.source) && Object.keys(TABLES).some((table) => table in json);
}

export async function check(json: unknown): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const [name, content] of Object.entries(json as Record<string, unknown>)) {
    if (name === 'source') continue;
    const table = TABLES[name];
    if (!table) {
      results.push(unknownTable(name));
      continue;
    }
    const tally = new Tally();
    for (const row of rowsOf(isRecord(content) ? content.entries : content)) {
      const what = JSON.stringify(Object.fromEntries(table.inputs.map((input) => [input, row[input]])));
      const at = new RowCheck(tally, row, what, table.inputs);
      try {
        table.check(row, at);
        at.done();
      } catch (error) {
        tally.fail(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    results.push(tally.result(name, table.tolerance));
  }
  return results;
}
