/**
 * npm run fuzz:checkpoint [-- FILES [SEED]]
 *
 * Feeds the checkpoint reader mutated and random files (20,000 unless said otherwise) and prints what came of them. Real
 * checkpoints from the folder SHARED_DIR/models are mutated too, where there are any.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODELS } from '@/tests/harness/shared-files';
import { fuzz, makeCorpus } from '../unit/detection/checkpoint/support/fuzz';

const files = Number(process.argv[2] ?? 20_000);
const seed = Number(process.argv[3] ?? 1);
const real = ['yolo26n_composite.pt', 'yolov5n.pt']
  .map((name) => join(MODELS, name))
  .filter((path) => existsSync(path));
const corpus = [...makeCorpus(), ...real.map((path) => new Uint8Array(readFileSync(path)))];
console.log(
  `${files} files, seed ${seed}, ${real.length} real checkpoints among the ${corpus.length} originals`,
);
const started = Date.now();
const report = await fuzz(files, seed, corpus, (done) => {
  if (done % 1000 === 0) console.log(`${done} in ${Math.round((Date.now() - started) / 1000)} s`);
});
for (const [outcome, count] of Object.entries(report.outcomes).sort(([, a], [, b]) => b - a))
  console.log(`${String(count).padStart(7)}  ${outcome}`);
console.log(`slowest: ${report.slowestSeconds.toFixed(3)} s`);
console.log(
  `most memory: ${(report.worstMemoryBytes / 2 ** 20).toFixed(1)} MiB; ${report.worstMemoryFactor.toFixed(2)} times the file among files over 4 MiB`,
);
console.log(`peak of the process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
for (const fault of report.faults.slice(0, 20)) console.error(`FAULT  ${fault}`);
console.log(report.faults.length === 0 ? 'No faults.' : `${report.faults.length} faults.`);
if (report.faults.length > 0) process.exitCode = 1;
