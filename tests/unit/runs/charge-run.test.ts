/** A run in hand: nothing runs before it stands in the ledger that it will, and how it ended is told as it was. */
import 'fake-indexeddb/auto';
import { beforeEach, expect, test, vi } from 'vitest';
import { openLedger } from '@/lib/ledger';
import { chargedSteps } from '@/lib/ledger/charge';
import { mnistAccount } from '@/lib/runs/accounts/mnist';
import { chargeRun } from '@/lib/runs/charge-run';
import { poissonPhases } from '@/lib/runs/phases';

const STEPS = 60;

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});

async function inHand() {
  const decision = await chargeRun(mnistAccount('ab'.repeat(32), 60_000), {
    ...{ kind: 'training', shows: 'progress', title: 'a run', noise: 'secure', seed: null, settings: {} },
    phases: poissonPhases({ sampleRate: 0.02, noiseMultiplier: 1.2, steps: STEPS }),
  });
  if (!decision.ok) throw new Error('refused');
  return decision.charged;
}

/** As another page would read it. */
async function written() {
  const ledger = await openLedger();
  const [event] = ledger.snapshot().events;
  ledger.close();
  return event!;
}

test('each step stands in the ledger before it runs, at the edges of stretches too', async () => {
  const run = await inHand();
  for (let step = 1; step <= STEPS; step++) {
    await run.before(step);
    expect(run.announced(), `step ${step}`).toBeGreaterThanOrEqual(step);
    expect((await written()).attempts.at(-1)!.startedTo, `step ${step}`).toBeGreaterThanOrEqual(step);
  }
  await run.close('finished', STEPS);
});

test('a run that broke off at any step is charged for all that may have run', async () => {
  for (const broken of [1, 2, 25, 26, 27, 51, STEPS]) {
    vi.stubGlobal('indexedDB', new IDBFactory());
    const run = await inHand();
    for (let step = 1; step <= broken; step++) await run.before(step);
    const { attempts } = await written();
    expect(attempts.at(-1)!.startedTo).toBeGreaterThanOrEqual(broken);
    run.leave();
  }
});

test.each([
  ['finished', STEPS, 'completed', STEPS],
  ['user', 30, 'progress-shown', STEPS],
  ['error', 30, 'cause-unknown', STEPS],
  ['user', 0, 'nothing-ran', 0],
] as const)('ended by %s at step %i: %s, %i steps are charged', async (how, reached, rule, charged) => {
  const run = await inHand();
  for (let step = 1; step <= reached; step++) await run.before(step);
  await run.close(how, reached);
  const event = await written();
  expect(event.closing).toMatchObject({ rule, reason: how, reached });
  expect(chargedSteps(event)).toBe(charged);
});
