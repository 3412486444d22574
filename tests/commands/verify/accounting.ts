/** Checks the accountants against reference values (files of the form of `accounting.json`, whose notes define each column). */
import {
  type Accountant,
  advancedComposition,
  analyticGaussianSigma,
  basicComposition,
  calibrateNoiseMultiplier,
  centralLimitEpsilonNotABound,
  classicalGaussianEpsilon,
  classicalGaussianSigma,
  composeEvents,
  composeRdp,
  gaussianEpsilon,
  laplaceMechanism,
  type PrivacyEvent,
  rdpCurve,
} from '@/lib/privacy';
import { type CheckResult, isRecord, Tally } from './contract';

type Row = Record<string, unknown>;

/** Tables and how a row of each is checked. A table of any other name fails the file: no case is skipped. */
const TABLES: Record<string, (rows: readonly Row[], orders: readonly number[]) => CheckResult[]> = {
  poisson_gaussian: checkCompositions,
  heterogeneous: checkCompositions,
  calibration: checkCalibration,
  laplace: checkLaplace,
  analytic_gaussian: () => [],
  truncated_poisson: checkTruncated,
  rdp_curve: checkCurve,
};

/** Rényi values are exact; the files print nine digits. */
const RDP_TOLERANCE = 1e-6;
/** A privacy loss distribution may differ from the truth, and the truth from the file, by this. */
const pldTolerance = (expected: number) => Math.max(1e-3 * expected, 5e-4);
/** Nothing sound may lie below the file's value by more. */
const SOUND = 5e-4;
/** How far the file's coarse grid may lie above the truth in one direction, after 10^4 steps and more. */
const DRIFT = 1.5e-3;
const INVERSION = 1e-6;

export function canCheck(json: unknown): boolean {
  return (
    isRecord(json) && Array.isArray(json.rdp_orders) && Object.keys(TABLES).some((table) => table in json)
  );
}

export async function check(json: unknown): Promise<CheckResult[]> {
  const file = json as Record<string, unknown>;
  const orders = file.rdp_orders as number[];
  const results: CheckResult[] = [];
  for (const [table, content] of Object.entries(file)) {
    if (table === 'source' || table === 'rdp_orders') continue;
    if (table === 'analytic_gaussian' && isRecord(content)) {
      results.push(
        ...checkAnalytic(rowsOf(content.epsilon_of_sigma), rowsOf(content.sigma_of_epsilon), orders),
      );
    } else if (table in TABLES) {
      const rows = rowsOf(isRecord(content) ? content.entries : content);
      results.push(
        ...TABLES[table]!(rows, orders).map((result) => ({ ...result, name: `${table} ${result.name}` })),
      );
    } else results.push(unknownTable(table));
  }
  return results;
}

export function rowsOf(content: unknown): Row[] {
  return Array.isArray(content) ? content.filter(isRecord) : [];
}

export function unknownTable(table: string): CheckResult {
  const tally = new Tally();
  tally.fail(`no check is known for the table "${table}"`);
  return tally.result(table, 'none');
}

/** The row's numbers by name; a column that is missing or null is undefined. */
function reader(row: Row) {
  return (column: string): number | undefined => {
    const value = row[column];
    if (value === 'Infinity') return Number.POSITIVE_INFINITY;
    return typeof value === 'number' ? value : undefined;
  };
}

function eventsOf(row: Row): PrivacyEvent[] {
  const runs = Array.isArray(row.runs) ? rowsOf(row.runs) : [row];
  return runs.map((run) => {
    const number = reader(run);
    return {
      kind: 'poisson-gaussian',
      sampleRate: number('q')!,
      noiseMultiplier: number('sigma')!,
      steps: number('steps')!,
    };
  });
}

const describe = (row: Row) =>
  JSON.stringify(
    row.runs ?? Object.fromEntries(Object.entries(row).filter(([name]) => !/^(eps|rdp|prv)/.test(name))),
  );

