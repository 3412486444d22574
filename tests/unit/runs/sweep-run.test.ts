/** A sweep on digits made up for the test: charged run by run, stopped between steps, gone on with where it stopped. */
import 'fake-indexeddb/auto';
import { beforeAll, expect, test, vi } from 'vitest';
import { sweepMnist } from '@/components/lessons/training-with-dp-sgd/experiments/sweep-mnist';
import type { MnistFiles } from '@/lib/data';
import { openLedger } from '@/lib/ledger';
import type { SweepParams } from '@/lib/runs/sweep-runs';
import type { SweepPoint } from '@/lib/runs/sweep-store';
import { SITE_VERSION } from '@/lib/runtime/version';
import { startBackend } from '@/tests/harness/backend';
import { plainContext } from '@/tests/harness/experiment';

vi.mock('@/lib/data', async (original) => {
  // The mock comes before what this file imports.
  const { SeededRandom } = await import('@/lib/random');
  const draw = new SeededRandom(3);
  const digits = (size: number) => ({
    size,
    labels: Uint8Array.from({ length: size }, (_, i) => i % 10),
    images: Uint8Array.from({ length: size * 784 }, () => draw.integer(256)),
  });
  return {
    ...(await original<typeof import('@/lib/data')>()),
    openMnist: async (): Promise<MnistFiles> => {
      const splits = { train: digits(2100), test: digits(50) };
      return {
        sha256: 'ab'.repeat(32),
        sizes: { train: 2100, test: 50 },
        async read(wanted, take) {
          for (const split of wanted) await take({ split, from: 0, ...splits[split] });
        },
      };
    },
  };
});

const settings: SweepParams = {
  ...{ grid: 'quick', repeats: 1, steps: 2, noiseSource: 'cryptographic', seed: 1 },
};

const context = (signal: AbortSignal, seen: SweepPoint[]) =>
  plainContext<SweepPoint>({ signal, report: ({ update }) => update && seen.push(update) });

async function charges() {
  const ledger = await openLedger({ version: SITE_VERSION });
  try {
    return (await ledger.snapshot()).events.map(({ kind, noise, closing }) => ({ kind, noise, closing }));
  } finally {
    ledger.close();
  }
}

beforeAll(() => startBackend('cpu'));

test('stops, goes on with what is missing, and charges each run once', async () => {
  const stop = new AbortController();
  const seen: SweepPoint[] = [];
  const first = context(stop.signal, seen);
  const broken = sweepMnist.run(settings, {
    ...first,
    report: (progress) => {
      first.report(progress);
      // One step into the third run.
      if (progress.phase === 'run' && progress.step === 5) stop.abort(new Error('stopped'));
    },
  });
  await expect(broken).rejects.toThrow('stopped');
  expect(seen.map(({ epsilon }) => epsilon)).toEqual([null, 0.25]);
  expect((await charges()).map(({ noise }) => noise).sort()).toEqual(['none', 'secure', 'secure']);

  const later: SweepPoint[] = [];
  const { points, kept, refusal } = await sweepMnist.run(
    settings,
    context(new AbortController().signal, later),
  );
  expect(refusal).toBeNull();
  expect(kept).toBe(2);
  expect(points.map(({ epsilon }) => epsilon)).toEqual([null, 0.25, 1, 4]);
  expect(points.slice(0, 2)).toEqual(seen);
  const after = await charges();
  expect(after).toHaveLength(5);
  for (const { kind, closing } of after) {
    expect(kind).toBe('sweep');
    expect(closing).not.toBeNull();
  }

  // All done: nothing runs, nothing is charged.
  await sweepMnist.run(settings, context(new AbortController().signal, []));
  expect(await charges()).toHaveLength(5);
});
