/** The lesson's experiments as a worker runs them, with files from disk. Seeds are fixed. */
import 'fake-indexeddb/auto';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { federatedMasks } from '@/components/lessons/federated-learning/experiments/masks';
import { federatedPeek } from '@/components/lessons/federated-learning/experiments/peek';
import { federatedRounds } from '@/components/lessons/federated-learning/experiments/rounds';
import { openLedger } from '@/lib/ledger';
import { dpSgdEpsilon } from '@/lib/privacy';
import { SeededRandom } from '@/lib/random';
import { CLIENTS } from '@/lib/runs/accounts/clients';
import type { ProvenanceFacts } from '@/lib/runtime/experiment';
import { plainContext } from '@/tests/harness/experiment';
import { fetchFromDisk, preparedMnist } from '@/tests/harness/prepared';

beforeAll(async () => {
  await preparedMnist();
  vi.stubGlobal('fetch', fetchFromDisk);
});

/** The noise for privacy is seeded here too. */
const random = { secure: () => new SeededRandom(1), seeded: (seed: number) => new SeededRandom(seed) };
const context = (facts: ProvenanceFacts = {}) =>
  plainContext<never>({ describe: (more) => Object.assign(facts, more), random });

describe('what the server sees', () => {
  const settings = {
    digit: 18,
    digits: 1,
    localSteps: 5,
    maxUpdateNorm: 1,
    noiseMultiplier: 1,
    clients: 50,
    seed: 1,
  };

  test('bare and clipped updates give the picture away; noise and sums do not', async () => {
    const facts: ProvenanceFacts = {};
    const { read, label } = await federatedPeek.run(settings, context(facts));
    expect(label).toBe(3);
    expect(read.alone.ssim).toBeGreaterThan(0.99);
    expect(read.clipped.ssim).toBeGreaterThan(0.99);
    expect(read.noisy.ssim).toBeLessThan(0.2);
    expect(read.sum.ssim).toBeLessThan(0.6);
    expect(facts.noise).toBe('seeded');
  });
});

describe('a sum of secrets', () => {
  const settings = { clients: 5, dropped: 0, repair: false, shown: 0, seed: 1 };

  test('exact; broken by a drop-out; exact again once seeds are revealed', async () => {
    const whole = await federatedMasks.run(settings, context());
    expect(whole).toMatchObject({ numbers: 7850, exact: 7850, pairs: 10, survivors: 5 });
    expect(whole.serverSum).toEqual(whole.trueSum);
    // A share of ones in 251,200 fair bits: 1 % off is ten standard errors.
    expect(Math.abs(whole.ones - 0.5)).toBeLessThan(0.01);
    const broken = await federatedMasks.run({ ...settings, dropped: 1 }, context());
    expect(broken).toMatchObject({ exact: 0, survivors: 4 });
    const repaired = await federatedMasks.run({ ...settings, dropped: 2, repair: true }, context());
    expect(repaired).toMatchObject({ exact: 7850, survivors: 3 });
  });
});

test('rounds are charged for clients, private and plain, and both models learn', async () => {
  const { last, refusal, epsilon } = await federatedRounds.run(
    {
      noiseMultiplier: 1.3,
      maxUpdateNorm: 1,
      rounds: 3,
      clientsPerRound: 60,
      localSteps: 2,
      noisePlace: 'central',
      deal: 'two-kinds',
      noiseSource: 'cryptographic',
      seed: 1,
    },
    context(),
  );
  expect(refusal).toBeNull();
  expect(epsilon).toBeCloseTo(
    dpSgdEpsilon({
      sampleRate: 60 / CLIENTS,
      noiseMultiplier: 1.3,
      steps: 3,
      delta: 1e-4,
      accountant: 'pld',
    }),
    9,
  );
  expect(last!.privateAccuracy).toBeGreaterThan(0.25);
  expect(last!.plainAccuracy).toBeGreaterThan(0.25);
  const drawn = last!.lengths.filter((length) => length !== null).length;
  // 60 expected, standard deviation 7.3.
  expect(drawn).toBeGreaterThan(25);
  expect(drawn).toBeLessThan(95);
  const ledger = await openLedger({ version: 'test' });
  const { accounts, events } = await ledger.snapshot();
  expect(accounts.map(({ unit, relation, delta }) => ({ unit, relation, delta }))).toEqual([
    { unit: 'client', relation: 'add-or-remove-one', delta: 1e-4 },
  ]);
  expect(events.map(({ kind, noise }) => [kind, noise]).sort()).toEqual([
    ['federated', 'none'],
    ['federated', 'secure'],
  ]);
  ledger.close();
});
