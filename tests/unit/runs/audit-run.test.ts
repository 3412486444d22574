/** An audit of a run is charged as the private run that it is, before it runs, and refused where the budget refuses it. */
import 'fake-indexeddb/auto';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openLedger } from '@/lib/ledger';
import { chargedSteps } from '@/lib/ledger/charge';
import { SeededRandom } from '@/lib/random';
import { type AuditedRun, auditRun } from '@/lib/runs/audit-run';
import { dense, makeDataset, softmaxCrossEntropy } from '@/lib/training';
import { startBackend } from '@/tests/harness/backend';
import { plainContext } from '@/tests/harness/experiment';

const SIZE = 100;
const STEPS = 20;

function asked(seed: number | null): AuditedRun {
  const random = new SeededRandom(1, 1);
  return {
    trainer: {
      layers: [dense({ inputs: 4, outputs: 2, bias: false })],
      loss: softmaxCrossEntropy,
      inputShape: [4],
      dataset: makeDataset(
        Float32Array.from({ length: SIZE * 4 }, () => random.gaussian()),
        Uint8Array.from({ length: SIZE }, () => random.integer(2)),
        4,
        2,
      ),
      expectedBatchSize: SIZE / 4,
      learningRate: 0.5,
      privacy: { maxGradNorm: 1, noiseMultiplier: 2 },
      random: new SeededRandom(1, 2),
      initial: new SeededRandom(1, 3),
    },
    release: { sampleRate: 0.25, noiseMultiplier: 2, steps: STEPS },
    account: {
      dataset: { hash: `sha256:${'cd'.repeat(32)}`, title: 'A hundred', size: SIZE },
      unit: 'example',
      relation: 'add-or-remove-one',
      delta: 1e-5,
    },
    delta: 1e-5,
    title: 'Audit: a test',
    settings: {},
    seed,
    coin: new SeededRandom(1, 4),
  };
}

beforeAll(() => startBackend('wasm'));
beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});

async function events() {
  const ledger = await openLedger();
  const found = ledger.snapshot().events;
  ledger.close();
  return found;
}

test('all steps are charged, and what is proven stays below what is claimed', async () => {
  const reported: number[] = [];
  const found = await auditRun(
    asked(null),
    plainContext<never>({ report: ({ step }) => reported.push(step ?? -1) }),
  );
  expect(found.refusal).toBeNull();
  expect(Math.max(...Object.values(found.bounds!))).toBeLessThan(found.claimed);
  expect(found.guesses).toBe(found.canaries / 5);
  expect(reported).toEqual(Array.from({ length: STEPS }, (_, i) => i + 1));
  const [event, ...others] = await events();
  expect(others).toEqual([]);
  expect(event).toMatchObject({ title: 'Audit: a test', noise: 'secure' });
  expect(chargedSteps(event!)).toBe(STEPS);
});

test('a seeded one is written down as such', async () => {
  await auditRun(asked(7), plainContext<never>());
  expect(await events()).toMatchObject([{ noise: 'seeded', seed: 7 }]);
});

test('a run that is stopped before its first step releases nothing', async () => {
  const stop = new AbortController();
  stop.abort(new Error('stopped'));
  await expect(auditRun(asked(null), plainContext<never>({ signal: stop.signal }))).rejects.toThrow();
});
