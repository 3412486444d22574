/** What a checker of reference files is: one module for each form of file. */

export interface CheckOptions {
  /** The file checked; other files it names may lie beside it. */
  path: string;
  /** Repeat tensor checks on this backend in real Chromium; without it, in Node on cpu and wasm. */
  backend?: 'cpu' | 'wasm' | 'webgl' | 'webgpu';
  /** At most so many pictures of a file, spread evenly over it: a software GPU takes many seconds for each. The rest is said to be skipped. */
  pictures?: number;
}

/** At most `most` of them, spread evenly, the first among them. */
export function spread<T>(all: readonly T[], most = Number.POSITIVE_INFINITY): T[] {
  const count = Math.min(most, all.length);
  return Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)]!);
}

export interface CheckResult {
  /** What was compared, in a few words. */
  name: string;
  cases: number;
  /** Cases that could not be compared, and why. They do not count as passed. */
  skipped?: { cases: number; why: string };
  worstAbsolute: number;
  worstRelative: number;
  /** In words: "1e-6 absolute". */
  tolerance: string;
  passed: boolean;
  /** The first cases that failed, in words. */
  failures?: string[];
}

export interface Checker {
  /** Whether this is a file of the form the checker knows, judged by its structure alone. */
  canCheck(json: unknown): boolean;
  check(json: unknown, options: CheckOptions): Promise<CheckResult[]>;
}

/** Collects the worst errors and the failures of a series of cases. */
export class Tally {
  cases = 0;
  worstAbsolute = 0;
  worstRelative = 0;
  readonly failures: string[] = [];

  /** Compares two numbers; true if they are within the tolerance. NaN never is. */
  compare(
    what: string,
    actual: number,
    expected: number,
    within: (absolute: number, relative: number) => boolean,
  ) {
    const absolute = Math.abs(actual - expected);
    const relative = absolute / Math.max(Math.abs(expected), Number.MIN_VALUE);
    const worse = (worst: number, error: number) => (error > worst || Number.isNaN(error) ? error : worst);
    this.worstAbsolute = worse(this.worstAbsolute, absolute);
    if (expected !== 0) this.worstRelative = worse(this.worstRelative, relative);
    const fine = within(absolute, relative);
    if (!fine) this.fail(`${what}: ${actual}, expected ${expected}`);
    return fine;
  }

  fail(what: string): void {
    this.failures.push(what);
  }

  result(name: string, tolerance: string, skipped?: { cases: number; why: string }): CheckResult {
    return {
      name,
      cases: this.cases,
      ...(skipped && skipped.cases > 0 ? { skipped } : {}),
      worstAbsolute: this.worstAbsolute,
      worstRelative: this.worstRelative,
      tolerance,
      passed: this.cases > 0 && this.failures.length === 0,
      ...(this.failures.length > 0 ? { failures: this.failures.slice(0, 5) } : {}),
    };
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
