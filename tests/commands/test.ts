/**
 * The whole test command: types, lint, unit tests, the built site, browser tests with a software GPU and without, and a few checks in
 * Firefox and WebKit where these are installed.
 * Ends in one line, `N passed, N failed`, that counts every test that ran. `--only unit,types` runs a part.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { ROOT } from '@/tests/harness/root';
import { ensureChromium } from './ensure-chromium';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** What failed, a line each: it is told again at the end, where the end is all that is kept of a long output. */
  failures?: readonly string[];
}

const REPORTS = resolve(ROOT, '.cache/reports');

function command(name: string, args: string[], env: Record<string, string> = {}): boolean {
  const { status } = spawnSync('npx', ['--no-install', name, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
  });
  return status === 0;
}

const one = (ok: boolean): Tally => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });

/** A runner that died before writing its report counts as one failure, never as nothing. */
function readReport<T>(file: string, ok: boolean, read: (report: T) => Tally): Tally {
  if (!existsSync(file)) return one(false);
  const tally = read(JSON.parse(readFileSync(file, 'utf8')) as T);
  if (!ok && tally.failed === 0) tally.failed = 1;
  return tally;
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
  }[];
}
interface PlaywrightSuite {
  suites?: PlaywrightSuite[];
  specs: { title: string; file: string; ok: boolean }[];
}
interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  suites: PlaywrightSuite[];
}

const firstLine = (text: string | undefined) => (text ?? '').split('\n')[0]!.slice(0, 200);

function failedUnits({ testResults }: VitestReport): string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(ROOT, name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    // A file that could not be read has no tests.
    if (failed.length === 0 && status === 'failed') return [`${file}: ${firstLine(message)}`];
    return failed.map((test) => `${file}: ${test.fullName}: ${firstLine(test.failureMessages[0])}`);
  });
}

const failedSpecs = ({ suites = [], specs }: PlaywrightSuite): string[] => [
  ...specs.filter(({ ok }) => !ok).map(({ file, title }) => `${file}: ${title}`),
  ...suites.flatMap(failedSpecs),
];

/** @param workers tests at a time */
function browser(project: string, workers: number): Tally {
  const report = resolve(REPORTS, `${project}.json`);
  const ok = command('playwright', ['test', `--project=${project}`, `--workers=${workers}`], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  });
  return readReport<PlaywrightReport>(report, ok, ({ stats, suites }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
    failures: suites.flatMap(failedSpecs),
  }));
}

/** Those that are not on this machine count as skipped. */
function otherBrowsers(): Tally {
  const report = resolve(REPORTS, 'other-browsers.json');
  const ok = command('tsx', ['tests/other-browsers/run.ts', report]);
  return readReport<Tally>(report, ok, (tally) => tally);
}

const stages: Record<string, () => Tally> = {
  types: () => one(command('tsc', ['--noEmit', '-p', '.'])),
  lint: () => one(command('biome', ['ci', '--error-on-warnings', '.'])),
  assets: () => one(command('tsx', ['lib/commands/prepare-assets.ts'])),
  unit: () => {
    const report = resolve(REPORTS, 'unit.json');
    const ok = command('vitest', ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]);
    return readReport<VitestReport>(report, ok, (r) => ({
      passed: r.numPassedTests,
      failed: r.numFailedTests,
      skipped: r.numPendingTests,
      failures: failedUnits(r),
    }));
  },
  build: () => {
    rmSync(resolve(ROOT, 'out'), { recursive: true, force: true });
    return one(
      command('next', ['build'], { TYPES_CHECKED: '1' }) && command('tsx', ['lib/commands/finish.ts']),
    );
  },
  // A software GPU takes a core for itself; without one, two tests share two cores well.
  webgpu: () => browser('webgpu', 1),
  'no-gpu': () => browser('no-gpu', 2),
  'other-browsers': otherBrowsers,
};

const only = process.argv.indexOf('--only');
const chosen = only > 0 ? (process.argv[only + 1] ?? '').split(',') : Object.keys(stages);
const unknown = chosen.filter((name) => !(name in stages));
if (unknown.length > 0) {
  console.error(`Unknown part: ${unknown.join(', ')}. The parts are ${Object.keys(stages).join(', ')}.`);
  process.exit(2);
}

rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });
const needsChromium = ['unit', 'webgpu', 'no-gpu'].some((name) => chosen.includes(name));
const total = { passed: 0, failed: 0, skipped: 0 };
const rows: string[] = [];
const failures: string[] = [];
if (needsChromium && !ensureChromium()) total.failed += 1;
for (const name of chosen) {
  console.log(`\n── ${name} ${'─'.repeat(60 - name.length)}`);
  const started = Date.now();
  const tally = stages[name]!();
  total.passed += tally.passed;
  total.failed += tally.failed;
  total.skipped += tally.skipped;
  failures.push(...(tally.failures ?? []).map((failure) => `✗ ${name}: ${failure}`));
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  rows.push(
    `${name.padEnd(14)} ${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped (${seconds} s)`,
  );
}
console.log(`\n${[...failures, ...rows].join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
