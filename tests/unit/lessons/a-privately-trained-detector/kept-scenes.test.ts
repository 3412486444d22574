/** Scenes as they are kept between visits: what comes back is what went in, and without storage there is nothing. */
import { expect, test } from 'vitest';
import {
  emptyPack,
  keepScenes,
  keptScenes,
  pack,
  unpack,
} from '@/components/lessons/a-privately-trained-detector/experiments/kept-scenes';
import {
  type SymbolScenes,
  sceneDataset,
} from '@/components/lessons/a-privately-trained-detector/experiments/scene-training';
import type { Scene } from '@/lib/data';
import { SeededRandom } from '@/lib/random';
import { SCENE_FEATURE_WIDTH } from '@/lib/training';

const random = new SeededRandom(1);
const scene = (objects: number): Scene => ({
  pixels: Uint8Array.from({ length: 64 * 64 }, () => random.integer(256)),
  objects: Array.from({ length: objects }, (_, i) => {
    const [x, y] = [40 * random.uniform(), 40 * random.uniform()];
    return { box: [x, y, x + 11.3, y + 17.9] as const, classId: i === 4 ? 10 : i };
  }),
});
const features = (count: number) =>
  Float32Array.from({ length: count * SCENE_FEATURE_WIDTH }, () => random.uniform());

function someScenes(): SymbolScenes {
  const people = [scene(5), scene(0), scene(3)];
  return {
    backbone: Uint8Array.of(1, 2, 3),
    people: sceneDataset(people, features(3)),
    canary: people[0]!,
    test: [scene(1), scene(4)],
    testFeatures: features(2),
    symbols: [scene(5)],
    symbolFeatures: features(1),
  };
}

test('are what they were, to the bit', () => {
  const scenes = someScenes();
  const packed = pack(scenes);
  const file = emptyPack(3, 2, 1);
  for (const [name, part] of Object.entries(packed)) {
    const kept = file[name as keyof typeof file];
    expect([name, kept.length]).toEqual([name, part.length]);
    (kept as Float64Array).set(part as Float64Array);
  }
  // Read in the order in which they are written.
  expect(Object.keys(packed)).toEqual(Object.keys(file));
  expect(unpack(file, scenes.backbone)).toEqual(scenes);
});

test('are composed anew where nothing can be kept', async () => {
  const breathe = async () => {};
  const scenes = someScenes();
  expect(await keepScenes('a hash', scenes, 'wasm', breathe)).toBe(false);
  expect(await keptScenes('a hash', scenes.backbone, 'wasm', breathe)).toBeNull();
});
