/**
 * npm run bench -- training --grow [--backend wasm] [--models linear] [--rounds 5] [--threads 1,2] [--lots 512,…]
 * [--data 5000,…] [--verbose] [--json FILE]
 *
 * How time and memory of a step grow: with the lot at 60,000 examples, then with the data set at lots of 2,048, with one
 * thread and with two. Every size has a page of its own, isolated, so that threads can start and memory be read.
 */
import { writeFileSync } from 'node:fs';
import type { BackendName } from '@/tests/harness/tf';
import type { BenchModelName } from '../pages/bench-models';
import type { Answer, Contender, EngineMemory } from '../pages/race';
import { optionsOf } from './options';
import { describeMachine, loadNow, race } from './race';
import { median } from './ratios';

const CONTENDERS: readonly Contender[] = ['ours private', 'ours plain', 'jax-js plain', 'tfjs plain'];
const ALL = 60_000;
const USUAL_LOT = 2048;

interface Point {
  model: BenchModelName;
  threads: number;
  lotSize: number;
  datasetSize: number;
  answer: Answer;
  load: string;
}

const numbers = (list: string) => list.split(',').map(Number);

export async function growth(args: readonly string[]): Promise<void> {
  const { value, given } = optionsOf(args);
  const backend = value('backend', 'wasm') as BackendName;
  const models = value('models', 'linear').split(',') as BenchModelName[];
  const rounds = Number(value('rounds', '5'));
  const byLot = numbers(value('lots', '512,1024,2048,4096,8192,16384')).map((lotSize) => ({
    lotSize,
    datasetSize: ALL,
  }));
  const byData = numbers(value('data', '5000,15000,30000,60000')).map((datasetSize) => ({
    lotSize: USUAL_LOT,
    datasetSize,
  }));
  const machine = describeMachine();
  console.log(`${machine.cores} × ${machine.cpu}; ${backend}, ${rounds} rounds\n`);
  const points: Point[] = [];
  for (const model of models)
    for (const threads of numbers(value('threads', '1,2')))
      for (const sizes of [byLot, byData]) {
        printHead(model, threads, sizes === byLot ? `of ${ALL} examples` : `lots of ${USUAL_LOT}`);
        for (const size of sizes) {
          const question = { backend, model, threads, rounds, memory: true, contenders: CONTENDERS, ...size };
          const point = {
            model,
            threads,
            ...size,
            answer: await race(question, given('verbose')),
            load: loadNow(),
          };
          points.push(point);
          printPoint(point, sizes === byLot ? size.lotSize : size.datasetSize);
        }
        console.log('');
      }
  const json = value('json', '');
  if (json) {
    writeFileSync(json, `${JSON.stringify({ machine, backend, rounds, points }, null, 2)}\n`);
    console.log(`Written: ${json}`);
  }
  const broken = points
    .flatMap(({ answer }) => answer.measured)
    .filter(({ failure }) => failure !== undefined);
  if (broken.some(({ contender }) => contender.startsWith('ours'))) process.exitCode = 1;
}

const ENGINES = ['ours', 'jax-js', 'tfjs'] as const;
const WIDTH = 14;

function printHead(model: BenchModelName, threads: number, what: string): void {
  console.log(`${model}, ${threads} ${threads === 1 ? 'thread' : 'threads'}, ${what}`);
  console.log(
    'ms a step: median, fastest in brackets; MiB: of each engine WebAssembly + GPU, and of the page, data set included',
  );
  const heads = [...CONTENDERS, ...ENGINES.map((engine) => `${engine} MiB`), 'page MiB', 'load'];
  console.log(`${''.padStart(7)} ${heads.map((head) => head.padStart(WIDTH)).join(' ')}`);
}

function printPoint({ answer, load }: Point, size: number): void {
  const times = CONTENDERS.map((name) => {
    const own = answer.measured.find(({ contender }) => contender === name);
    if (!own || own.times.length === 0) return 'does not run';
    return `${median(own.times).toFixed(1)} (${Math.min(...own.times).toFixed(1)})`;
  });
  const memory = ENGINES.map((name) => inWords(answer.memory.find(({ engine }) => engine === name)));
  const cells = [...times, ...memory, mebibytes(answer.pageBytes), load].map((cell) => cell.padStart(WIDTH));
  console.log(`${String(size).padStart(7)} ${cells.join(' ')}`);
}

/** What cannot be read is a question mark, not nothing. */
const mebibytes = (bytes: number | null) => (bytes === null ? '?' : (bytes / 2 ** 20).toFixed(0));

const inWords = (memory: EngineMemory | undefined) =>
  memory ? `${mebibytes(memory.wasm)} + ${mebibytes(memory.gpu)}` : '–';