function checkCompositions(rows: readonly Row[], orders: readonly number[]): CheckResult[] {
  const rdp = new Tally();
  const pld = new Tally();
  const directions = new Tally();
  const exact = new Tally();
  const centralLimit = new Tally();
  for (const row of rows) {
    const number = reader(row);
    const delta = number('delta')!;
    const events = eventsOf(row);
    const what = describe(row);
    checkRdp(rdp, what, events, delta, orders, number);

    const tight = number('eps_tight') ?? number('eps_pld');
    if (tight === undefined) continue;
    const { epsilon, lowerEpsilon, directions: both } = composeEvents(events, delta, 'pld');
    pld.cases++;
    pld.compare(`${what} pld`, epsilon, tight, (error) => error <= pldTolerance(tight));
    if (epsilon < tight - SOUND) pld.fail(`${what}: ${epsilon} is below the true ${tight}`);
    if (!(lowerEpsilon! <= epsilon)) pld.fail(`${what}: the lower bound ${lowerEpsilon} is above ${epsilon}`);
    if (!(lowerEpsilon! <= tight * (1 + 1e-8) + 1e-8)) {
      pld.fail(`${what}: the lower bound ${lowerEpsilon} is above the true ${tight}`);
    }
    const [low, high] = [number('eps_prv_lower'), number('eps_prv_upper')];
    if (low !== undefined && !(epsilon >= low)) pld.fail(`${what}: ${epsilon} is below the bracket's ${low}`);
    if (high !== undefined && !(epsilon <= high))
      pld.fail(`${what}: ${epsilon} is above the bracket's ${high}`);

    for (const direction of ['remove', 'add'] as const) {
      const expected = number(`eps_pld_${direction}`);
      if (expected === undefined) continue;
      directions.cases++;
      const found = both![direction].epsilon;
      directions.compare(`${what} ${direction}`, found, expected, (error) =>
        found >= expected ? error <= pldTolerance(expected) : error <= pldTolerance(expected) + DRIFT,
      );
    }

    const closedForm = number('eps_exact');
    if (closedForm !== undefined) {
      exact.cases++;
      exact.compare(
        `${what} closed form`,
        epsilon,
        closedForm,
        (error, relative) => relative <= 1e-7 || error <= 1e-7,
      );
    }

    const approximate = number('eps_gdp_clt');
    const event = events[0]!;
    if (approximate !== undefined && event.kind === 'poisson-gaussian') {
      centralLimit.cases++;
      const value = centralLimitEpsilonNotABound({ ...event, delta });
      centralLimit.compare(
        `${what} central limit`,
        value,
        approximate,
        (_, relative) => relative <= INVERSION,
      );
    }
  }
  const inside = 'in [eps_rdp_exact, eps_rdp], 1e-6 relative of the first';
  const compared = [
    ...ifAny(rdp, 'rdp', inside),
    ...ifAny(pld, 'pld', 'max(1e-3 relative, 5e-4) of eps_tight, inside the bracket'),
    ...ifAny(directions, 'directions', 'max(1e-3 relative, 5e-4), and the drift of the file’s grid below'),
    ...ifAny(exact, 'closed form', '1e-7'),
    ...ifAny(centralLimit, 'central limit', '1e-6 relative'),
  ];
  // A table may lack a column, but not all of them: nothing compared is not a pass.
  return compared.length > 0 ? compared : [rdp.result('rdp', inside)];
}

const ifAny = (tally: Tally, name: string, tolerance: string): CheckResult[] =>
  tally.cases > 0 ? [tally.result(name, tolerance)] : [];

/** RDP by the file's orders: the exact value, and never outside the interval it spans with the looser published one. */
function checkRdp(
  tally: Tally,
  what: string,
  events: readonly PrivacyEvent[],
  delta: number,
  orders: readonly number[],
  number: (column: string) => number | undefined,
): void {
  const expected = number('eps_rdp_exact');
  const looser = number('eps_rdp');
  if (expected === undefined && looser === undefined) return;
  const { epsilon } = composeRdp(events, delta, orders);
  tally.cases++;
  if (expected !== undefined) {
    tally.compare(
      `${what} rdp`,
      epsilon,
      expected,
      (error, relative) => relative <= RDP_TOLERANCE || error <= 1e-12,
    );
    // The order matters less than the value: two orders may tie within rounding.
    const order = number('rdp_exact_optimal_order');
    if (order !== undefined) {
      const there = composeRdp(events, delta, [order]).epsilon;
      tally.compare(
        `${what} at order ${order}`,
        there,
        expected,
        (error, relative) => relative <= RDP_TOLERANCE || error <= 1e-12,
      );
    }
  }
  if (looser !== undefined && !(epsilon <= looser * (1 + RDP_TOLERANCE) + 1e-12)) {
    tally.fail(`${what}: ${epsilon} is above ${looser}`);
  }
}

