/**
 * Where the words of a run's noise come from. No two runs and no two workers share any, they come from the system's generator, and
 * what a run says of its noise is what it drew.
 */
import { afterEach, expect, test, vi } from 'vitest';
import type { ExperimentContext } from '@/lib/runtime/experiment';
import type { FromWorker } from '@/lib/runtime/protocol';
import { WorkerHost } from '@/lib/runtime/worker-host';
import { experiment } from './support/fake-worker';

afterEach(() => vi.restoreAllMocks());

const WORDS = 4096;

type Draw = (random: ExperimentContext<never>['random']) => unknown;

/** One run in a worker of its own. @returns its last message */
async function runOnce(draw: Draw): Promise<Extract<FromWorker, { type: 'done' }>> {
  const messages: FromWorker[] = [];
  const host = new WorkerHost({
    post: (message) => messages.push(message),
    load: async () => experiment(async (_: number, context) => draw(context.random)),
    startBackend: async () => {
      throw new Error('no backend here');
    },
    watchDevice: () => {},
    askDevice: async () => null,
    memory: () => null,
  });
  host.receive({ type: 'run', runId: 1, experimentId: 'draw', params: 1 });
  await expect.poll(() => messages.some(({ type }) => type === 'done')).toBe(true);
  return messages.find(({ type }) => type === 'done') as Extract<FromWorker, { type: 'done' }>;
}

const secureWords: Draw = (random) => {
  const source = random.secure();
  return Array.from({ length: WORDS }, () => source.uint32());
};

test('two runs and two workers never share a word of noise', async () => {
  const runs = [];
  for (let i = 0; i < 4; i++) runs.push((await runOnce(secureWords)).result as number[]);
  // Among 16,384 words two are equal by chance with probability 3 %; three, or a pair in one place, as good as never.
  const all = runs.flat();
  expect(all.length - new Set(all).size).toBeLessThan(4);
  for (let i = 0; i < WORDS; i++) expect(new Set(runs.map((words) => words[i])).size).toBeGreaterThan(1);
});

test('cryptographic words are those that the system gave', async () => {
  const given: number[] = [];
  const real = globalThis.crypto.getRandomValues.bind(globalThis.crypto);
  vi.spyOn(globalThis.crypto, 'getRandomValues').mockImplementation((array) => {
    const filled = real(array as Uint32Array<ArrayBuffer>);
    for (const word of filled as Uint32Array) given.push(word);
    return filled as never;
  });
  const { result, facts } = await runOnce(secureWords);
  expect(result).toEqual(given.slice(0, WORDS));
  expect(facts.noise).toBe('cryptographic');
});

test('what a run says of its noise is what it drew, and one seeded draw makes it seeded', async () => {
  const { facts: seeded, result } = await runOnce((random) => random.seeded(7).uint32());
  expect(seeded).toMatchObject({ noise: 'seeded', seed: 7 });
  expect((await runOnce((random) => random.seeded(7).uint32())).result).toBe(result);
  const { facts: both } = await runOnce((random) => {
    random.secure().uint32();
    random.seeded(7).uint32();
    return random.secure().uint32();
  });
  expect(both.noise).toBe('seeded');
  expect((await runOnce(() => 1)).facts.noise).toBeUndefined();
});
