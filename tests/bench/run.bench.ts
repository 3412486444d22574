/**
 * npm run bench -- run [--epsilon 2] [--steps 200] [--lot 2048] [--rounds 3] [--site] [--json FILE]
 *
 * A whole run of the lesson on training, private and plain model together, on WebAssembly with one thread: cold in a new
 * browser, warm in the same worker, and after a reload; as a waterfall by part. It is the lesson's own experiment in its own
 * worker, but without the page's charts. With `--site` also as a learner has it, on the built site (`npm run build`
 * before), charts and all: seconds from the press on Run. The exit code says when a bar is missed.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TrainMnistResult } from '@/components/lessons/training-with-dp-sgd/experiments/train-mnist';
import { calibrateNoiseMultiplier } from '@/lib/privacy';
import { openSuite } from '@/tests/harness/chromium';
import { PUBLIC } from '@/tests/harness/root';
import type { Answer, Question } from './pages/lesson-run';
import { optionsOf } from './support/options';
import { loadNow } from './support/race';
import { median } from './support/ratios';
import { timedSeams } from './support/seams';
import { runOnSite, type Timing, type Visit } from './support/site-run';
import { PARTS, type Part, waterfall } from './support/waterfall';

const VISITS: readonly Visit[] = ['cold', 'warm', 'reloaded'];

/** Seconds, on a quiet machine with two cores. */
const BARS: readonly { visit: Visit; what: keyof Timing; most: number }[] = [
  { visit: 'cold', what: 'total', most: 5 },
  { visit: 'warm', what: 'total', most: 2.5 },
  { visit: 'cold', what: 'firstCurve', most: 2.5 },
];
const FEATURES_BAR = 0.8;

interface Measured extends Timing {
  visit: Visit;
  /** Seconds. */
  parts: Record<Part | 'rest', number>;
  accuracy: number;
  load: string;
}

/** Parts that no cold run can do without. */
const NEVER_LEFT_OUT: readonly Part[] = [
  'download',
  'unpacking',
  'features',
  'ledger',
  'steps',
  'evaluations',
];

const DATASET_SIZE = 60_000;
const DELTA = 1e-5;

export default async function run(args: readonly string[] = []): Promise<void> {
  const { value, given } = optionsOf(args);
  const epsilon = Number(value('epsilon', '2'));
  const steps = Number(value('steps', '200'));
  const expectedBatchSize = Number(value('lot', '2048'));
  const rounds = Number(value('rounds', '3'));
  const { noiseMultiplier } = calibrateNoiseMultiplier({
    targetEpsilon: epsilon,
    delta: DELTA,
    sampleRate: expectedBatchSize / DATASET_SIZE,
    steps,
    accountant: 'pld',
  });
  const params = {
    ...{ noiseMultiplier, delta: DELTA, maxGradNorm: 1, expectedBatchSize, steps },
    ...{ noiseSource: 'cryptographic', seed: 1 },
  };
  if (!existsSync(join(PUBLIC, 'data/mnist/manifest.json')))
    await (await import('@/lib/commands/prepare/mnist')).prepare();
  console.log(
    `ε = ${epsilon} (σ = ${noiseMultiplier.toFixed(3)}), ${steps} steps, lot ${expectedBatchSize}; load ${loadNow()}`,
  );
  const measured: Measured[] = [];
  for (let round = 0; round < rounds; round++)
    measured.push(...(await visitsOf({ experiment: 'train-mnist', params })));
  print(measured);
  const onSite = given('site') ? await runOnSite({ epsilon, steps, expectedBatchSize, rounds }) : [];
  const json = value('json', '');
  if (json) writeFileSync(json, `${JSON.stringify({ params, measured, onSite }, null, 2)}\n`);
  const met = [judge('worker alone', measured), featuresInTime(measured)];
  if (onSite.length > 0) met.push(judge('on the site', onSite));
  if (!met.every(Boolean)) process.exitCode = 1;
}

