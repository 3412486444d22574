/**
 * Measures what plain and private heads, each trained with the person who drew the rare symbol and without, know of it, and writes
 * lib/training/detector-symbol.md and what the lesson shows: `npm run detector-symbol`. `--seeds 1,2` adds those seeds to the ones
 * that are recorded already; `--heads plainWith,plainWithout` measures those alone, and leaves the others of these seeds as they are.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { prepareScenes } from '@/components/lessons/a-privately-trained-detector/experiments/scene-training';
import {
  fourHeads,
  remembers,
  SYMBOL_CLIP,
  SYMBOL_PLAIN_RATE,
} from '@/components/lessons/a-privately-trained-detector/experiments/symbol-memory';
import {
  FOUND_IOU,
  FOUND_SCORE,
  type Four,
  WHO,
} from '@/components/lessons/a-privately-trained-detector/symbol-account';
import type { ScoredBox } from '@/lib/detection/metrics';
import { SCENE_BACKBONE_FILE } from '@/lib/detection/scenes';
import { SeededRandom } from '@/lib/random';
import { noiseFor } from '@/lib/runs/accountant';
import { SCENE_DELTA, SCENE_LOT, SCENE_PEOPLE } from '@/lib/runs/accounts/scenes';
import { startBackend } from '@/tests/harness/backend';
import { preparedMnist } from '@/tests/harness/prepared';
import { ROOT } from '@/tests/harness/root';

const RECORD = join(ROOT, 'components/lessons/a-privately-trained-detector/rare-symbol/recorded.json');
const EPSILON = 8;
const STEPS = 200;

type Row = { seed: number } & Four<{ score: number; foundInNew: number }>;

/** What the four heads of one seed saw on two forms, for the lesson to show. */
interface Shown {
  seed: number;
  /** 64 × 64 grey values of the person's own form and of a new one, in base64. */
  forms: { own: string; fresh: string };
  boxes: Four<{ own: ScoredBox[]; fresh: ScoredBox[] }>;
}
/** The seed whose pictures are kept. */
const SHOWN_SEED = 1;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1,2,3,4,5' },
    heads: { type: 'string', default: WHO.join(',') },
  },
});
const measured = WHO.filter((who) => values.heads.split(',').includes(who));
await startBackend('wasm');
const scenes = await prepareScenes({
  mnist: await preparedMnist(),
  backbone: readFileSync(join(ROOT, 'public', SCENE_BACKBONE_FILE)),
});
const noiseMultiplier = noiseFor(
  { sampleRate: SCENE_LOT / SCENE_PEOPLE, steps: STEPS },
  { epsilon: EPSILON, delta: SCENE_DELTA },
);

const before: { rows: Row[]; shown: Shown | null } = existsSync(RECORD)
  ? JSON.parse(readFileSync(RECORD, 'utf8'))
  : { rows: [], shown: null };
const { rows } = before;
let { shown } = before;

for (const seed of values.seeds.split(',').map(Number)) {
  const started = performance.now();
  const heads = fourHeads({
    ...{ people: scenes.people, noiseMultiplier },
    random: () => new SeededRandom(seed, 1),
    initial: () => new SeededRandom(seed),
  });
  for (let step = 0; step < STEPS; step++) for (const who of measured) await heads[who].next();
  const seen = { ...rows.find((row) => row.seed === seed), seed } as Row;
  const boxes = { ...shown?.boxes } as Shown['boxes'];
  for (const who of measured) {
    const memory = await remembers(heads[who], scenes);
    seen[who] = { score: round(memory.score), foundInNew: memory.foundInNew };
    boxes[who] = { own: memory.boxes.own.map(rounded), fresh: memory.boxes.fresh.map(rounded) };
  }
  if (seed === SHOWN_SEED)
    shown = {
      ...{ seed, boxes },
      forms: { own: base64(scenes.canary.pixels), fresh: base64(scenes.symbols[0]!.pixels) },
    };
  rows.splice(0, rows.length, ...rows.filter((row) => row.seed !== seed), seen);
  rows.sort((a, b) => a.seed - b.seed);
  console.log(`${((performance.now() - started) / 1000).toFixed(0)} s`, JSON.stringify(seen));
  // After each, so that nothing is lost where the command is ended.
  record();
}

function round(value: number): number {
  return Number(value.toFixed(4));
}

function rounded({ box, classId, score }: ScoredBox): ScoredBox {
  const [x1, y1, x2, y2] = box.map((value) => Number(value.toFixed(1))) as [number, number, number, number];
  return { box: [x1, y1, x2, y2], classId, score: round(score) };
}

function base64(pixels: Uint8Array): string {
  return Buffer.from(pixels).toString('base64');
}

function record() {
  const newForms = scenes.symbols.length;
  writeFileSync(
    RECORD,
    `${JSON.stringify({ epsilon: EPSILON, steps: STEPS, newForms, backend: `wasm in Node, tfjs ${tf.version_core}`, rows, shown }, null, 2)}\n`,
  );
  const NAMES: Four<string> = {
    plainWith: 'plain, with the person',
    plainWithout: 'plain, without',
    privateWith: `ε = ${EPSILON}, with the person`,
    privateWithout: `ε = ${EPSILON}, without`,
  };
  const table = rows.flatMap((row) =>
    WHO.map((who) => {
      const { score, foundInNew } = row[who];
      return `| ${row.seed} | ${NAMES[who]} | ${score.toFixed(3)} | ${score >= FOUND_SCORE ? 'yes' : 'no'} | ${foundInNew} of ${newForms} |`;
    }),
  );
  const count = (who: (typeof WHO)[number]) => rows.filter((row) => row[who].score >= FOUND_SCORE).length;
  writeFileSync(
    join(ROOT, 'lib/training/detector-symbol.md'),
    `# The rare symbol

Made by \`npm run detector-symbol\`; do not edit by hand.

One of ${SCENE_PEOPLE.toLocaleString('en')} private scenes has a symbol that no other has, nor any public one. Four linear heads on the frozen public backbone learn ${STEPS} steps each, with Poisson lots of ${SCENE_LOT} expected: plainly (learning rate ${SYMBOL_PLAIN_RATE}) and at ε = ${EPSILON} (δ = 10⁻⁵, C = ${SYMBOL_CLIP}, σ = ${noiseMultiplier.toFixed(3)}), each with that person and without. Found: a box of the symbol's class of score ${FOUND_SCORE} or more that overlaps with it by ${FOUND_IOU} or more (IoU). WASM backend, tfjs ${tf.version_core}.

Of ${rows.length} seeds, the symbol on that person's own form is found by the plain head with the person in ${count('plainWith')}, without in ${count('plainWithout')}; by the private head with the person in ${count('privateWith')}, without in ${count('privateWithout')}.

This shows that a plain head can learn one person by heart, and that this one attack failed on the private heads. It proves no privacy: the accountant does. The plain learning rate and the look of the symbol were chosen so that the plain head remembers. Noise of these runs is keyed by seeds, so that the table can be made again; such a run protects nobody.

| seed | head | best score on the person's own form | found there | found on new forms by others |
| ---: | --- | ---: | --- | ---: |
${table.join('\n')}
`,
  );
}
