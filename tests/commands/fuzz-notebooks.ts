/**
 * npm run fuzz:notebooks [-- FILES [SEED]]
 *
 * Reads mutated notebook files as the lab reads a chosen file (10,000 unless said otherwise) and prints what came of them.
 */
import { fuzz } from '../unit/notebook/own/fuzz-files';

const files = Number(process.argv[2] ?? 10_000);
const seed = Number(process.argv[3] ?? 1);
console.log(`${files} files, seed ${seed}`);
const { outcomes, slowestSeconds, faults } = fuzz(files, seed);
for (const [outcome, count] of Object.entries(outcomes).sort(([, a], [, b]) => b - a))
  console.log(`${String(count).padStart(7)}  ${outcome}`);
console.log(`slowest: ${slowestSeconds.toFixed(3)} s`);
for (const fault of faults.slice(0, 20)) console.error(`FAULT  ${fault}`);
console.log(faults.length === 0 ? 'No faults.' : `${faults.length} faults.`);
if (faults.length > 0) process.exitCode = 1;
