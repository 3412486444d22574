/**
 * npm run mutants [-- --only WORDS] [--part 1/4] [--jobs 2]
 *
 * Plants one small fault after another in a copy of this repository, runs the tests that must see it, and says which faults were
 * killed (a test went red) and which survived. The exit code is 1 where one survived, or could not be planted.
 * Takes some ten minutes; it is no part of `npm test`. A fault whose tests do not come back in time counts as killed, and is told apart:
 * on a machine with much other work, try those again alone.
 */
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '@/tests/harness/root';
import { FAULTS } from './mutants/all';
import type { Fault } from './mutants/fault';

/** Longer than the tests of any one fault take: who does not answer by then is in an endless loop, which is red too. */
const PATIENCE_MS = 300_000;
/** All tests at once, without a fault, on a machine that may have other work. */
const PATIENCE_AT_FIRST_MS = 3_600_000;
/** What a copy does not need, or gets as a link. */
const LEFT_OUT = new Set(['node_modules', '.next', 'out', '.git', 'test-results', 'playwright-report']);

type Verdict = 'killed' | 'no answer' | 'SURVIVED' | 'NOT PLANTED';

async function copyOfRepository(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'mutants-'));
  await cp(ROOT, copy, {
    recursive: true,
    filter: (source) => !(dirname(source) === ROOT && LEFT_OUT.has(source.slice(ROOT.length + 1))),
  });
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** What the tests came to, and what was said. */
interface Outcome {
  verdict: 'green' | 'red' | 'no answer';
  said: string;
}

function outcomeOf(copy: string, tests: readonly string[], patience = PATIENCE_MS): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
    // A slow machine alone turns no test red: who is late is told as such.
    const unhurried = ['--testTimeout', String(patience), '--hookTimeout', String(patience)];
    const run = spawn(process.execPath, [vitest, 'run', '--bail', '1', ...unhurried, ...tests], {
      cwd: copy,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let said = '';
    let gaveUp = false;
    const hear = (data: Buffer) => {
      said += data.toString();
    };
    run.stdout.on('data', hear);
    run.stderr.on('data', hear);
    const late = setTimeout(() => {
      gaveUp = true;
      process.kill(-run.pid!, 'SIGKILL');
    }, patience);
    run.on('error', reject);
    run.on('close', (code) => {
      clearTimeout(late);
      // A fault that leaves nothing to run would be “killed” by any typing error in this list.
      if (code !== 0 && /No test files found/.test(said))
        reject(new Error(`There is none of ${tests.join(', ')}.`));
      else resolve({ verdict: gaveUp ? 'no answer' : code === 0 ? 'green' : 'red', said });
    });
  });
}

async function judge(copy: string, { file, from, to, seenBy }: Fault): Promise<Verdict> {
  const path = join(copy, file);
  const text = await readFile(path, 'utf8');
  if (text.split(from).length !== 2) return 'NOT PLANTED';
  await writeFile(
    path,
    text.replace(from, () => to),
  );
  try {
    const { verdict } = await outcomeOf(copy, seenBy);
    return verdict === 'green' ? 'SURVIVED' : verdict === 'red' ? 'killed' : verdict;
  } finally {
    await writeFile(path, text);
  }
}

const optionOf = (name: string) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};

const only = optionOf('only');
const jobs = Number(optionOf('jobs') ?? Math.max(1, Math.min(4, Math.floor(cpus().length / 2))));
const [part, parts] = (optionOf('part') ?? '1/1').split('/').map(Number) as [number, number];
const chosen = FAULTS.filter((fault) => !only || `${fault.what} ${fault.file}`.includes(only));
const wanted = chosen.filter((_, i) => i % parts === part - 1);
const waiting = [...wanted];
const verdicts = new Map<Fault, Verdict>();

async function work(): Promise<void> {
  const copy = await copyOfRepository();
  try {
    // Tests that are red already would kill everything.
    for (let fault = waiting.shift(); fault; fault = waiting.shift()) {
      const began = performance.now();
      const verdict = await judge(copy, fault);
      verdicts.set(fault, verdict);
      const seconds = ((performance.now() - began) / 1000).toFixed(0);
      console.log(`${verdict.padEnd(11)} ${seconds.padStart(4)} s  ${fault.what} (${fault.file})`);
    }
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

const clean = await copyOfRepository();
const all = [...new Set(wanted.flatMap(({ seenBy }) => seenBy))];
const first = await outcomeOf(clean, all, PATIENCE_AT_FIRST_MS).finally(() =>
  rm(clean, { recursive: true, force: true }),
);
if (first.verdict !== 'green') {
  console.error(first.said.slice(-6000));
  console.error('Without any fault some of these tests are red already. Mend that first.');
  process.exit(1);
}
console.log(
  `${all.length} test files are green without a fault; ${wanted.length} faults, ${jobs} at a time.`,
);
await Promise.all(Array.from({ length: jobs }, work));
const count = (verdict: Verdict) => [...verdicts.values()].filter((one) => one === verdict).length;
console.log(
  `${count('killed')} killed, ${count('no answer')} without an answer, ${count('SURVIVED')} survived, ${count('NOT PLANTED')} not planted`,
);
process.exitCode = count('killed') + count('no answer') === wanted.length ? 0 : 1;
