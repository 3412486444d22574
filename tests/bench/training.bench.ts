/**
 * npm run bench -- training [--backends cpu,wasm,webgl,webgpu] [--models linear,wide,mlp,cnn] [--rounds 9]
 * [--batch SIZE] [--threads 1] [--json FILE]
 *
 * One training step in real Chromium: stock tf.grads (not private), our engine without privacy, our engine with clipping and
 * noise, and the naive loop that clips one example after another. Contenders take turns round by round, so that whatever else
 * the machine does falls on all of them alike. Compare only figures of one run.
 */
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { openSuite } from '@/tests/harness/chromium';
import type { BackendName } from '@/tests/harness/tf';
import type { BenchModelName } from './pages/bench-models';
import { NAIVE_EXAMPLES } from './pages/naive-examples';
import type { Answer, Contender, Measured, Question } from './pages/training';

/** The highest acceptable cost of privacy, by model: a private step over a plain one of the same engine. */
const PROMISED: Record<BenchModelName, Record<BackendName, number | null>> = {
  linear: { cpu: 1.1, wasm: 1.1, webgl: 1.1, webgpu: 1.1 },
  wide: { cpu: 1.1, wasm: 1.1, webgl: 1.1, webgpu: 1.1 },
  mlp: { cpu: 1.1, wasm: 1.1, webgl: 1.1, webgpu: 1.1 },
  cnn: { cpu: null, wasm: 1.6, webgl: 1.2, webgpu: 1.2 },
};
/** Examples in a step: those of the lessons, but fewer where a software GPU would take minutes. */
const BATCH: Record<BackendName, Record<BenchModelName, number>> = {
  cpu: { linear: 256, wide: 256, mlp: 64, cnn: 16 },
  wasm: { linear: 2048, wide: 2048, mlp: 512, cnn: 256 },
  webgl: { linear: 2048, wide: 2048, mlp: 512, cnn: 128 },
  webgpu: { linear: 512, wide: 512, mlp: 256, cnn: 64 },
};
const CONTENDERS: readonly Contender[] = [
  'stock',
  'plain gradient',
  'private gradient',
  'plain step',
  'private step',
  'naive',
];
/** What is compared with what, and what the ratio says. */
const RATIOS = [
  ['private gradient', 'plain gradient', 'cost of exact clipping'],
  ['private step', 'plain step', 'cost of privacy, noise and all'],
  ['private step', 'stock', 'a private step over a stock step without privacy'],
  ['private step', 'naive', 'a private step over the naive loop'],
] as const satisfies readonly (readonly [Contender, Contender, string])[];

interface Result {
  backend: BackendName;
  threads: number;
  adapter: string | null;
  model: BenchModelName;
  batchSize: number;
  contenders: (Measured & { median: number | null; fastest: number | null })[];
  ratios: Ratio[];
  promised: number | null;
}

interface Ratio {
  of: Contender;
  to: Contender;
  meaning: string;
  /** Median over rounds, each against its neighbour in time. */
  median: number;
  /** Of the fastest rounds: on a machine that does other things too, the steadier figure. */
  fastest: number;
}

const median = (values: readonly number[]) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

export default async function training(args: readonly string[] = []): Promise<void> {
  const option = (name: string, otherwise: string) => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? otherwise : (args[at + 1] ?? otherwise);
  };
  const backends = option('backends', 'cpu,wasm,webgl,webgpu').split(',') as BackendName[];
  const models = option('models', 'linear,mlp,cnn').split(',') as BenchModelName[];
  const rounds = Number(option('rounds', '9'));
  const threads = Number(option('threads', '1'));
  const batch = option('batch', '');
  const json = option('json', '');

  const machine = { cpu: cpus()[0]?.model.trim() ?? '', cores: cpus().length, load: loadavg() };
  console.log(
    `${machine.cores} × ${machine.cpu}; load ${machine.load.map((value) => value.toFixed(1)).join(' ')}\n`,
  );
  const results: Result[] = [];
  for (const backend of backends)
    for (const model of models) {
      const batchSize = batch ? Number(batch) : BATCH[backend][model];
      const question: Question = { backend, threads, model, batchSize, rounds, contenders: CONTENDERS };
      // A browser of its own for each: nothing left over from the one before.
      const suite = await openSuite('tests/bench/pages/training.ts', {
        isolated: threads > 1,
        timeout: 600_000,
      });
      try {
        const { measured, adapter } = await suite.call<Answer>(question);
        const result = summarise(question, measured, adapter);
        results.push(result);
        print(result);
      } finally {
        await suite.close();
      }
    }
  if (json) {
    writeFileSync(json, `${JSON.stringify({ machine, rounds, results }, null, 2)}\n`);
    console.log(`Written: ${json}`);
  }
  const missed = results.flatMap((result) => {
    const ratio = result.ratios.find(({ of, to }) => of === 'private step' && to === 'plain step');
    return result.promised !== null && ratio && ratio.median > result.promised ? [{ ...result, ratio }] : [];
  });
  const leaks = results.flatMap(({ contenders }) => contenders).filter(({ leaked }) => leaked !== 0);
  for (const { backend, model, ratio, promised } of missed)
    console.log(`MISSED: ${model} on ${backend}, ${ratio.median.toFixed(2)} where ${promised} was promised`);
  if (leaks.length > 0) console.log(`LEAKS in ${leaks.length} contenders`);
  if (missed.length > 0 || leaks.length > 0) process.exitCode = 1;
}

function summarise(question: Question, measured: Measured[], adapter: string | null): Result {
  const { backend, threads, model, batchSize } = question;
  const contenders = measured.map((own) => {
    const scale = own.contender === 'naive' ? batchSize / Math.min(NAIVE_EXAMPLES, batchSize) : 1;
    const times = own.times.map((time) => time * scale);
    return {
      ...own,
      times,
      median: times.length > 0 ? median(times) : null,
      fastest: times.length > 0 ? Math.min(...times) : null,
    };
  });
  const find = (name: Contender) => contenders.find(({ contender }) => contender === name);
  const ratios = RATIOS.flatMap(([of, to, meaning]): Ratio[] => {
    const [one, other] = [find(of), find(to)];
    if (!one?.fastest || !other?.fastest) return [];
    const rounds = other.times.map((time, round) => one.times[round]! / time);
    return [{ of, to, meaning, median: median(rounds), fastest: one.fastest / other.fastest }];
  });
  return {
    backend,
    threads,
    adapter: backend === 'webgpu' ? adapter : null,
    model,
    batchSize,
    contenders,
    ratios,
    promised: PROMISED[model][backend],
  };
}

function print({ backend, model, batchSize, contenders, ratios, promised }: Result): void {
  console.log(`${model} on ${backend}, ${batchSize} examples a step`);
  for (const { contender, median: middle, fastest, dispatches, leaked, failure } of contenders)
    console.log(
      failure !== undefined || middle === null
        ? `  ${contender.padEnd(16)} does not run: ${failure}`
        : `  ${contender.padEnd(16)} ${middle.toFixed(2).padStart(9)} ms, fastest ${fastest!.toFixed(2).padStart(9)}, ` +
            `${dispatches} ${backend === 'webgpu' || backend === 'webgl' ? 'dispatches' : 'kernels'}, ${leaked} tensors left`,
    );
  for (const { meaning, median: middle, fastest } of ratios) {
    const limit = meaning === RATIOS[1][2] && promised !== null ? `, promised ≤ ${promised}` : '';
    console.log(`    ${middle.toFixed(3)} (fastest ${fastest.toFixed(3)}${limit})  ${meaning}`);
  }
  console.log('');
}
