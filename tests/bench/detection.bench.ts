/**
 * npm run bench -- detection [--models DIR] [--size 640] [--rounds 9] [--backends wasm,webgpu] [--threads 1,2] [--engines …]
 *
 * Our YOLO network, read from the checkpoint, against the same network as a stock tfjs GraphModel, in onnxruntime-web
 * and in jax-js by its ONNX loader.
 * DIR holds `NAME.pt` and, for each input size, the ONNX file exported from it (`NAME.onnx` at 640 pixels, `NAME_320.onnx`
 * at 320). The GraphModel is translated from the ONNX file (see `support/graph-model.ts`).
 *
 * Every contender has a browser of its own; rounds are interleaved, so that whatever else the machine does falls on all of
 * them alike. A time is from pixels in memory to detections in memory; what comes once, reading and compiling, is told apart from
 * it. Compare only figures of one run. The exit code says when detections differ or a bar is missed.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type OpenSuite, openSuite } from '@/tests/harness/chromium';
import { ROOT } from '@/tests/harness/root';
import { MODELS } from '@/tests/harness/shared-files';
import type { Contender, Row } from './pages/detection';
import { toGraphModel } from './support/graph-model';
import { readOnnx } from './support/onnx';
import { installPeers, PEERS } from './support/peers';

/** What ours must reach: the highest ratios of its time to another's that will do. */
interface Bar {
  backend: Contender['backend'];
  threads: number;
  to: Contender['engine'];
  /** Of a look, by the median of rounds. */
  look: number;
  /** Of all there is from the file to the first look's boxes: reading, compiling, looking. */
  first?: number;
}

const BARS: readonly Bar[] = [
  { backend: 'webgpu', threads: 1, to: 'jax-js', look: 1, first: 1 },
  { backend: 'webgpu', threads: 1, to: 'graph-model', look: 0.5 },
  { backend: 'wasm', threads: 1, to: 'onnxruntime-web', look: 0.8 },
  { backend: 'wasm', threads: 2, to: 'onnxruntime-web', look: 1 },
];

const ENGINES: readonly Contender['engine'][] = ['ours', 'graph-model', 'onnxruntime-web', 'jax-js'];

interface Measured extends Contender {
  name: string;
  backendMs: number;
  loadMs: number;
  firstMs: number;
  rows: Row[];
  memory: number | null;
  /** GPU dispatches of one look; null where there is no GPU. */
  dispatches: number | null;
  times: number[];
}