function checkCalibration(rows: readonly Row[]): CheckResult[] {
  const tallies = { rdp: new Tally(), pld: new Tally() };
  const back = new Tally();
  for (const row of rows) {
    const number = reader(row);
    const target = number('target_epsilon')!;
    const run = { sampleRate: number('q')!, steps: number('steps')! };
    const delta = number('delta')!;
    const what = describe(row);
    for (const accountant of ['rdp', 'pld'] as const) {
      const highest = number(`sigma_${accountant}`);
      if (highest === undefined) continue;
      const tally = tallies[accountant];
      const lowest = (accountant === 'rdp' ? number('sigma_rdp_exact') : undefined) ?? highest;
      const found = calibrateNoiseMultiplier({ ...run, targetEpsilon: target, delta, accountant });
      tally.cases++;
      const slack = accountant === 'rdp' ? 5e-4 : 5e-3;
      tally.compare(`${what} sigma by ${accountant}`, found.noiseMultiplier, lowest, () => true);
      if (
        !(found.noiseMultiplier >= lowest * (1 - slack) && found.noiseMultiplier <= highest * (1 + slack))
      ) {
        tally.fail(
          `${what}: sigma ${found.noiseMultiplier} by ${accountant} is outside [${lowest}, ${highest}]`,
        );
      }
      // The promise itself, asked anew.
      const { epsilon } = composeEvents(
        [{ kind: 'poisson-gaussian', ...run, ...found }],
        delta,
        accountant as Accountant,
      );
      if (!(epsilon <= target))
        tally.fail(`${what}: epsilon ${epsilon} by ${accountant} is above the target ${target}`);
      if (!(target - epsilon <= 1e-3 * target))
        tally.fail(`${what}: epsilon ${epsilon} wastes noise against ${target}`);

      const known = number(`eps_at_sigma_${accountant}`);
      if (known === undefined) continue;
      back.cases++;
      const there = composeEvents(
        [{ kind: 'poisson-gaussian', ...run, noiseMultiplier: highest }],
        delta,
        accountant as Accountant,
      ).epsilon;
      // The file's fractional orders are looser, its grid coarser: ours may be smaller, and a little larger.
      back.compare(`${what} epsilon by ${accountant} at ${highest}`, there, known, (error) =>
        there <= known
          ? error <= 0.02 * known
          : error <= (accountant === 'rdp' ? 1e-6 * known : pldTolerance(known)),
      );
    }
  }
  return [
    tallies.rdp.result(
      'sigma by rdp',
      'in [sigma_rdp_exact, sigma_rdp] within 0.05 %; epsilon never above the target',
    ),
    tallies.pld.result('sigma by pld', '0.5 %; epsilon never above the target'),
    ...ifAny(back, 'epsilon at the file’s sigma', 'not above by 1e-6 (rdp), max(1e-3, 5e-4) (pld)'),
  ];
}

function checkLaplace(rows: readonly Row[], orders: readonly number[]): CheckResult[] {
  const pure = new Tally();
  const pld = new Tally();
  const rdp = new Tally();
  const advanced = new Tally();
  const exact = new Tally();
  for (const row of rows) {
    const number = reader(row);
    const [b, count, delta] = [number('b')!, number('count')!, number('delta')!];
    const events: PrivacyEvent[] = [{ kind: 'laplace', scale: b, sensitivity: 1, count }];
    const what = describe(row);
    const one = { epsilon: 1 / b, delta: 0 };
    const compare = (
      tally: Tally,
      column: string,
      value: () => number,
      within: (error: number, relative: number, expected: number) => boolean,
    ) => {
      const expected = number(column);
      if (expected === undefined) return;
      tally.cases++;
      tally.compare(`${what} ${column}`, value(), expected, (error, relative) =>
        within(error, relative, expected),
      );
    };
    compare(
      pure,
      'eps_pure',
      () => basicComposition(Array(count).fill(one)).epsilon,
      (_, relative) => relative <= 1e-9,
    );
    compare(
      pure,
      'eps_pure',
      () => composeEvents(events, 0, 'pld').epsilon,
      (_, relative) => relative <= 1e-9,
    );
    const composed = composeEvents(events, delta, 'pld');
    compare(
      pld,
      'eps_pld',
      () => composed.epsilon,
      (error, _, expected) => error <= pldTolerance(expected),
    );
    if (!(composed.lowerEpsilon! <= composed.epsilon)) pld.fail(`${what}: lower bound above upper`);
    if (!(composed.epsilon <= count / b + 1e-9)) pld.fail(`${what}: above pure composition`);
    compare(
      rdp,
      'eps_rdp',
      () => composeRdp(events, delta, orders).epsilon,
      (_, relative) => relative <= RDP_TOLERANCE,
    );
    compare(
      advanced,
      'eps_advanced_composition',
      () => advancedComposition(one, count, delta).epsilon,
      (_, relative) => relative <= 1e-8,
    );
    compare(
      exact,
      'eps_exact',
      () => composed.epsilon,
      (_, relative) => relative <= 1e-8,
    );
    if (count === 1)
      compare(
        exact,
        'eps_exact',
        () => laplaceMechanism({ scale: b }).epsilonAt(delta),
        (_, relative) => relative <= 1e-8,
      );
  }
  return [
    pure.result('pure', '1e-9 relative'),
    pld.result('pld', 'max(1e-3 relative, 5e-4)'),
    rdp.result('rdp', '1e-6 relative'),
    ...ifAny(advanced, 'advanced composition', '1e-8 relative'),
    ...ifAny(exact, 'closed form', '1e-8 relative'),
  ];
}

