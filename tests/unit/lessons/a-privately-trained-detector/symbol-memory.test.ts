/** The canary: who remembers a symbol that one person alone drew. A small crowd and few steps, seeded. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import {
  prepareScenes,
  type SymbolScenes,
} from '@/components/lessons/a-privately-trained-detector/experiments/scene-training';
import {
  fourHeads,
  type Memory,
  remembers,
  withoutFirst,
} from '@/components/lessons/a-privately-trained-detector/experiments/symbol-memory';
import { type Four, WHO } from '@/components/lessons/a-privately-trained-detector/symbol-account';
import { SCENE_BACKBONE_FILE } from '@/lib/detection/scenes';
import { SeededRandom } from '@/lib/random';
import { SCENE_FEATURE_WIDTH } from '@/lib/training';
import { startBackend } from '@/tests/harness/backend';
import { preparedMnist } from '@/tests/harness/prepared';
import { PUBLIC } from '@/tests/harness/root';

const STEPS = 60;
let scenes: SymbolScenes;
beforeAll(async () => {
  await startBackend('wasm');
  scenes = await prepareScenes({
    mnist: await preparedMnist(),
    backbone: new Uint8Array(readFileSync(join(PUBLIC, SCENE_BACKBONE_FILE))),
    ...{ size: 300, tests: 2 },
  });
});

it('leaves out the first person and nobody else', () => {
  const { people } = scenes;
  const others = withoutFirst(people);
  expect(others.size).toBe(people.size - 1);
  expect(others.features[0]).toBe(people.features[SCENE_FEATURE_WIDTH]);
  expect(others.squaredNorms).toEqual(people.squaredNorms.slice(1));
  const each = people.targets!.values.length / people.size;
  expect(others.targets!.values).toEqual(people.targets!.values.slice(each));
  // A symbol in the targets of the first alone: class 10 of 11, and five numbers of the box behind them.
  const symbols = (values: Float32Array) => values.filter((value, i) => i % 16 === 10 && value === 1).length;
  expect([symbols(people.targets!.values), symbols(others.targets!.values)]).toEqual([1, 0]);
});

it('is remembered by the plain head that had the person, and by none of the others', async () => {
  const heads = fourHeads({
    ...{ people: scenes.people, expectedBatchSize: 100, noiseMultiplier: 2.5 },
    random: () => new SeededRandom(1, 1),
    initial: () => new SeededRandom(1),
  });
  for (let step = 0; step < STEPS; step++) for (const who of WHO) await heads[who].next();
  const seen = {} as Four<Memory>;
  for (const who of WHO) seen[who] = await remembers(heads[who], scenes);
  expect(WHO.map((who) => [who, seen[who].found])).toEqual([
    ['plainWith', true],
    ['plainWithout', false],
    ['privateWith', false],
    ['privateWithout', false],
  ]);
  // And it knows the symbol, not only that form.
  expect(seen.plainWith.foundInNew).toBeGreaterThan(scenes.symbols.length / 3);
  expect(seen.plainWithout.foundInNew).toBe(0);
});