export default async function detection(args: readonly string[] = []): Promise<void> {
  const option = (name: string, otherwise: string) => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? otherwise : (args[at + 1] ?? otherwise);
  };
  const models = resolve(option('models', MODELS));
  const size = Number(option('size', '640'));
  const rounds = Number(option('rounds', '9'));
  const backends = option('backends', 'wasm,webgpu').split(',') as Contender['backend'][];
  const threads = option('threads', '1,2').split(',').map(Number);
  const engines = option('engines', ENGINES.join()).split(',') as Contender['engine'][];

  const files = findModels(models, size);
  if (!files) {
    console.log(
      `No pair of a checkpoint and its ONNX export for ${size} pixels in ${models}.\n` +
        `Put NAME.pt and ${size === 640 ? 'NAME.onnx' : `NAME_${size}.onnx`} there, or name the folder: npm run bench -- detection --models DIR`,
    );
    return;
  }
  installPeers();
  const folder = mkdtempSync(join(tmpdir(), 'graph-model-'));
  const outputName = writeGraphModel(files.onnx, folder);
  const contenders = backends.flatMap((backend) =>
    (backend === 'wasm' ? threads : [1]).flatMap((count) =>
      engines
        // jax-js computes with one.
        .filter((engine) => engine !== 'jax-js' || count === 1)
        .map((engine) => ({ engine, backend, threads: count })),
    ),
  );
  console.log(
    `${files.checkpoint.split('/').at(-1)} at ${size} × ${size}; ${cpus().length} × ${cpus()[0]?.model.trim()}`,
  );
  console.log(
    `load ${loadavg()
      .map((value) => value.toFixed(1))
      .join(' ')}; WebGPU here is what Chromium gives (SwiftShader in tests)\n`,
  );

  const open: { suite: OpenSuite; measured: Measured }[] = [];
  try {
    for (const contender of contenders) {
      const suite = await openSuite('tests/bench/pages/detection.ts', {
        isolated: true,
        timeout: 600_000,
        // The converter beside the peers would take the tfjs that lies there: another engine than the one that runs.
        packages: { '@tensorflow/tfjs-core': join(ROOT, 'node_modules/@tensorflow/tfjs-core') },
        folders: {
          '/models/': models,
          '/graph/': folder,
          '/ort/': join(PEERS, 'onnxruntime-web/dist'),
          '/samples/': join(ROOT, 'public/samples'),
        },
      });
      const name = `${contender.engine}, ${contender.backend}${contender.backend === 'wasm' ? ` ${contender.threads} thread${contender.threads > 1 ? 's' : ''}` : ''}`;
      const model = {
        ours: `/models/${files.checkpoint.split('/').at(-1)}`,
        'graph-model': '/graph/model.json',
        'onnxruntime-web': `/models/${files.onnx.split('/').at(-1)}`,
        'jax-js': `/models/${files.onnx.split('/').at(-1)}`,
      }[contender.engine];
      try {
        const loaded = await suite.call<Omit<Measured, 'memory' | 'dispatches' | 'times'>>({
          kind: 'load',
          size,
          picture: '/samples/six-people.jpg',
          model,
          outputName,
          ...contender,
        });
        open.push({
          suite,
          measured: { ...contender, ...loaded, name, memory: null, dispatches: null, times: [] },
        });
      } catch (error) {
        console.log(
          `${name}: did not run (${error instanceof Error ? error.message.split('\n')[0] : String(error)})`,
        );
        await suite.close();
      }
    }
    for (let round = 0; round < rounds; round++)
      for (const { suite, measured } of open) {
        const slow = measured.backend === 'webgpu' && round >= Math.ceil(rounds / 3);
        if (!slow) measured.times.push(...(await suite.call<number[]>({ kind: 'infer', times: 1 })));
      }
    for (const { suite, measured } of open) {
      measured.dispatches = await suite.call<number | null>({ kind: 'dispatches' });
      measured.memory = await suite.call<number | null>({ kind: 'memory' });
    }
    report(open.map(({ measured }) => measured));
  } finally {
    for (const { suite } of open) await suite.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function findModels(folder: string, size: number): { checkpoint: string; onnx: string } | null {
  if (!existsSync(folder)) return null;
  const suffix = size === 640 ? '.onnx' : `_${size}.onnx`;
  for (const file of readdirSync(folder)) {
    if (!file.endsWith('.pt')) continue;
    const onnx = join(folder, file.replace(/\.pt$/, suffix));
    if (existsSync(onnx)) return { checkpoint: join(folder, file), onnx };
  }
  return null;
}

function writeGraphModel(onnx: string, folder: string): string {
  const { outputName, modelTopology, weightSpecs, weightData } = toGraphModel(
    readOnnx(new Uint8Array(readFileSync(onnx))),
  );
  const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
  writeFileSync(
    join(folder, 'model.json'),
    JSON.stringify({ format: 'graph-model', modelTopology, weightsManifest }),
  );
  writeFileSync(join(folder, 'weights.bin'), new Uint8Array(weightData as ArrayBuffer));
  return outputName;
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

const untilFirst = ({ loadMs, firstMs }: Measured) => loadMs + firstMs;

function judged(ratio: number, most: number | undefined): string {
  if (most === undefined) return '';
  if (ratio <= most) return `, at most ${most} as promised`;
  process.exitCode = 1;
  return `, MISSED: at most ${most}`;
}

function report(all: readonly Measured[]): void {
  const cell = (value: number | null, digits = 0) =>
    (value === null ? '–' : value.toFixed(digits)).padStart(10);
  console.log(
    `${'contender'.padEnd(34)}   backend      load     first    median       min    memory  dispatches   (ms, MiB)`,
  );
  for (const m of all)
    console.log(
      m.name.padEnd(34) +
        cell(m.backendMs) +
        cell(m.loadMs) +
        cell(m.firstMs) +
        cell(median(m.times), 1) +
        cell(Math.min(...m.times), 1) +
        cell(m.memory === null ? null : m.memory / 2 ** 20) +
        cell(m.dispatches),
    );
  console.log('\nratios, ours to the other (round by round: median; below 1 is faster):');
  for (const own of all.filter(({ engine }) => engine === 'ours'))
    for (const other of all) {
      if (other === own || other.backend !== own.backend || other.threads !== own.threads) continue;
      const rounds = own.times.map((time, i) => time / other.times[i]!);
      const least = Math.min(...own.times) / Math.min(...other.times);
      const look = median(rounds);
      const first = untilFirst(own) / untilFirst(other);
      const bar = BARS.find(
        ({ backend, threads, to }) =>
          backend === own.backend && threads === own.threads && to === other.engine,
      );
      console.log(
        `  ${own.name} / ${other.engine}: ${look.toFixed(2)} (of the fastest rounds: ${least.toFixed(2)})${judged(look, bar?.look)}; ` +
          `until the first look is done: ${first.toFixed(2)}${judged(first, bar?.first)}`,
      );
    }
  const [first] = all;
  if (!first) return;
  // A benchmark of something else would be worth nothing: all must have found the same.
  const same = all.every(
    ({ rows }) =>
      rows.length === first.rows.length &&
      rows.every((row, i) => row[5] === first.rows[i]![5] && Math.abs(row[4]! - first.rows[i]![4]!) < 0.01),
  );
  console.log(
    `\n${first.rows.length} detections, ${same ? 'the same from every contender' : `NOT THE SAME: ${all.map(({ name, rows }) => `${name} ${rows.length}`).join(', ')}`}`,
  );
  if (!same) process.exitCode = 1;
}
