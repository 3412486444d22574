/**
 * Where a lesson's run is timed: functions and methods of ours, by the part of the run they are. The bundler appends a line
 * to each of their files that puts a clock around them; the code itself knows nothing of it.
 */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Plugin } from 'esbuild';
import { ROOT } from '@/tests/harness/root';
import type { Part } from './waterfall';

export interface Seam {
  /** From the root of the repository. */
  file: string;
  part: Part;
  /** `name` of a function that the file declares, `Class.method`, or `static Class.method`. */
  names: readonly string[];
}

export const SEAMS: readonly Seam[] = [
  { file: 'lib/runtime/choose-backend.ts', part: 'starting tfjs', names: ['chooseBackend'] },
  { file: 'lib/data/mnist.ts', part: 'unpacking', names: ['unpackChecked'] },
  { file: 'lib/data/features.ts', part: 'features', names: ['extractAll'] },
  { file: 'lib/training/dataset.ts', part: 'features', names: ['makeDataset'] },
  { file: 'lib/training/trainer.ts', part: 'steps', names: ['static Trainer.nextOfAll'] },
  { file: 'lib/training/kernels/choose.ts', part: 'preparing kernels', names: ['fusedFor'] },
  { file: 'lib/training/kernels/softmax.ts', part: 'evaluations', names: ['FusedSoftmax.evaluate'] },
  { file: 'lib/training/evaluate.ts', part: 'evaluations', names: ['evaluate'] },
  { file: 'lib/ledger/open.ts', part: 'ledger', names: ['openLedger'] },
  {
    file: 'lib/ledger/ledger.ts',
    part: 'ledger',
    names: ['Ledger.account', 'Ledger.reserve', 'Ledger.resume'],
  },
  {
    file: 'lib/ledger/run.ts',
    part: 'ledger',
    names: ['LedgerRun.segment', 'LedgerRun.finish', 'LedgerRun.stop'],
  },
  {
    file: 'lib/training/checkpoint-store.ts',
    part: 'checkpoints',
    names: ['CheckpointStore.save', 'CheckpointStore.list', 'CheckpointStore.remove'],
  },
  { file: 'lib/runtime/pause.ts', part: 'letting messages in', names: ['pause'] },
];

/** The parts of a name. A function of the file has no method. */
function readName(name: string): { owner: string; method: string | undefined; isStatic: boolean } {
  const [owner, method] = name.replace(/^static /, '').split('.');
  return { owner: owner!, method, isStatic: name.startsWith('static ') };
}

/** Which of a seam's names its file does not declare: the run would be timed without them. */
export function missingNames({ file, names }: Seam): string[] {
  const source = readFileSync(join(ROOT, file), 'utf8');
  const declares = (line: string) => new RegExp(line, 'm').test(source);
  return names.filter((name) => {
    const { owner, method, isStatic } = readName(name);
    if (method === undefined) return !declares(`^(export )?(async )?function ${owner}\\b`);
    const ofClass = declares(`^(export )?class ${owner}\\b`);
    return !(ofClass && declares(`^  ${isStatic ? 'static ' : ''}(async )?${method}\\(`));
  });
}

/** The lines that a file is given: `timed` is made by pages/spans.ts before anything else runs. */
export const clocksOf = ({ part, names }: Seam): string =>
  names
    .map((name) => {
      const { owner, method, isStatic } = readName(name);
      const place = method === undefined ? owner : `${owner}${isStatic ? '' : '.prototype'}.${method}`;
      return `\n// @ts-ignore\n${place} = globalThis.timed(${JSON.stringify(part)}, ${place});`;
    })
    .join('');

export const timedSeams: Plugin = {
  name: 'timed seams',
  setup({ onLoad }) {
    onLoad({ filter: /\/lib\/.*\.ts$/ }, ({ path }) => {
      const seams = SEAMS.filter(({ file }) => file === relative(ROOT, path));
      if (seams.length === 0) return null;
      const missing = seams.flatMap(missingNames);
      if (missing.length > 0) throw new Error(`${path} has no ${missing.join(', ')}: see support/seams.ts.`);
      return { contents: readFileSync(path, 'utf8') + seams.map(clocksOf).join(''), loader: 'ts' };
    });
  },
};
