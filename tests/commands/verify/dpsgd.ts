/**
 * Checks clipped sums, norms, losses and whole noisy steps against files of the form of `dpsgd_step.json`: models, sizes, clips
 * and draws are read from the file. Convolutions are checked on every path that finds their norms.
 */

import { startBackend } from '@/tests/harness/backend';
import { openSuite } from '@/tests/harness/chromium';
import {
  type Comparison,
  type ReferenceCase,
  relativeError,
  runReferenceCase,
} from '@/tests/unit/training/support/reference-case';
import { type CheckOptions, type CheckResult, isRecord, Tally } from './contract';

const TOLERANCE = 1e-5;

export function canCheck(json: unknown): boolean {
  return (
    isRecord(json) &&
    Array.isArray(json.cases) &&
    json.cases.length > 0 &&
    json.cases.every((one) => isRecord(one) && Array.isArray(one.layers) && Array.isArray(one.clipped))
  );
}

type Path = Parameters<typeof runReferenceCase>[1];

export async function check(json: unknown, options: CheckOptions): Promise<CheckResult[]> {
  const { cases } = json as { cases: ReferenceCase[] };
  if (options.backend) {
    const { backend } = options;
    const suite = await openSuite('tests/pages/training/reference.ts', { timeout: 600_000 });
    try {
      const ask = async (reference: ReferenceCase, path: Path) =>
        (
          await suite.call<{ answer: Comparison[] }>({
            backend,
            kind: 'case',
            reference,
            ...(path ? { path } : {}),
          })
        ).answer;
      return [await checkAll(cases, ask, `${backend} in Chromium`)];
    } finally {
      await suite.close();
    }
  }
  const results: CheckResult[] = [];
  for (const backend of ['cpu', 'wasm'] as const) {
    await startBackend(backend);
    results.push(await checkAll(cases, runReferenceCase, `${backend} in Node`));
  }
  return results;
}

async function checkAll(
  cases: readonly ReferenceCase[],
  run: (reference: ReferenceCase, path: Path) => Promise<Comparison[]>,
  where: string,
): Promise<CheckResult> {
  const tally = new Tally();
  for (const reference of cases) {
    const convolutional = reference.layers.some(({ type }) => type === 'conv2d');
    for (const path of convolutional ? ([undefined, 'explicit', 'ghost'] as const) : [undefined]) {
      const label = path ? ` (${path})` : '';
      let comparisons: Comparison[];
      try {
        comparisons = await run(reference, path);
      } catch (error) {
        tally.cases++;
        tally.fail(`${reference.name}${label}: ${error instanceof Error ? error.message : String(error)}`);
        continue;
      }
      for (const comparison of comparisons) {
        tally.cases++;
        const relative = relativeError(comparison);
        const absolute = Math.max(...comparison.actual.map((v, i) => Math.abs(v - comparison.expected[i]!)));
        // NaN compares as worse than anything.
        if (!(relative <= tally.worstRelative)) tally.worstRelative = relative;
        if (!(absolute <= tally.worstAbsolute)) tally.worstAbsolute = absolute;
        if (!(relative <= TOLERANCE)) tally.fail(`${comparison.what}${label}: relative error ${relative}`);
      }
    }
  }
  return tally.result(`DP-SGD steps, ${where}`, '1e-5 relative to the largest entry of each tensor');
}
