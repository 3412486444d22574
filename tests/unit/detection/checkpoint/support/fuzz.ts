/**
 * Files made to break the reader: sound ones with bytes flipped, cut out, repeated, swapped or joined from two; pickles of
 * random opcodes; archives whose directory lies; noise. Each is read, planned and its weights decoded; the answer must be
 * a sound network or a typed refusal, within the time and memory that were promised.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Checkpoint, CheckpointError, readCheckpoint } from '@/lib/detection';
import { planNetwork } from '@/lib/detection/networks/describe';
import { type RandomSource, SeededRandom } from '@/lib/random';
import { randomModel, safetensors, writeCheckpoint, writeSafetensors } from './checkpoint-writer';
import { Global, Instance, type Py, writePickle } from './pickle-writer';
import { join, writeZip } from './zip-writer';

export const SLOWEST_SECONDS = 2;
/** Beside the file: four times its size, or this much for small files (an empty page of objects costs as much). */
export const SMALL_FILE_BYTES = 16 * 2 ** 20;

export interface FuzzReport {
  files: number;
  /** Refusals by code, and `sound`. */
  outcomes: Record<string, number>;
  slowestSeconds: number;
  /** The most memory taken, as a multiple of the file, among files larger than 4 MiB. */
  worstMemoryFactor: number;
  /** The most memory taken by any file, in bytes. */
  worstMemoryBytes: number;
  /** What went wrong; must be empty. */
  faults: string[];
}

export async function fuzz(
  files: number,
  seed: number,
  corpus: readonly Uint8Array[] = makeCorpus(),
  progress?: (done: number) => void,
): Promise<FuzzReport> {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const random = new SeededRandom(seed);
  const report: FuzzReport = {
    files: 0,
    outcomes: {},
    slowestSeconds: 0,
    worstMemoryFactor: 0,
    worstMemoryBytes: 0,
    faults: [],
  };
  for (; report.files < files; report.files++) {
    const file = makeFile(corpus, random);
    collectGarbage();
    const before = memory();
    const started = process.cpuUsage();
    let outcome = 'sound';
    let taken = 0;
    try {
      let largest = 0;
      let checkpoint: Checkpoint;
      try {
        checkpoint = readCheckpoint(file);
        planNetwork(checkpoint);
      } finally {
        taken = memory() - before;
      }
      // Weights are decoded one by one, as they are uploaded: only the largest counts.
      for (const { type, elements, read } of checkpoint.tensors.values()) {
        if (!/float/.test(type)) continue;
        if (read().length !== elements) throw new Error('a tensor of another length than it says');
        largest = Math.max(largest, 4 * elements);
      }
      taken += largest;
    } catch (error) {
      const typed = error instanceof CheckpointError && error.message.length > 10 && error.remedy.length > 10;
      outcome = typed ? error.code : `untyped: ${error instanceof Error ? error.stack : String(error)}`;
      if (!typed) report.faults.push(`file ${report.files}: ${outcome}`);
    }
    // Processor time: that the machine is busy with other things is no fault of the reader.
    const { user, system } = process.cpuUsage(started);
    const seconds = (user + system) / 1e6;
    report.outcomes[outcome] = (report.outcomes[outcome] ?? 0) + 1;
    report.slowestSeconds = Math.max(report.slowestSeconds, seconds);
    report.worstMemoryBytes = Math.max(report.worstMemoryBytes, taken);
    if (4 * file.length > SMALL_FILE_BYTES)
      report.worstMemoryFactor = Math.max(report.worstMemoryFactor, taken / file.length);
    if (seconds > SLOWEST_SECONDS) report.faults.push(`file ${report.files}: took ${seconds} s`);
    if (taken > Math.max(SMALL_FILE_BYTES, 4 * file.length))
      report.faults.push(`file ${report.files}: ${file.length} bytes took ${taken} bytes of memory`);
    progress?.(report.files + 1);
  }
  return report;
}

/** Objects and array buffers, garbage included: an upper bound of what was in use at once. */
function memory(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Sound files of every form, small enough that random changes hit all their parts. */
export function makeCorpus(): Uint8Array[] {
  const [yolo26, yolo11, yolov8] = (['yolo26', 'yolo11', 'yolov8'] as const).map((family) =>
    randomModel({ family }),
  );
  const one = new Instance(new Global('torch.nn.modules.conv', 'Conv2d'), { groups: 1, kernel_size: [3, 3] });
  return [
    writeCheckpoint(yolo26!),
    writeCheckpoint(yolo11!, { deflate: true }),
    writeCheckpoint(yolov8!, { zip64: true, descriptors: false }),
    writeSafetensors(yolo26!),
    // Tiny ones: mostly pickle, directory and header.
    writeZip([
      [
        'a/data.pkl',
        writePickle(
          new Map<Py, Py>([
            ['model', one],
            ['ema', null],
          ]),
        ),
      ],
    ]),
    writeZip([['a/data.pkl', writePickle(new Map<Py, Py>([['model', one]]))]], {
      deflate: true,
      zip64: true,
    }),
    safetensors({ x: { dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] } }, [new Uint8Array(16)]),
  ];
}