function checkAnalytic(
  epsilonRows: readonly Row[],
  sigmaRows: readonly Row[],
  orders: readonly number[],
): CheckResult[] {
  const epsilon = new Tally();
  const rdp = new Tally();
  const sigma = new Tally();
  const classic = new Tally();
  for (const row of epsilonRows) {
    const number = reader(row);
    const [noiseMultiplier, delta] = [number('sigma')!, number('delta')!];
    const what = describe(row);
    const event: PrivacyEvent = { kind: 'gaussian', noiseMultiplier, count: 1 };
    const expected = number('eps')!;
    const within = (_: number, relative: number) => relative <= INVERSION;
    epsilon.cases++;
    epsilon.compare(what, gaussianEpsilon({ noiseMultiplier, delta }), expected, within);
    epsilon.compare(`${what} composed`, composeEvents([event], delta, 'pld').epsilon, expected, within);
    const renyi = number('eps_rdp');
    if (renyi !== undefined) {
      rdp.cases++;
      rdp.compare(`${what} rdp`, composeRdp([event], delta, orders).epsilon, renyi, within);
    }
    const rule = number('eps_classic');
    if (rule !== undefined) {
      classic.cases++;
      classic.compare(
        `${what} classical`,
        classicalGaussianEpsilon({ noiseMultiplier, delta }),
        rule,
        (_, r) => r <= 1e-8,
      );
    }
  }
  for (const row of sigmaRows) {
    const number = reader(row);
    const request = { epsilon: number('eps')!, delta: number('delta')! };
    const what = describe(row);
    sigma.cases++;
    sigma.compare(
      `${what} sigma`,
      analyticGaussianSigma(request),
      number('sigma')!,
      (_, relative) => relative <= INVERSION,
    );
    const rule = number('sigma_classic');
    if (rule !== undefined) {
      classic.cases++;
      classic.compare(`${what} classical`, classicalGaussianSigma(request), rule, (_, r) => r <= 1e-8);
    }
  }
  return [
    ...ifAny(epsilon, 'analytic_gaussian epsilon', '1e-6 relative'),
    ...ifAny(rdp, 'analytic_gaussian rdp', '1e-6 relative'),
    ...ifAny(sigma, 'analytic_gaussian sigma', '1e-6 relative'),
    ...ifAny(classic, 'analytic_gaussian classical rule', '1e-8 relative'),
  ];
}

function checkTruncated(rows: readonly Row[]): CheckResult[] {
  const tally = new Tally();
  const untruncated = new Tally();
  for (const row of rows) {
    const number = reader(row);
    const delta = number('delta')!;
    const run = { sampleRate: number('q')!, noiseMultiplier: number('sigma')!, steps: number('steps')! };
    const what = describe(row);
    const expected = number('eps_pld')!;
    const event: PrivacyEvent = {
      kind: 'truncated-poisson-gaussian',
      ...run,
      datasetSize: number('dataset_size')!,
      truncatedBatchSize: number('truncated_batch_size')!,
    };
    tally.cases++;
    tally.compare(
      what,
      composeEvents([event], delta, 'pld').epsilon,
      expected,
      (error) => error <= pldTolerance(expected),
    );
    const plain = number('eps_pld_untruncated');
    if (plain === undefined) continue;
    untruncated.cases++;
    const found = composeEvents([{ kind: 'poisson-gaussian', ...run }], delta, 'pld').epsilon;
    untruncated.compare(`${what} untruncated`, found, plain, (error) => error <= pldTolerance(plain));
  }
  return [
    tally.result('pld', 'max(1e-3 relative, 5e-4)'),
    ...ifAny(untruncated, 'untruncated', 'max(1e-3 relative, 5e-4)'),
  ];
}

function checkCurve(rows: readonly Row[]): CheckResult[] {
  const tally = new Tally();
  for (const row of rows) {
    const number = reader(row);
    const orders = row.orders as number[];
    const event: PrivacyEvent = {
      kind: 'poisson-gaussian',
      sampleRate: number('q')!,
      noiseMultiplier: number('sigma')!,
      steps: 1,
    };
    const found = rdpCurve([event], orders);
    const expected = row.rdp as number[];
    const looser = Array.isArray(row.rdp_dp_accounting) ? (row.rdp_dp_accounting as (number | string)[]) : [];
    orders.forEach((order, i) => {
      tally.cases++;
      const what = `q ${row.q} sigma ${row.sigma} order ${order}`;
      tally.compare(what, found[i]!, expected[i]!, (_, relative) => relative <= RDP_TOLERANCE);
      const above = looser[i] === undefined ? Number.POSITIVE_INFINITY : Number(looser[i]);
      if (!(found[i]! <= above * (1 + RDP_TOLERANCE))) tally.fail(`${what}: ${found[i]} is above ${above}`);
    });
  }
  return [tally.result('rdp', '1e-6 relative')];
}
