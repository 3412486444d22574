/** A private run and its plain twin in the ledger: both or neither, and closed however the work ends. */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { releaseOfCharge } from '@/components/label/release-of-charge';
import { scenePhases, sceneRelease } from '@/components/lessons/a-privately-trained-detector/account';
import { trainPhases, trainRelease } from '@/components/lessons/training-with-dp-sgd/account';
import { chargedReleaseSchema, openLedger } from '@/lib/ledger';
import { chargedSteps } from '@/lib/ledger/charge';
import { mnistAccount } from '@/lib/runs/accounts/mnist';
import { chargeTraining } from '@/lib/runs/charge-training';
import { chargeTwins, type Twins } from '@/lib/runs/charge-twins';
import { privacyLabel } from '@/lib/runs/label';
import { poissonPhases } from '@/lib/runs/phases';
import { whileCharged } from '@/lib/runs/while-charged';
import type { ProvenanceFacts } from '@/lib/runtime/experiment';

const STEPS = 40;
const run = { sampleRate: 0.02, noiseMultiplier: 1.2, steps: STEPS };
const account = mnistAccount('ab'.repeat(32), 60_000);
const twins: Twins = {
  account,
  both: { kind: 'training', shows: 'progress' },
  seed: null,
  privately: { title: 'private', phases: poissonPhases(run), settings: {} },
  plainly: { title: 'plain', phases: poissonPhases({ ...run, noiseMultiplier: 0 }), settings: {} },
};

async function events() {
  const ledger = await openLedger();
  const found = ledger.snapshot().events;
  ledger.close();
  return found;
}

async function inHand() {
  const decision = await chargeTwins(twins);
  if (!decision.ok) throw new Error('refused');
  return decision.charged;
}

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});

describe('charging', () => {
  test('writes both down: the one with its noise, the other as without any', async () => {
    await inHand();
    const noises = (await events()).map(({ title, noise }) => [title, noise]);
    expect(Object.fromEntries(noises)).toEqual({ private: 'secure', plain: 'none' });
  });

  test('charges neither where the twin cannot be written down', async () => {
    const broken = { ...twins, plainly: { ...twins.plainly, phases: [] } };
    await expect(chargeTwins(broken)).rejects.toThrow();
    const found = await events();
    expect(found.map(({ closing }) => closing?.reason)).toEqual(['error']);
    expect(found.map(chargedSteps)).toEqual([0]);
  });

  test('charges neither where the budget refuses', async () => {
    const ledger = await openLedger();
    const { id } = await ledger.account(account);
    await ledger.setBudget(id, 0.01, 'pld', 'a test');
    ledger.close();
    expect((await chargeTwins(twins)).ok).toBe(false);
    expect(await events()).toEqual([]);
  });
});

describe('the work', () => {
  const never = new AbortController().signal;
  const ends = async () =>
    (await events()).map(({ closing }) => [closing?.reason ?? 'open', closing?.reached ?? null]);

  test('says what it is charged for, so that its ε has a label wherever it goes', async () => {
    const told: ProvenanceFacts[] = [];
    const charged = await inHand();
    await whileCharged(
      charged,
      { signal: never, describe: (facts) => told.push(facts) },
      async (announce) => {
        for (let step = 1; step <= STEPS; step++) await announce(step);
      },
    );
    const [only] = told.map((facts) => facts.charged);
    expect(only).toEqual(charged.release);
    expect(chargedReleaseSchema.parse(JSON.parse(JSON.stringify(only)))).toEqual(only);
    expect(only).toMatchObject({ title: twins.privately.title, account, runs: 1 });
    expect(only!.events).toEqual(twins.privately.phases[0]!.perStep.map((one) => ({ ...one, steps: STEPS })));
    // The label made from it is that of the charge.
    const label = privacyLabel(releaseOfCharge(only!));
    expect(label).toMatchObject({ epsilon: only!.epsilon, delta: account.delta, runs: 1 });
  });

  test('that is done closes both as finished', async () => {
    const found = await whileCharged(await inHand(), { signal: never, describe() {} }, async (announce) => {
      for (let step = 1; step <= STEPS; step++) await announce(step);
      return 'found';
    });
    expect(found).toBe('found');
    expect(await ends()).toEqual([
      ['finished', STEPS],
      ['finished', STEPS],
    ]);
  });

  test.each([
    ['a learner stops', true, 'user'],
    ['breaks', false, 'error'],
  ])('that %s closes both at the step it had begun', async (_, stops, reason) => {
    const control = new AbortController();
    const work = whileCharged(await inHand(), { signal: control.signal, describe() {} }, async (announce) => {
      for (let step = 1; step <= 7; step++) await announce(step);
      if (stops) control.abort();
      throw new Error('ended');
    });
    await expect(work).rejects.toThrow('ended');
    expect(await ends()).toEqual([
      [reason, 7],
      [reason, 7],
    ]);
  });

  test('that fails before its first step has cost nothing', async () => {
    const work = whileCharged(await inHand(), { signal: never, describe() {} }, async () => {
      throw new Error('no data');
    });
    await expect(work).rejects.toThrow('no data');
    expect((await events()).map(chargedSteps)).toEqual([0, 0]);
  });

  test('may say itself how far it came, and need not be charged at all', async () => {
    const work = whileCharged(
      await inHand(),
      { signal: never, describe() {} },
      async (announce) => {
        await announce(3);
        throw new Error('within the third step');
      },
      () => 2,
    );
    await expect(work).rejects.toThrow('third');
    expect((await ends()).map(([, reached]) => reached)).toEqual([2, 2]);
    expect(
      await whileCharged(null, { signal: never, describe() {} }, async (announce) =>
        announce(1).then(() => 5),
      ),
    ).toBe(5);
  });
});

describe('what is previewed is what is charged', () => {
  const settings = fc.record({
    noiseMultiplier: fc.double({ min: 0.3, max: 20, noNaN: true }),
    expectedBatchSize: fc.integer({ min: 16, max: 16_384 }),
    steps: fc.integer({ min: 1, max: 2000 }),
    clipping: fc.constantFrom('flat' as const, 'automatic' as const, 'adaptive' as const),
  });
  const plan = {
    title: '',
    plainTitle: '',
    account,
    seed: null,
    settings: {},
    plainSettings: {},
    backend: null,
  };
  const charged = async () => (await events()).find(({ noise }) => noise === 'secure')!.phases;

  test('for digits, whatever the settings', async () => {
    await fc.assert(
      fc.asyncProperty(settings, async (some) => {
        vi.stubGlobal('indexedDB', new IDBFactory());
        const one = { ...some, people: 'all' as const };
        await chargeTraining({ ...plan, title: 'a', plainTitle: 'b', ...trainRelease(one) });
        expect(await charged()).toEqual(trainPhases(one));
      }),
      { numRuns: 30 },
    );
  });

  test('for scenes', async () => {
    await chargeTraining({
      ...plan,
      title: 'a',
      plainTitle: 'b',
      ...sceneRelease({ noiseMultiplier: 1.4, steps: 9 }),
    });
    expect(await charged()).toEqual(scenePhases({ noiseMultiplier: 1.4, steps: 9 }));
  });
});