function makeFile(corpus: readonly Uint8Array[], random: RandomSource): Uint8Array {
  const pick = () => corpus[random.integer(corpus.length)]!;
  switch (random.integer(10)) {
    case 0:
      return randomBytes(random, random.integer(5000));
    case 1:
      return writeZip([[`${random.integer(3) ? 'a/' : ''}data.pkl`, randomPickle(random)]], {
        deflate: random.bernoulli(0.3),
      });
    case 2:
      return randomSafetensors(random);
    case 3: {
      // The beginning of one and the end of another.
      const [a, b] = [pick(), pick()];
      return join([a.subarray(0, random.integer(a.length)), b.subarray(random.integer(b.length))]);
    }
    case 4: {
      const file = pick();
      return file.slice(0, random.integer(file.length));
    }
    default: {
      const file = pick().slice();
      const changes = 1 + random.integer(8);
      for (let i = 0; i < changes; i++) change(file, random);
      return file;
    }
  }
}

const TELLING = [0, 1, 0x7f, 0x80, 0xff, 0x28, 0x2e, 0x52, 0x62, 0x63, 0x71, 0x72, 0x74, 0x75, 0x7d, 0x81];

function change(file: Uint8Array, random: RandomSource): void {
  // Half of all changes go to the ends, where headers, the pickle and the directory stand.
  const near = random.integer(4);
  const window = Math.min(file.length, 1 + random.integer(4000));
  const at =
    near === 0
      ? random.integer(window)
      : near === 1
        ? file.length - 1 - random.integer(window)
        : random.integer(file.length);
  const length = Math.min(1 + random.integer(64), file.length - at);
  switch (random.integer(7)) {
    case 0:
      file[at]! ^= 1 << random.integer(8);
      break;
    case 1:
      file[at] = TELLING[random.integer(TELLING.length)]!;
      break;
    case 2:
      file.fill(TELLING[random.integer(TELLING.length)]!, at, at + length);
      break;
    case 3:
      file.set(randomBytes(random, length), at);
      break;
    case 4: // moves everything behind it
      file.copyWithin(at, Math.min(at + length, file.length));
      break;
    case 5:
      file.copyWithin(random.integer(file.length), at, at + length);
      break;
    default: {
      // A number field set to something large.
      const view = new DataView(file.buffer, file.byteOffset);
      if (at + 4 <= file.length)
        view.setUint32(at, [0xffffffff, 0x7fffffff, 0xfffffffe, 1 << 24][random.integer(4)]!, true);
    }
  }
}

const OPCODES = [
  0x28, 0x29, 0x2e, 0x42, 0x43, 0x47, 0x4a, 0x4b, 0x4d, 0x4e, 0x51, 0x52, 0x58, 0x5d, 0x61, 0x62, 0x63, 0x65,
  0x68, 0x6a, 0x71, 0x72, 0x73, 0x74, 0x75, 0x7d, 0x80, 0x81, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8c, 0x93,
  0x94, 0x95,
];
const NAMES = [
  'collections\nOrderedDict\n',
  'torch._utils\n_rebuild_tensor_v2\n',
  'torch\nHalfStorage\n',
  'torch\nSize\n',
  'torch.nn.modules.conv\nConv2d\n',
  'ultralytics.nn.tasks\nDetectionModel\n',
  '__builtin__\nset\n',
  'os\nsystem\n',
];

/** Mostly well-formed opcodes in random order: far deeper into the reader than noise would get. */
function randomPickle(random: RandomSource): Uint8Array {
  const out: number[] = [0x80, 2];
  // Now and then a long run of one opcode.
  const run = random.bernoulli(0.1) ? OPCODES[random.integer(OPCODES.length)]! : null;
  const count = run === null ? random.integer(400) : random.integer(200_000);
  for (let i = 0; i < count; i++) {
    const opcode = run ?? OPCODES[random.integer(OPCODES.length)]!;
    out.push(opcode);
    if (opcode === 0x63)
      for (const character of NAMES[random.integer(NAMES.length)]!) out.push(character.charCodeAt(0));
    else if ([0x4b, 0x71, 0x68].includes(opcode)) out.push(random.integer(8));
    else if (opcode === 0x4d) out.push(random.integer(256), random.integer(256));
    else if ([0x4a, 0x6a, 0x72].includes(opcode)) out.push(random.integer(8), 0, 0, 0);
    else if (opcode === 0x58) out.push(1, 0, 0, 0, 0x61 + random.integer(4));
    else if (opcode === 0x8c) out.push(1, 0x61 + random.integer(4));
    else if (opcode === 0x47) for (let j = 0; j < 8; j++) out.push(random.integer(256));
  }
  out.push(0x2e);
  return Uint8Array.from(out);
}

function randomSafetensors(random: RandomSource): Uint8Array {
  const odd = [-1, 0, 1, 2, 16, 1e9, 2 ** 53, 1.5, '8', null, [], {}];
  const value = () => odd[random.integer(odd.length)];
  const header = Object.fromEntries(
    Array.from({ length: random.integer(6) }, (_, i) => [
      random.bernoulli(0.1) ? '__metadata__' : `model.${i}.conv.weight`,
      random.bernoulli(0.1)
        ? value()
        : {
            dtype: ['F16', 'F32', 'I64', 'X', value()][random.integer(5)],
            shape: random.bernoulli(0.2) ? value() : [value(), value()],
            data_offsets: random.bernoulli(0.2) ? value() : [value(), value()],
          },
    ]),
  );
  const file = safetensors(header, [randomBytes(random, random.integer(100))]);
  if (random.bernoulli(0.3)) change(file, random);
  return file;
}

function randomBytes(random: RandomSource, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random.integer(256));
}
