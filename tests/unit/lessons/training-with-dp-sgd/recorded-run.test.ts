/** The recording is of the very training that the site runs: its first steps, trained again, are the same to the digit. */
import { expect, test, vi } from 'vitest';
import {
  type TrainMnistUpdate,
  trainMnist,
} from '@/components/lessons/training-with-dp-sgd/experiments/train-mnist';
import { pictureOf } from '@/components/lessons/training-with-dp-sgd/weight-pictures';
import type { RecordedCurves } from '@/components/training/epsilon-panel/recorded';
import recordedCurves from '@/components/training/epsilon-panel/recorded.json';
import { FIXED } from '@/components/training/epsilon-panel/run';
import { marksOf, packMarks } from '@/components/training/epsilon-panel/wall';
import { plainContext } from '@/tests/harness/experiment';
import { fetchFromDisk, preparedMnist } from '@/tests/harness/prepared';

const recorded = recordedCurves as RecordedCurves;

async function train(settings: object, evaluations: number): Promise<TrainMnistUpdate[]> {
  await preparedMnist();
  vi.stubGlobal('fetch', fetchFromDisk);
  const updates: TrainMnistUpdate[] = [];
  const report = ({ update }: { update?: TrainMnistUpdate }) => {
    if (update) updates.push(update);
  };
  const params = trainMnist.params.parse({ ...FIXED, noiseSource: 'seeded', seed: 1, ...settings });
  await trainMnist.run(params, plainContext({ report }), evaluations);
  vi.unstubAllGlobals();
  return updates;
}

test('eight steps at ε = 2 read what was recorded', async () => {
  const { epsilon, noiseMultiplier, right } = recorded.private.find((run) => run.epsilon === 2)!;
  expect(epsilon).toBe(recorded.film.epsilon);
  const { seed } = recorded.made;
  const updates = await train({ noiseMultiplier, steps: 8, seed }, 2);
  const counted = (which: 'privateAccuracy' | 'plainAccuracy') =>
    updates.map((update) => Math.round(update[which] * recorded.tested));
  const first = (list: string) => list.split(' ').slice(0, 3).map(Number);
  expect(updates.map(({ step }) => step)).toEqual([0, 4, 8]);
  expect(counted('privateAccuracy')).toEqual(first(right));
  expect(counted('plainAccuracy')).toEqual(first(recorded.plain.right));
  const walls = updates.map(({ wall }) => packMarks(marksOf(wall).privateRight));
  expect(walls).toEqual(recorded.film.privateRight.split(' ').slice(0, 3));
  expect(updates.at(-1)!.weights).toBeNull();
}, 120_000);

test('softmax regression on pixels shows its weights: the plain ones are nothing where nobody writes', async () => {
  const settings = { features: 'pixels', people: 'eighth', noiseMultiplier: 5, steps: 2 };
  const [start, , end] = await train(settings, 2);
  const corner = (update: TrainMnistUpdate, which: 'private' | 'plain') =>
    Array.from({ length: 10 }, (_, digit) => pictureOf(update.weights![which], digit)[0]);
  expect(new Set(start!.weights!.private.greys).size).toBe(1);
  expect(new Set(corner(end!, 'plain'))).toEqual(new Set([128]));
  expect(new Set(corner(end!, 'private')).size).toBeGreaterThan(3);
}, 120_000);
