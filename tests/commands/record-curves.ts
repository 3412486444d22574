/**
 * Records what ε does to a training: `npm run record-curves`. Softmax regression learns all 60,000 digits once at each ε of a grid,
 * privately and plainly, by the very experiment that the site runs and with the noise that the product calibrates. Written are the
 * curves, what both models say of a hundred test digits at the end, and pictures of these digits.
 *
 * The runs are seeded, so that the file can be made again to the last bit: such runs protect nobody.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import {
  type TrainMnistUpdate,
  trainMnist,
} from '@/components/lessons/training-with-dp-sgd/experiments/train-mnist';
import type { RecordedCurves } from '@/components/training/epsilon-panel/recorded';
import { FIXED, GRID, noiseMultiplierFor } from '@/components/training/epsilon-panel/run';
import { marksOf, packMarks, WALL_DIGITS, WALL_STRIDE } from '@/components/training/epsilon-panel/wall';
import type { ProvenanceFacts } from '@/lib/runtime/experiment';
import { SITE_VERSION } from '@/lib/runtime/version';
import { plainContext } from '@/tests/harness/experiment';
import { fetchFromDisk, preparedMnist } from '@/tests/harness/prepared';
import { ROOT } from '@/tests/harness/root';

const SEED = 1;
/** Steps from one point of a curve to the next. */
const EVERY = 4;
/** ε of the run that is kept as it went. */
const FILMED = 2;
const FOLDER = join(ROOT, 'components/training/epsilon-panel');
const PICTURES = join(ROOT, 'public/digits/wall.png');
const SIDE = 28;
const ACROSS = 10;

interface Run {
  updates: TrainMnistUpdate[];
  facts: ProvenanceFacts;
  spent: number;
  noiseMultiplier: number;
}

async function train(epsilon: number): Promise<Run> {
  const updates: TrainMnistUpdate[] = [];
  let facts: ProvenanceFacts = {};
  const noiseMultiplier = noiseMultiplierFor(epsilon);
  const result = await trainMnist.run(
    trainMnist.params.parse({ ...FIXED, noiseMultiplier, noiseSource: 'seeded', seed: SEED }),
    plainContext({
      report: ({ update }) => {
        if (update) updates.push(update);
      },
      describe: (more) => {
        facts = { ...facts, ...more };
      },
    }),
    FIXED.steps / EVERY,
  );
  if (result.refusal) throw new Error('The budget of an empty ledger refused the run.');
  return { updates, facts, spent: result.epsilon, noiseMultiplier };
}

const textOf = (digits: readonly number[]) => digits.join('');

function recorded(runs: readonly (Run & { epsilon: number })[], tested: number): RecordedCurves {
  const first = runs[0]!;
  const { updates, facts } = first;
  const rightOf = (run: Run, which: 'privateAccuracy' | 'plainAccuracy') =>
    run.updates.map((update) => Math.round(update[which] * tested)).join(' ');
  const plain = rightOf(first, 'plainAccuracy');
  for (const run of runs)
    if (rightOf(run, 'plainAccuracy') !== plain)
      throw new Error(`The plain model learnt something else beside ε = ${run.epsilon}.`);
  const last = (run: Run) => run.updates.at(-1)!.wall;
  const { dataset = null, backend = null, accountant = null } = facts;
  if (dataset === null || backend === null || accountant === null)
    throw new Error('The experiment did not say how its numbers came to be.');
  return {
    made: {
      command: 'npm run record-curves',
      date: new Date().toISOString().slice(0, 10),
      version: SITE_VERSION,
      dataset,
      model: 'softmax regression on oriented gradients',
      backend: `${backend}, in Node`,
      accountant,
      noise: 'seeded',
      seed: SEED,
      delta: FIXED.delta,
      maxGradNorm: FIXED.maxGradNorm,
      expectedBatchSize: FIXED.expectedBatchSize,
    },
    tested,
    steps: updates.map(({ step }) => step).join(' '),
    labels: textOf(last(first).labels),
    plain: { right: plain, guesses: textOf(last(first).plainGuesses) },
    private: runs.map((run) => ({
      epsilon: run.epsilon,
      spent: Number(run.spent.toPrecision(6)),
      noiseMultiplier: run.noiseMultiplier,
      right: rightOf(run, 'privateAccuracy'),
      guesses: textOf(last(run).privateGuesses),
    })),
    film: film(runs.find(({ epsilon }) => epsilon === FILMED)!),
  };
}

function film({ epsilon, updates }: Run & { epsilon: number }): RecordedCurves['film'] {
  const frames = updates.map(({ wall }) => marksOf(wall));
  return {
    epsilon,
    privateRight: frames.map(({ privateRight }) => packMarks(privateRight)).join(' '),
    plainRight: frames.map(({ plainRight }) => packMarks(plainRight)).join(' '),
  };
}

/** Ten by ten digits, ink as the pictures have it: white on black, to be laid over any colour as a mask. */
async function drawWall(images: Uint8Array): Promise<void> {
  const width = ACROSS * SIDE;
  const sheet = new Uint8Array(width * width);
  for (let digit = 0; digit < WALL_DIGITS; digit++)
    for (let row = 0; row < SIDE; row++) {
      const from = digit * WALL_STRIDE * SIDE ** 2 + row * SIDE;
      const to = (Math.floor(digit / ACROSS) * SIDE + row) * width + (digit % ACROSS) * SIDE;
      sheet.set(images.subarray(from, from + SIDE), to);
    }
  mkdirSync(dirname(PICTURES), { recursive: true });
  await sharp(sheet, { raw: { width, height: width, channels: 1 } })
    .png({ palette: true, colours: 16, effort: 10 })
    .toFile(PICTURES);
}

const mnist = await preparedMnist();
globalThis.fetch = ((url: string) => fetchFromDisk(url)) as typeof fetch;
const runs: (Run & { epsilon: number })[] = [];
for (const epsilon of GRID) {
  const run = await train(epsilon);
  runs.push({ ...run, epsilon });
  const { privateAccuracy, plainAccuracy } = run.updates.at(-1)!;
  console.log(`ε ${epsilon}: σ ${run.noiseMultiplier}, private ${privateAccuracy}, plain ${plainAccuracy}`);
}
writeFileSync(join(FOLDER, 'recorded.json'), `${JSON.stringify(recorded(runs, mnist.test.size), null, 2)}\n`);
await drawWall(mnist.test.images);
