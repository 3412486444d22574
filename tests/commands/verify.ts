/**
 * `npm run verify [DIR] [-- --backend NAME] [--only TEXT] [--pictures N]`: runs the library against every reference file in DIR (default
 * tests/fixtures/reference), through the same public functions the site uses. Everything is read from the files: cases, sizes,
 * orders, values. Ends with exit code 1 on any failure, and when nothing could be checked. `--only` takes the files with
 * TEXT in their names, `--pictures` no more than N pictures of each.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '@/tests/harness/root';
import type { CheckOptions, CheckResult } from './verify/contract';
import { CHECKERS } from './verify/registry';

const BACKENDS = ['cpu', 'wasm', 'webgl', 'webgpu'] as const;

interface FileReport {
  file: string;
  outcome: 'passed' | 'failed' | 'skipped' | 'unknown';
  seconds: number;
}

async function checkFile(path: string, options: Omit<CheckOptions, 'path'>): Promise<FileReport> {
  const started = performance.now();
  const report = (outcome: FileReport['outcome']): FileReport => ({
    file: path,
    outcome,
    seconds: (performance.now() - started) / 1000,
  });
  try {
    const json: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const checker = CHECKERS.find(({ canCheck }) => canCheck(json));
    if (!checker) {
      console.log('  no checker knows this form: NOT CHECKED');
      return report('unknown');
    }
    const results = await checker.check(json, { path, ...options });
    for (const result of results) print(result);
    // What the file needs is not on this machine: said so, and counted as neither.
    const ran = results.filter((result) => !isSkipped(result));
    if (ran.length === 0 && results.length > 0) return report('skipped');
    return report(ran.length > 0 && ran.every(({ passed }) => passed) ? 'passed' : 'failed');
  } catch (error) {
    console.log(`  FAIL  ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return report('failed');
  }
}

const isSkipped = ({ cases, skipped }: CheckResult) => cases === 0 && skipped !== undefined;

function print(result: CheckResult): void {
  const verdict = isSkipped(result) ? 'skip' : result.passed ? 'pass' : 'FAIL';
  const errors = `worst ${result.worstAbsolute.toExponential(1)} absolute, ${result.worstRelative.toExponential(1)} relative`;
  console.log(
    `  ${verdict}  ${result.name}: ${result.cases} cases, ${errors}; tolerance ${result.tolerance}`,
  );
  if (result.skipped) console.log(`        ${result.skipped.cases} cases SKIPPED: ${result.skipped.why}`);
  for (const failure of result.failures ?? []) console.log(`        ${failure}`);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { backend: { type: 'string' }, only: { type: 'string' }, pictures: { type: 'string' } },
  });
  // `npm run verify --backend webgpu` without `--` leaves the name in npm's own configuration.
  const named = values.backend ?? process.env.npm_config_backend;
  const backend = BACKENDS.find((each) => each === named);
  if (named !== undefined && !backend) {
    console.error(`There is no backend called "${named}". Choose one of ${BACKENDS.join(', ')}.`);
    process.exitCode = 1;
    return;
  }
  const pictures = values.pictures === undefined ? undefined : Number(values.pictures);
  if (pictures !== undefined && !(Number.isInteger(pictures) && pictures > 0)) {
    console.error(`--pictures wants a whole number from 1, not "${values.pictures}".`);
    process.exitCode = 1;
    return;
  }
  const options = { ...(backend ? { backend } : {}), ...(pictures ? { pictures } : {}) };

  const directory = resolve(positionals[0] ?? join(ROOT, 'tests/fixtures/reference'));
  const files = statSync(directory, { throwIfNoEntry: false })?.isDirectory()
    ? readdirSync(directory)
        .filter((name) => name.endsWith('.json') && name.includes(values.only ?? ''))
        .sort()
    : [];
  if (files.length === 0) {
    console.error(
      `There is no reference file (*.json)${values.only ? ` with "${values.only}" in its name` : ''} in ${directory}.`,
    );
    process.exitCode = 1;
    return;
  }

  const reports: FileReport[] = [];
  for (const name of files) {
    console.log(name);
    const report = await checkFile(join(directory, name), options);
    console.log(`  ${report.outcome} in ${report.seconds.toFixed(1)} s`);
    reports.push(report);
  }
  const count = (outcome: FileReport['outcome']) =>
    reports.filter((report) => report.outcome === outcome).length;
  console.log(
    `${count('passed')} files passed, ${count('failed')} failed, ${count('skipped')} skipped, ${count('unknown')} of unknown form`,
  );
  if (count('failed') > 0 || count('passed') === 0) process.exitCode = 1;
}

await main();
