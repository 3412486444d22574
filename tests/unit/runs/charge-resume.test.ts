/** A training run that broke off and goes on costs what an uninterrupted one does, and what was announced twice. */
import 'fake-indexeddb/auto';
import { beforeEach, expect, test, vi } from 'vitest';
import { type Ledger, LedgerError, type LedgerEvent, openLedger } from '@/lib/ledger';
import { chargedSteps } from '@/lib/ledger/charge';
import { epsilonOf } from '@/lib/ledger/totals';
import { composeRdp } from '@/lib/privacy';
import { MNIST_DELTA, mnistAccount } from '@/lib/runs/accounts/mnist';
import { DIGIT_CHECKPOINTS, discardRun } from '@/lib/runs/broken-off';
import { type ChargedRun, resumeRun } from '@/lib/runs/charge-run';
import { chargeTraining, resumeTraining, type TrainingPlan } from '@/lib/runs/charge-training';

const STEPS = 60;
const plan = (seed: number | null): TrainingPlan => ({
  title: 'Private',
  plainTitle: 'Plain',
  account: mnistAccount('ab'.repeat(32), 60_000),
  sampleRate: 0.03,
  noiseMultiplier: 1.5,
  steps: STEPS,
  seed,
  settings: {},
  plainSettings: {},
  backend: null,
});

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});

function inHand<T extends { ok: true; charged: ChargedRun } | { ok: false }>(decision: T) {
  if (!decision.ok) throw new Error('refused');
  return decision as Extract<T, { ok: true }>;
}

/** Announces 25 steps, keeps a checkpoint at step 10, and breaks off. */
async function brokenAt10(seed: number | null) {
  const { charged } = inHand(await chargeTraining(plan(seed)));
  await charged.announce(10);
  await charged.announce(25);
  charged.leave();
  return { privately: charged.event, plainly: charged.beside! };
}

async function events(): Promise<readonly LedgerEvent[]> {
  const ledger = await openLedger();
  const found = ledger.snapshot().events;
  ledger.close();
  return found;
}
/** Ends one of the two, as another tab might. */
const closed = async (id: string) => inHand(await resumeRun(id, 10, 'identical')).charged.close('error', 10);
const ofId = async (id: string) => (await events()).find((event) => event.id === id)!;
const rdp = (steps: number) =>
  composeRdp([{ kind: 'poisson-gaussian', sampleRate: 0.03, noiseMultiplier: 1.5, steps }], MNIST_DELTA)
    .epsilon;

test.each([
  { repeats: 'fresh' as const, seed: null, again: 15 },
  { repeats: 'identical' as const, seed: 4, again: 0 },
])('steps repeated as $repeats ones: $again more', async ({ repeats, seed, again }) => {
  const ids = await brokenAt10(seed);
  expect(chargedSteps(await ofId(ids.privately))).toBe(STEPS);
  const { charged, repeated } = inHand(await resumeTraining(plan(seed), ids, 10, repeats));
  expect(repeated).toBe(again);
  expect(charged.announced()).toBe(10);
  await charged.announce(40);
  await charged.announce(STEPS);
  await charged.close('finished', STEPS);

  const done = await ofId(ids.privately);
  expect(chargedSteps(done)).toBe(STEPS + again);
  if (seed === null) {
    expect(epsilonOf([done], MNIST_DELTA, 'rdp')).toBeCloseTo(rdp(STEPS + again), 9);
    expect(rdp(STEPS + again)).toBeGreaterThan(rdp(STEPS));
  }
  const plain = await ofId(ids.plainly);
  expect(plain.noise).toBe('none');
  expect(plain.closing?.reason).toBe('finished');
  expect(chargedSteps(plain)).toBe(STEPS);
  expect(await events()).toHaveLength(2);
});

test('a run that goes on and is stopped pays for what ran, and closes both records', async () => {
  const ids = await brokenAt10(null);
  const { charged } = inHand(await resumeTraining(plan(null), ids, 10, 'fresh'));
  await charged.announce(30);
  await charged.close('user', 30);
  expect((await ofId(ids.privately)).closing?.reason).toBe('user');
  expect((await ofId(ids.plainly)).closing?.reason).toBe('user');
});

test('a plain record that was closed meanwhile never blocks: a new one is written', async () => {
  const ids = await brokenAt10(null);
  await closed(ids.plainly);
  const { charged } = inHand(await resumeTraining(plan(null), ids, 10, 'fresh'));
  expect(charged.beside).not.toBe(ids.plainly);
  await charged.announce(STEPS);
  await charged.close('finished', STEPS);
  expect((await ofId(charged.beside!)).closing?.reason).toBe('finished');
});

test('a private record that was closed is not gone on with', async () => {
  const ids = await brokenAt10(null);
  await closed(ids.privately);
  await expect(resumeTraining(plan(null), ids, 10, 'fresh')).rejects.toThrow(LedgerError);
});

test('a discarded run closes both records, unless one was forgotten', async () => {
  const asked: string[] = [];
  const ledger = (known: string[]) =>
    ({
      snapshot: () => ({ events: known.map((id) => ({ id })) }),
      closeInterrupted: async (id: string) => void asked.push(id),
    }) as unknown as Ledger;
  const run = { event: 'a', plainEvent: 'b' };
  await discardRun(ledger(['a', 'b']), DIGIT_CHECKPOINTS, run);
  await discardRun(ledger(['b']), DIGIT_CHECKPOINTS, run);
  expect(asked).toEqual(['a', 'b', 'b']);
});
