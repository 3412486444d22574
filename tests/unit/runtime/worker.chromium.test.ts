import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type KernelKnowledge, machineOf } from '@/lib/runtime/kernel-memory';
import type { FromWorker } from '@/lib/runtime/protocol';
import { type GpuMode, type OpenSuite, openSuite } from '@/tests/harness/chromium';
import { hasChromium } from '@/tests/harness/find-chromium';
import type { Tried } from '../../pages/runtime/try-kernels';
import type { Input, Outcome } from '../../pages/runtime/worker';
import { expectLawful } from './support/contract';

const MODES: GpuMode[] = ['webgpu', 'no-gpu'];

describe.skipIf(!hasChromium()).each(MODES)('a worker in Chromium, %s', (gpu) => {
  let suite: OpenSuite;
  const preference = gpu === 'webgpu' ? 'webgpu' : 'wasm';
  beforeAll(async () => {
    suite = await openSuite('tests/pages/runtime/worker.ts', { gpu });
  });
  afterAll(() => suite?.close());

  async function play(input: Input): Promise<Outcome> {
    const outcome = await suite.call<Outcome>({ preference, ...input });
    expectLawful(outcome.messages);
    return outcome;
  }
  const of = <T extends FromWorker['type']>(messages: FromWorker[], type: T) =>
    messages.filter((message): message is Extract<FromWorker, { type: T }> => message.type === type);

  test('a run from start to end, on the backend asked for', async () => {
    const { snapshot, states, messages, memories, workers } = await play({ scenario: 'run' });
    expect(states).toEqual(['preparing', 'running', 'done']);
    // A cyclic shift of 24 to the power of 60: no entry is left on the diagonal.
    expect(snapshot.result).toEqual({ trace: 0 });
    expect(snapshot.backend?.name).toBe(preference);
    expect(snapshot.provenance).toMatchObject({ origin: 'live', backend: preference, noise: 'none' });
    // Thinned on the way, and none of the sixty is lost.
    expect((snapshot.updates as { step: number }[]).map(({ step }) => step)).toEqual(
      Array.from({ length: 60 }, (_, i) => i + 1),
    );
    expect(of(messages, 'progress').length).toBeLessThan(60);
    expect(workers).toBe(1);
    // The whole run, its update tensors included, has given its memory back; then the worker was ended.
    expect(memories.at(-2)).toEqual({ tensors: 0, tensorBytes: 0 });
    expect(memories.at(-1)).toBeNull();
  });

  test('Stop at step 5 stops, keeps what was there, and the worker with it', async () => {
    const { snapshot, states, workers, tookMs } = await play({ scenario: 'stop' });
    expect(states).toEqual(['preparing', 'running', 'stopped']);
    expect(snapshot.step).toBeGreaterThanOrEqual(5);
    expect(snapshot.step).toBeLessThan(1_000_000);
    expect(snapshot.updates.length).toBe(snapshot.step);
    expect(snapshot.failure).toBeNull();
    expect(workers).toBe(1);
    console.log(`Stop took ${tookMs.toFixed(0)} ms on ${preference}`);
  });

  test('what a trial of kernels found is told to the page, known to the next worker, and overruled', async () => {
    const { snapshot, workers, extra } = await play({ scenario: 'kernels' });
    const { results, machines } = extra as Pick<KernelKnowledge, 'machines'> & { results: Tried[] };
    expect(workers).toBe(3);
    expect(results.map(({ chosen }) => chosen)).toEqual([results[0]!.chosen, results[0]!.chosen, 'stock']);
    // On a software adapter there is no leisure for a contest.
    expect(results[0]!.turns > 0).toBe(!snapshot.backend!.softwareGpu);
    expect(results.slice(1).map(({ turns }) => turns)).toEqual([0, 0]);
    expect(Object.keys(machines)).toEqual([machineOf(snapshot.backend!)]);
    expect(machines[machineOf(snapshot.backend!)]?.counting?.chosen).toBe(results[0]!.chosen);
  });

  test('a stopped cell runs again, in the same worker', async () => {
    const { snapshot, workers, extra } = await play({ scenario: 'restart' });
    expect((extra as Outcome['snapshot']).state).toBe('stopped');
    expect(snapshot.state).toBe('done');
    expect(snapshot.updates.length).toBe(60);
    expect(workers).toBe(1);
  });

  test.runIf(gpu === 'no-gpu')(
    'a busy loop is ended by force, and the next run gets a new worker',
    async () => {
      const { snapshot, workers, extra } = await play({ scenario: 'deaf' });
      const { state, tookMs } = extra as { state: string; tookMs: number };
      expect(state).toBe('stopped');
      console.log(`force took ${tookMs.toFixed(0)} ms on ${preference}`);
      expect(snapshot.state).toBe('done');
      expect(workers).toBe(2);
    },
  );

  test.runIf(gpu === 'no-gpu')('a busy loop does not keep a newer request waiting for ever', async () => {
    const { snapshot, workers } = await play({ scenario: 'deaf-superseded' });
    expect(snapshot.state).toBe('done');
    expect(snapshot.ranWith).toEqual({ size: 7, steps: 60 });
    expect(workers).toBe(2);
  });

  test('of 50 rapid requests the last one wins, and each is answered once', async () => {
    const { snapshot, messages, workers } = await play({ scenario: 'latest' });
    expect(snapshot.state).toBe('done');
    expect(snapshot.ranWith).toEqual({ size: 8, steps: 50 });
    expect(snapshot.updates.length).toBe(50);
    const ends = [...of(messages, 'done'), ...of(messages, 'stopped')].map(({ runId }) => runId);
    expect(ends.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    expect(of(messages, 'done').at(-1)?.runId).toBe(50);
    expect(workers).toBe(1);
  });

  test('an unknown experiment and unlawful parameters fail with a remedy', async () => {
    const unknown = await play({ scenario: 'unknown' });
    expect(unknown.snapshot.failure).toMatchObject({ code: 'experiment-unknown' });
    const invalid = await play({ scenario: 'invalid' });
    expect(invalid.snapshot.failure).toMatchObject({ code: 'parameter-out-of-range' });
    expect(invalid.snapshot.failure?.remedy).not.toBe('');
  });

  test.runIf(gpu === 'webgpu')('a lost device fails the run; the next backend takes it up', async () => {
    const { snapshot, messages, workers, extra } = await play({ scenario: 'lost' });
    const lost = extra as Outcome['snapshot'];
    expect(lost.state).toBe('failed');
    expect(lost.failure).toMatchObject({ code: 'device-lost' });
    expect(lost.failure?.remedy).toMatch(/next backend/);
    expect(lost.updates.length).toBeGreaterThanOrEqual(3);
    // Restarted: asked for webgpu as before, and given something else.
    expect(workers).toBe(2);
    expect(snapshot.state).toBe('stopped');
    expect(snapshot.step).toBeGreaterThanOrEqual(3);
    expect(of(messages, 'backend').map(({ backend }) => backend.name)).toEqual(['webgpu', 'wasm']);
    expect(snapshot.backend?.refused.map(({ name }) => name)).toContain('webgpu');
  });

  test.runIf(gpu === 'webgpu')('a device lost between runs goes unnoticed', async () => {
    const { snapshot, workers, extra } = await play({ scenario: 'lost-idle' });
    expect((extra as Outcome['snapshot']).state).toBe('done');
    expect(snapshot.state).toBe('done');
    expect(snapshot.backend?.name).toBe('webgpu');
    expect(workers).toBe(2);
  });
});
