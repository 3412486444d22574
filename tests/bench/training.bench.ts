/**
 * npm run bench -- training [--backends cpu,wasm,webgl,webgpu] [--models linear,wide,mlp,cnn] [--rounds 9]
 * [--batch SIZE] [--data 20000] [--threads 1] [--verbose] [--json FILE]
 * npm run bench -- training --grow: see support/growth.ts
 *
 * Training steps in real Chromium, ours beside jax-js and stock tfjs, private and plain. All are in one page, in frames of
 * their own, on the same rows from the same weights; the first step of each must agree with ours. Then they take turns
 * round by round, so that whatever else the machine does falls on all of them alike. Compare only figures of one run.
 * The exit code says when sums disagree, a bar of support/bars.ts is missed, or tensors are left over.
 */
import { writeFileSync } from 'node:fs';
import type { BackendName } from '@/tests/harness/tf';
import type { BenchModelName } from './pages/bench-models';
import type { Answer, Contender, Question } from './pages/race';
import { AGREED, agree } from './support/agreement';
import { type Bar, judge, LOT_SIZES, type Verdict } from './support/bars';
import { growth } from './support/growth';
import { optionsOf } from './support/options';
import { describeMachine, loadNow, race, ratioBetween } from './support/race';
import { median, type Ratio } from './support/ratios';

const PEERS: readonly Contender[] = ['jax-js plain', 'jax-js private', 'tfjs plain', 'tfjs private'];
/** What is said of a race: ours over each peer, and what privacy costs in each engine. */
const PAIRS: readonly (readonly [Contender, Contender])[] = [
  ['ours private', 'ours plain'],
  ['ours both', 'ours private'],
  ...PEERS.map((peer) => ['ours private', peer] as const),
  ...PEERS.filter((peer) => peer.endsWith('plain')).map((peer) => ['ours plain', peer] as const),
  ['jax-js private', 'jax-js plain'],
  ['tfjs private', 'tfjs plain'],
];

interface Result extends Omit<Question, 'contenders' | 'memory'> {
  answer: Answer;
  ratios: ({ of: Contender; to: Contender } & Ratio)[];
  /** None where lots or threads are not those that the bars hold for. */
  verdicts: Verdict[];
  /** Contenders whose first step was another than ours. */
  disagree: Contender[];
  load: string;
}

/** jax-js' own `cpu` is for debugging and its `webgl` incomplete, as it says itself. */
const contendersOn = (backend: BackendName): Contender[] =>
  (['ours private', 'ours plain', 'ours both', ...PEERS] as const).filter(
    (contender) => !contender.startsWith('jax') || backend === 'wasm' || backend === 'webgpu',
  );

export default async function training(args: readonly string[] = []): Promise<void> {
  const { value, given } = optionsOf(args);
  if (given('grow')) return growth(args);
  const backends = value('backends', 'cpu,wasm,webgl,webgpu').split(',') as BackendName[];
  const models = value('models', 'linear,mlp,cnn').split(',') as BenchModelName[];
  const batch = value('batch', '');
  const common = {
    rounds: Number(value('rounds', '9')),
    datasetSize: Number(value('data', '20000')),
    threads: Number(value('threads', '1')),
  };
  const machine = describeMachine();
  const peers = Object.entries(machine.peers).map((entry) => entry.join(' '));
  console.log(`${machine.cores} × ${machine.cpu}; ${peers.join(', ')}\n`);
  const results: Result[] = [];
  for (const backend of backends)
    for (const model of models) {
      const lotSize = batch ? Number(batch) : LOT_SIZES[backend][model];
      const asked = { ...common, backend, model, lotSize };
      const answer = await race({ ...asked, contenders: contendersOn(backend) }, given('verbose'));
      const result = summarise(asked, answer);
      results.push(result);
      print(result);
    }
  const json = value('json', '');
  if (json) {
    writeFileSync(json, `${JSON.stringify({ machine, results }, null, 2)}\n`);
    console.log(`Written: ${json}`);
  }
  if (!conclude(results)) process.exitCode = 1;
}

function summarise(asked: Omit<Question, 'contenders' | 'memory'>, answer: Answer): Result {
  const { measured } = answer;
  const asPromised = asked.threads === 1 && asked.lotSize === LOT_SIZES[asked.backend][asked.model];
  const ratios = PAIRS.flatMap(([of, to]) => {
    const ratio = ratioBetween(measured, of, to);
    return ratio ? [{ of, to, ...ratio }] : [];
  });
  return {
    ...asked,
    answer,
    ratios,
    verdicts: asPromised ? judge(asked, (of, to) => ratioBetween(measured, of, to)) : [],
    disagree: measured.flatMap(({ contender, apart }) => (apart && !agree(apart) ? [contender] : [])),
    load: loadNow(),
  };
}

function print({ backend, model, lotSize, datasetSize, threads, answer, ratios, verdicts, load }: Result) {
  const { measured, clip, adapter } = answer;
  const on = backend === 'webgpu' ? `${backend} (${adapter ?? 'no adapter'})` : backend;
  console.log(
    `${model} on ${on}, lots of ${lotSize} of ${datasetSize}, clip ${clip.toFixed(2)}, ` +
      `${threads} ${threads === 1 ? 'thread' : 'threads'}; load ${load}`,
  );
  for (const { contender, times, apart, leaked, dispatches, failure } of measured) {
    if (failure !== undefined) {
      console.log(`  ${contender.padEnd(15)} does not run: ${failure}`);
      continue;
    }
    const middle = median(times).toFixed(2).padStart(9);
    const least = Math.min(...times)
      .toFixed(2)
      .padStart(9);
    const facts = [
      ...(apart
        ? [`from ours: loss ${apart.loss.toExponential(0)}, sums ${apart.sums.toExponential(0)}`]
        : []),
      ...(dispatches === null ? [] : [`${dispatches} dispatches`]),
      ...(leaked ? [`${leaked} TENSORS LEFT`] : []),
    ];
    console.log(`  ${contender.padEnd(15)} ${middle} ms, fastest ${least}  ${facts.join(', ')}`);
  }
  for (const { of, to, median: middle, fastest } of ratios) {
    const verdict = verdicts.find(({ bar }) => bar.of === of && bar.to === to);
    const bar = verdict ? `  (at most ${verdict.bar.most}: ${verdict.met ? 'met' : 'MISSED'})` : '';
    console.log(`    ${middle.toFixed(3)} (fastest ${fastest.toFixed(3)})  ${of} over ${to}${bar}`);
  }
  console.log('');
}

/** @returns whether all is as it should be */
function conclude(results: readonly Result[]): boolean {
  const inWords = ({ model, backend, of, to, most }: Bar) =>
    `${model} on ${backend}, ${of} over ${to}, at most ${most}`;
  const missed = results.flatMap(({ verdicts }) => verdicts).filter(({ met }) => !met);
  for (const { bar, ratio } of missed)
    console.log(`MISSED: ${inWords(bar)}: ${ratio ? ratio.median.toFixed(2) : 'not measured'}`);
  for (const { model, backend, disagree } of results)
    if (disagree.length > 0)
      console.log(
        `DISAGREE by more than ${AGREED}: ${disagree.join(', ')} with ours, ${model} on ${backend}`,
      );
  const leaks = results.flatMap(({ answer }) => answer.measured).filter(({ leaked }) => leaked);
  if (leaks.length > 0) console.log(`LEAKS in ${leaks.length} contenders`);
  return missed.length === 0 && leaks.length === 0 && results.every(({ disagree }) => disagree.length === 0);
}