/** A browser of its own: nothing is kept from before. */
async function visitsOf(question: Question): Promise<Measured[]> {
  const suite = await openSuite('tests/bench/pages/lesson-run.ts', {
    gpu: 'no-gpu',
    timeout: 900_000,
    scripts: { '/worker.js': 'tests/bench/pages/lesson-worker.ts' },
    scriptBuild: { plugins: [timedSeams], minify: true },
    folders: { '/data/': join(PUBLIC, 'data') },
  });
  try {
    const measured: Measured[] = [];
    for (const visit of VISITS) {
      if (visit === 'reloaded') await suite.reload();
      measured.push(readAnswer(visit, await suite.call<Answer>(question)));
    }
    return measured;
  } finally {
    await suite.close();
  }
}

function readAnswer(visit: Visit, { from, to, firstCurve, backend, result, spans }: Answer): Measured {
  const { refusal, last } = result as TrainMnistResult;
  if (refusal || last === null) throw new Error('The budget refused the run.');
  // Null where a kernel of our own does it all, which is WebAssembly too.
  if (backend !== null && backend !== 'wasm') throw new Error(`It ran on ${backend}, not on wasm.`);
  if (firstCurve === null) throw new Error('There never were two points of a curve.');
  const parts = waterfall(spans, from, to);
  const silent = visit === 'cold' ? NEVER_LEFT_OUT.filter((part) => parts[part] === 0) : [];
  if (silent.length > 0)
    throw new Error(
      `No time was seen in ${silent.join(', ')}: is it done elsewhere now? See support/seams.ts.`,
    );
  for (const part of Object.keys(parts) as Part[]) parts[part] /= 1e3;
  return {
    visit,
    total: (to - from) / 1e3,
    firstCurve: (firstCurve - from) / 1e3,
    parts,
    accuracy: last.privateAccuracy,
    load: loadNow(),
  };
}

function print(measured: readonly Measured[]): void {
  const ofVisit = (visit: Visit) => measured.filter((one) => one.visit === visit);
  const row = (name: string, read: (one: Measured) => number) => {
    const cells = VISITS.map((visit) => {
      const values = ofVisit(visit).map(read);
      return `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)})`.padStart(16);
    });
    console.log(`  ${name.padEnd(20)} ${cells.join(' ')}`);
  };
  console.log(`\nseconds, median and fastest of ${measured.length / VISITS.length}`);
  console.log(`  ${''.padEnd(20)} ${VISITS.map((visit) => visit.padStart(16)).join(' ')}`);
  for (const part of [...PARTS, 'rest'] as const) row(part, ({ parts }) => parts[part]);
  row('all', ({ total }) => total);
  row('first curve', ({ firstCurve }) => firstCurve);
  const accuracies = measured.map(({ accuracy }) => `${(100 * accuracy).toFixed(2)} %`);
  console.log(`private accuracy ${accuracies.join(', ')}; load ${measured.at(-1)!.load}\n`);
}

/** @returns whether all bars are met, by the median */
function judge(where: string, measured: readonly ({ visit: Visit } & Timing)[]): boolean {
  const verdicts = BARS.map(({ visit, what, most }) => {
    const seconds = median(measured.filter((one) => one.visit === visit).map((one) => one[what]));
    const name = what === 'total' ? visit : `${visit}, first curve`;
    console.log(
      `${where}, ${name}: ${seconds.toFixed(2)} s, at most ${most}: ${seconds <= most ? 'met' : 'MISSED'}`,
    );
    return seconds <= most;
  });
  return verdicts.every(Boolean);
}

function featuresInTime(measured: readonly Measured[]): boolean {
  const seconds = median(measured.filter(({ visit }) => visit === 'cold').map(({ parts }) => parts.features));
  const met = seconds <= FEATURES_BAR;
  console.log(
    `features of 70,000 digits, cold: ${seconds.toFixed(2)} s, at most ${FEATURES_BAR}: ${met ? 'met' : 'MISSED'}`,
  );
  return met;
}
