import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CellRunner, RunnerOptions } from '@/lib/runtime/client';
import { pause } from '@/lib/runtime/pause';
import type { HostPorts } from '@/lib/runtime/worker-host';
import { expectLawful } from './support/contract';
import { experiment, fakeWorkers } from './support/fake-worker';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Time passes, in small steps, so that messages and timers take turns. */
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const sleep = (milliseconds: number) => new Promise((wake) => setTimeout(wake, milliseconds));

/** Counts to `steps`, one step every 10 ms, and honours Stop. */
const counting = experiment(async ({ steps }: { steps: number }, { signal, report }) => {
  for (let step = 1; step <= steps; step++) {
    await sleep(10);
    signal.throwIfAborted();
    report({ phase: 'run', step, total: steps, update: step });
  }
  return steps;
});
/** Never gives up, and never stops. */
const endless = experiment(async (_: never, { report }) => {
  for (let step = 1; ; step++) {
    await sleep(10);
    report({ phase: 'run', step, total: null });
  }
});
/** As the long ones of the lessons do: lets messages in after each step. */
const pausing = experiment(async ({ steps }: { steps: number }, { signal, report }) => {
  for (let step = 1; step <= steps; step++) {
    await sleep(10);
    await pause(signal);
    report({ phase: 'run', step, total: steps, update: step });
  }
  return steps;
});
const all = { counting, endless, pausing };
const count = (runner: CellRunner, steps: number, keepShown = false) =>
  runner.run({ id: 'counting', params: { steps } }, keepShown);

describe('a run', () => {
  test('goes from preparing through running to done, and shows every update', async () => {
    const { runner, messages } = fakeWorkers(all);
    const states: string[] = [];
    runner.subscribe(() => states.push(runner.snapshot().state));
    count(runner, 30);
    expect(runner.snapshot()).toMatchObject({ state: 'preparing', ranWith: { steps: 30 } });
    await pass(1000);
    expect([...new Set(states)]).toEqual(['preparing', 'running', 'done']);
    expect(runner.snapshot()).toMatchObject({
      state: 'done',
      result: 30,
      step: 30,
      total: 30,
      failure: null,
    });
    expect(runner.snapshot().updates).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    expectLawful(messages);
  });

  test('is not told faster than eight times a second', async () => {
    const { runner, messages } = fakeWorkers(all);
    count(runner, 200);
    await pass(3000);
    const told = messages.filter(({ type }) => type === 'progress').length;
    // Two seconds of reports, the first and the last of them besides.
    expect(told).toBeLessThanOrEqual(18);
    expect(told).toBeGreaterThanOrEqual(14);
    expect(runner.snapshot().updates).toHaveLength(200);
  });

  test('says what its randomness was, whatever it forgets to say', async () => {
    const { runner } = fakeWorkers({
      none: experiment(async () => 1),
      secure: experiment(async (_: never, { random }) => random.secure().uniform()),
      seeded: experiment(
        async (_: never, { random }) => random.seeded(7).uniform() + random.secure().uniform(),
      ),
      described: experiment(async (_: never, { random, describe: say }) => {
        random.seeded(7);
        say({ noise: 'cryptographic', seed: null, epsilon: 2 });
        say({ delta: 1e-5 });
      }),
    });
    const noiseOf = async (id: string) => {
      runner.run({ id, params: {} });
      await pass(10);
      return runner.snapshot().provenance;
    };
    expect(await noiseOf('none')).toMatchObject({ origin: 'live', noise: 'none', seed: null, backend: null });
    expect(await noiseOf('secure')).toMatchObject({ noise: 'cryptographic', seed: null });
    // One seeded draw and the whole run can be repeated: it protects nobody.
    expect(await noiseOf('seeded')).toMatchObject({ noise: 'seeded', seed: 7 });
    expect(await noiseOf('described')).toMatchObject({
      noise: 'cryptographic',
      seed: null,
      epsilon: 2,
      delta: 1e-5,
    });
  });

  test('of an experiment that throws fails with its code, and the next one works', async () => {
    const { runner, workers } = fakeWorkers({
      ...all,
      broken: experiment(async () => {
        throw Object.assign(new Error('The picture is empty.'), {
          code: 'image-malformed',
          remedy: 'Choose another.',
        });
      }),
    });
    runner.run({ id: 'broken', params: {} });
    await pass(10);
    expect(runner.snapshot()).toMatchObject({
      state: 'failed',
      failure: { code: 'image-malformed', message: 'The picture is empty.', remedy: 'Choose another.' },
    });
    count(runner, 1);
    await pass(100);
    expect(runner.snapshot()).toMatchObject({ state: 'done', failure: null });
    expect(workers).toHaveLength(1);
  });

  test('that aborts of itself has failed: only Stop stops', async () => {
    const { runner } = fakeWorkers({
      aborting: experiment(async () => {
        throw new DOMException('the reading was aborted', 'AbortError');
      }),
    });
    runner.run({ id: 'aborting', params: {} });
    await pass(10);
    expect(runner.snapshot().state).toBe('failed');
  });
});

describe('Stop', () => {
  test('keeps what was there, with its provenance, and the worker', async () => {
    const { runner, workers, messages } = fakeWorkers(all);
    count(runner, 1000);
    await pass(300);
    runner.stop();
    await pass(50);
    const { state, step, updates, provenance } = runner.snapshot();
    expect(state).toBe('stopped');
    expect(updates).toHaveLength(step);
    expect(step).toBeGreaterThan(20);
    expect(provenance?.origin).toBe('live');
    await pass(5000);
    expect(runner.snapshot().step).toBe(step);
    expect(workers).toHaveLength(1);
    expect(workers[0]?.terminated).toBe(false);
    expectLawful(messages);
  });

  test('that is not honoured shows within 200 ms, and ends the worker after two seconds, not before', async () => {
    const { runner, workers } = fakeWorkers(all);
    runner.run({ id: 'endless', params: {} });
    await pass(300);
    runner.stop();
    await pass(200);
    const stopped = runner.snapshot();
    expect(stopped.state).toBe('stopped');
    await pass(1700);
    expect(workers[0]?.terminated).toBe(false);
    // What the worker goes on to report is no longer shown.
    expect(runner.snapshot()).toEqual(stopped);
    await pass(200);
    expect(workers[0]?.terminated).toBe(true);
    count(runner, 3);
    await pass(100);
    expect(runner.snapshot()).toMatchObject({ state: 'done', result: 3 });
    expect(workers).toHaveLength(2);
  });

  test('that a worker hears late still tells how the results came to be, whether it stopped or was done', async () => {
    const late = (end: 'stops' | 'finishes') =>
      experiment(async (_: never, { random, report, signal }) => {
        random.seeded(7);
        report({ phase: 'run', step: 1, total: 2, update: 'shown' });
        await sleep(1000);
        if (end === 'stops') signal.throwIfAborted();
        report({ phase: 'run', step: 2, total: 2, update: 'too late' });
        return 'too late';
      });
    const { runner, workers } = fakeWorkers({ stops: late('stops'), finishes: late('finishes') });
    for (const id of ['stops', 'finishes']) {
      runner.run({ id, params: { id } });
      await pass(300);
      runner.stop();
      await pass(160);
      const { endedAt } = runner.snapshot();
      expect(runner.snapshot()).toMatchObject({ state: 'stopped', updates: ['shown'], provenance: null });
      await pass(1000);
      expect(runner.snapshot()).toMatchObject({
        ...{ state: 'stopped', updates: ['shown'], result: null, endedAt },
        provenance: { noise: 'seeded', seed: 7 },
      });
    }
    expect(workers).toHaveLength(1);
  });

  test('then Run, while the worker is still at the old run: the new one follows it', async () => {
    const slow = experiment(async (_: never, { signal }) => {
      await sleep(1000);
      signal.throwIfAborted();
    });
    const { runner, workers } = fakeWorkers({ ...all, slow });
    runner.run({ id: 'slow', params: {} });
    await pass(100);
    runner.stop();
    await pass(200);
    count(runner, 3);
    expect(runner.snapshot().state).toBe('preparing');
    await pass(1000);
    expect(runner.snapshot()).toMatchObject({ state: 'done', result: 3 });
    expect(workers).toHaveLength(1);
  });

  test('pressed again and again does not put off the end', async () => {
    const { runner } = fakeWorkers(all);
    runner.run({ id: 'endless', params: {} });
    for (let i = 0; i < 25; i++) {
      await pass(100);
      runner.stop();
    }
    expect(runner.snapshot().state).toBe('stopped');
  });

  test('during the start of a backend does not wait for it, and does not waste it', async () => {
    const startBackend = vi.fn(async () => {
      await sleep(5000);
      return { name: 'cpu' as const, adapter: null, softwareGpu: false, selfTestError: 0, refused: [] };
    });
    const { runner, workers } = fakeWorkers(
      { tensors: experiment(async () => 'done', 'tensors') },
      { ports: { startBackend } },
    );
    runner.run({ id: 'tensors', params: {} });
    await pass(100);
    runner.stop();
    await pass(10);
    expect(runner.snapshot().state).toBe('stopped');
    runner.run({ id: 'tensors', params: {} });
    await pass(5000);
    expect(runner.snapshot()).toMatchObject({ state: 'done', backend: { name: 'cpu' } });
    expect(startBackend).toHaveBeenCalledTimes(1);
    expect(workers).toHaveLength(1);
  });
});

describe('the latest wins', () => {
  test('whatever came before, each is answered once', async () => {
    const { runner, messages, workers } = fakeWorkers(all);
    for (let steps = 1; steps <= 50; steps++) {
      count(runner, steps);
      if (steps % 7 === 0) await pass(15);
    }
    await pass(1000);
    expect(runner.snapshot()).toMatchObject({ state: 'done', result: 50, ranWith: { steps: 50 } });
    const ends = messages.filter(({ type }) => type === 'done' || type === 'stopped');
    expect(ends).toHaveLength(50);
    expect(workers).toHaveLength(1);
    expectLawful(messages);
  });

  test('over a long run at once, in the same worker', async () => {
    const { runner, workers } = fakeWorkers(all);
    count(runner, 1000);
    await pass(100);
    count(runner, 5);
    await pass(200);
    expect(runner.snapshot()).toMatchObject({ state: 'done', result: 5 });
    expect(workers).toHaveLength(1);
  });

  test('over a slow step once that is done: the worker and what it has loaded stay, however the slider is dragged', async () => {
    let loads = 0;
    let inFlight = 0;
    const looks: number[] = [];
    // As a detector on a software GPU: loaded once a worker, then five seconds a look that nothing can interrupt.
    const network = new WeakMap<object, Promise<unknown>>();
    const slow = experiment(async ({ noise }: { noise: number }, { signal, input }) => {
      const worker = input<object>('worker');
      if (!network.has(worker)) {
        loads++;
        network.set(worker, sleep(8000));
      }
      await network.get(worker);
      signal.throwIfAborted();
      expect(++inFlight).toBe(1);
      await sleep(5000);
      inFlight--;
      looks.push(noise);
      return noise;
    });
    const { runner, workers, messages } = fakeWorkers({ slow });
    const inputs = [{ key: 'worker', value: {} }];
    const drag = async (from: number, to: number) => {
      for (let noise = from; noise <= to; noise++) {
        runner.run({ id: 'slow', params: { noise }, inputs }, true);
        await pass(500);
      }
    };
    await drag(1, 5);
    const { waitingSince } = runner.snapshot();
    await drag(6, 40);
    // What it was at when the slider moved on is shown meanwhile, beside its own settings.
    const { state, result, ranWith, label } = runner.snapshot();
    expect(state).toBe('preparing');
    // One wait for whoever drags, which the page speaks of all the time, not anew after each result.
    expect(runner.snapshot().waitingSince).toBe(waitingSince);
    expect(label).toContain('latest settings');
    expect(result).toBe(looks.at(-1));
    expect(ranWith).toEqual({ noise: result });
    await drag(41, 60);
    await pass(10_000);
    expect(runner.snapshot()).toMatchObject({
      state: 'done',
      result: 60,
      ranWith: { noise: 60 },
      label: null,
    });
    expect(workers).toHaveLength(1);
    expect(loads).toBe(1);
    // Sixty wishes in thirty seconds: as many looks as there was time for, none of them stacked.
    expect(looks.length).toBeLessThanOrEqual(7);
    expectLawful(messages);
  });

  test('what a superseded run still finds is not shown where it tells its story in parts, nor by another kind of run', async () => {
    const parts = experiment(async (_: never, { report }) => {
      report({ phase: 'run', step: 1, total: 2, update: 'first' });
      await sleep(1000);
      report({ phase: 'run', step: 2, total: 2, update: 'second' });
      return 'all';
    });
    const whole = experiment(async () => {
      await sleep(1000);
      return 'whole';
    });
    const { runner } = fakeWorkers({ ...all, parts, whole });
    for (const id of ['parts', 'whole']) {
      runner.run({ id, params: {} });
      await pass(200);
      count(runner, 200, true);
      await pass(1000);
      expect(runner.snapshot().result).toBeNull();
      await pass(3000);
      expect(runner.snapshot()).toMatchObject({ state: 'done', result: 200 });
    }
  });

  test('a run that never gives way is ended all the same, ten minutes after it should have, however the slider is dragged', async () => {
    const { runner, workers } = fakeWorkers(all);
    runner.run({ id: 'endless', params: {} });
    await pass(100);
    for (let i = 0; i < 590; i++) {
      count(runner, 5);
      await pass(1000);
    }
    expect(workers).toHaveLength(1);
    for (let i = 0; i < 20; i++) {
      count(runner, 5);
      await pass(1000);
    }
    expect(runner.snapshot()).toMatchObject({ state: 'done', result: 5 });
    expect(workers).toHaveLength(2);
  });

  test('Stop ends the worker also when it is still at an older run', async () => {
    const { runner, workers } = fakeWorkers(all);
    runner.run({ id: 'endless', params: {} });
    await pass(100);
    for (let i = 0; i < 30; i++) {
      count(runner, 5);
      await pass(100);
    }
    expect(runner.snapshot().state).toBe('preparing');
    runner.stop();
    await pass(200);
    expect(runner.snapshot().state).toBe('stopped');
    expect(workers[0]?.terminated).toBe(false);
    // A run asked for meanwhile follows in the next worker.
    count(runner, 5);
    await pass(1900);
    expect(workers[0]?.terminated).toBe(true);
    expect(runner.snapshot()).toMatchObject({ state: 'done', result: 5 });
    expect(workers).toHaveLength(2);
  });

  test('what was shown stays until the new run has something of its own', async () => {
    const { runner } = fakeWorkers(all);
    count(runner, 3);
    await pass(200);
    count(runner, 40, true);
    expect(runner.snapshot()).toMatchObject({
      state: 'preparing',
      result: 3,
      ranWith: { steps: 3 },
      updates: [1, 2, 3],
    });
    await pass(20);
    expect(runner.snapshot()).toMatchObject({ ranWith: { steps: 40 }, result: null, updates: [1] });
    // Stopped before it had anything: the old one is still there, and still says what made it.
    await pass(1000);
    count(runner, 50, true);
    runner.stop();
    await pass(100);
    expect(runner.snapshot()).toMatchObject({ state: 'stopped', result: 40, ranWith: { steps: 40 } });
  });

  test('Run clears what was shown', async () => {
    const { runner } = fakeWorkers(all);
    count(runner, 3);
    await pass(200);
    count(runner, 40);
    expect(runner.snapshot()).toMatchObject({
      result: null,
      updates: [],
      provenance: null,
      ranWith: { steps: 40 },
    });
  });
});

describe('a worker', () => {
  test('that breaks off fails the run, and the next run gets another', async () => {
    const { runner, workers } = fakeWorkers(all);
    count(runner, 1000);
    await pass(100);
    workers[0]?.onerror?.({ message: 'out of stack', preventDefault() {} } as ErrorEvent);
    expect(runner.snapshot()).toMatchObject({ state: 'failed', failure: { code: 'worker-crashed' } });
    expect(runner.snapshot().failure?.message).toContain('out of stack');
    count(runner, 2);
    await pass(100);
    expect(runner.snapshot()).toMatchObject({ state: 'done', result: 2 });
  });

  test('whose message cannot be read fails the run', async () => {
    const { runner, workers } = fakeWorkers(all);
    count(runner, 1000);
    await pass(100);
    workers[0]?.onmessageerror?.({} as MessageEvent);
    expect(runner.snapshot()).toMatchObject({ state: 'failed', failure: { code: 'worker-crashed' } });
  });

  test('that never answers is given up, with a reason', async () => {
    const { runner } = fakeWorkers(all, { talks: false, readyWithin: 5000 });
    count(runner, 1);
    await pass(4900);
    expect(runner.snapshot().state).toBe('preparing');
    await pass(200);
    expect(runner.snapshot()).toMatchObject({ state: 'failed', failure: { code: 'worker-crashed' } });
  });

  test('that may not be started at all says where it may', () => {
    const { runner } = fakeWorkers(all, {
      createWorker() {
        throw new DOMException('access denied', 'SecurityError');
      },
    });
    count(runner, 1);
    expect(runner.snapshot()).toMatchObject({ state: 'failed', failure: { code: 'worker-refused' } });
    expect(runner.snapshot().failure?.remedy).toContain('allow-same-origin');
  });

  test('is ended after a time without work, and its memory struck off the list', async () => {
    const onMemory = vi.fn();
    const memory = () => ({ tensors: 5, tensorBytes: 80 });
    const { runner, workers } = fakeWorkers(all, { idleAfter: 10_000, onMemory, ports: { memory } });
    count(runner, 3);
    await pass(9000);
    expect(onMemory).toHaveBeenLastCalledWith({ tensors: 5, tensorBytes: 80 });
    expect(workers[0]?.terminated).toBe(false);
    await pass(2000);
    expect(workers[0]?.terminated).toBe(true);
    expect(onMemory).toHaveBeenLastCalledWith(null);
    expect(runner.snapshot()).toMatchObject({ state: 'done', result: 3 });
  });

  test('is on the list from its start, before it has made a tensor', async () => {
    const onMemory = vi.fn();
    const memory = () => ({ tensors: 0, tensorBytes: 0 });
    const { runner } = fakeWorkers(all, { onMemory, ports: { memory } });
    // It works longer than what follows takes.
    count(runner, 1000);
    await pass(0);
    expect(onMemory).toHaveBeenCalledWith({ tensors: 0, tensorBytes: 0 });
    expect(runner.snapshot().state).toBe('preparing');
  });

  test('is not ended while it works, however long that takes', async () => {
    const { runner, workers } = fakeWorkers(all, { idleAfter: 1000 });
    count(runner, 3);
    await pass(500);
    count(runner, 1000);
    await pass(9000);
    expect(workers[0]?.terminated).toBe(false);
  });

  test('is replaced when the learner asks for another backend', async () => {
    let preference: 'auto' | 'wasm' = 'auto';
    const { runner, workers } = fakeWorkers(all, { preference: () => preference });
    count(runner, 1);
    await pass(100);
    preference = 'wasm';
    count(runner, 1);
    await pass(100);
    expect(workers).toHaveLength(2);
    expect(workers[1]?.heard[0]).toMatchObject({ type: 'init', preference: 'wasm' });
  });
});

describe('a lost device', () => {
  const backend = (name: 'webgpu' | 'wasm') => ({
    name,
    adapter: null,
    softwareGpu: false,
    selfTestError: 0,
    refused: [],
  });
  const lost = { code: 'device-lost', message: 'lost', remedy: 'next backend' };

  function onGpu(
    options: Partial<RunnerOptions> = {},
    askDevice: HostPorts['askDevice'] = () => new Promise(() => {}),
  ) {
    const lose: (() => void)[] = [];
    const fakes = fakeWorkers(
      {
        // Reads from a lost device hang, or fail as if they had been aborted.
        hanging: experiment(() => new Promise(() => {}), 'tensors'),
        failing: experiment(async () => {
          await sleep(200);
          throw new DOMException('buffer was unmapped', 'AbortError');
        }, 'tensors'),
        quick: experiment(async () => 'ok', 'tensors'),
      },
      {
        ...options,
        ports: {
          startBackend: async (_, refused) => backend(refused.includes('webgpu') ? 'wasm' : 'webgpu'),
          watchDevice: (tell) => lose.push(() => tell(lost)),
          askDevice,
        },
      },
    );
    return { ...fakes, lose: () => lose.at(-1)?.() };
  }

  test('fails a run that hangs', async () => {
    const { runner, lose, workers } = onGpu();
    runner.run({ id: 'hanging', params: {} });
    await pass(100);
    lose();
    await pass(1);
    expect(runner.snapshot()).toMatchObject({ state: 'failed', failure: lost });
    expect(workers[0]?.terminated).toBe(true);
  });

  test('is named as the cause when an operation fails a moment before', async () => {
    const { runner, lose } = onGpu();
    runner.run({ id: 'failing', params: {} });
    await pass(210);
    expect(runner.busy).toBe(true);
    lose();
    await pass(100);
    expect(runner.snapshot()).toMatchObject({ state: 'failed', failure: lost });
  });

  test('is asked when an operation fails: nobody need wait for the news', async () => {
    const { runner } = onGpu({}, async () => lost);
    runner.run({ id: 'failing', params: {} });
    await pass(250);
    expect(runner.snapshot()).toMatchObject({ state: 'failed', failure: lost });
  });

  test('that lives is not blamed', async () => {
    const { runner } = onGpu({}, async () => null);
    runner.run({ id: 'failing', params: {} });
    await pass(250);
    expect(runner.snapshot()).toMatchObject({ state: 'failed', failure: { code: 'unexpected' } });
  });

  test('that does not answer holds back the failure for a bounded time', async () => {
    const { runner } = onGpu();
    runner.run({ id: 'failing', params: {} });
    await pass(5000);
    expect(runner.busy).toBe(true);
    await pass(500);
    expect(runner.snapshot()).toMatchObject({ state: 'failed', failure: { code: 'unexpected' } });
  });

  test('is named as the cause even when it is told late', async () => {
    const { runner, lose } = onGpu({}, async () => null);
    runner.run({ id: 'failing', params: {} });
    await pass(2000);
    expect(runner.snapshot()).toMatchObject({ state: 'failed', failure: { code: 'unexpected' } });
    lose();
    await pass(1);
    expect(runner.snapshot()).toMatchObject({ state: 'failed', failure: lost });
  });

  test('the restart takes the next backend, with the same parameters', async () => {
    const { runner, lose, workers } = onGpu();
    runner.run({ id: 'hanging', params: { a: 1 } });
    await pass(100);
    lose();
    await pass(1);
    runner.restartOnNextBackend();
    await pass(100);
    expect(workers[1]?.heard[0]).toMatchObject({ type: 'init', refused: ['webgpu'] });
    expect(workers[1]?.heard[1]).toMatchObject({ type: 'run', params: { a: 1 } });
    expect(runner.snapshot()).toMatchObject({ state: 'preparing', backend: { name: 'wasm' } });
  });

  test('is avoided by the other cells of the page too, warm workers and new ones', async () => {
    const lostBackends = new Set<'webgpu' | 'wasm' | 'webgl' | 'cpu'>();
    const first = onGpu({ lostBackends });
    const second = onGpu({ lostBackends });
    const quick = () => second.runner.run({ id: 'quick', params: {} });
    quick();
    first.runner.run({ id: 'hanging', params: {} });
    await pass(100);
    first.lose();
    await pass(1);
    first.runner.restartOnNextBackend();
    quick();
    // Before the new worker has said what it runs on: it is not ended again.
    quick();
    await pass(100);
    expect(second.workers).toHaveLength(2);
    expect(second.workers[0]?.terminated).toBe(true);
    expect(second.workers[1]?.heard[0]).toMatchObject({ type: 'init', refused: ['webgpu'] });
    expect(second.runner.snapshot()).toMatchObject({ state: 'done', backend: { name: 'wasm' } });
  });

  test('between runs is no failure: the next run starts afresh', async () => {
    const { runner, lose, workers } = onGpu();
    runner.run({ id: 'quick', params: {} });
    await pass(10);
    lose();
    await pass(10);
    expect(runner.snapshot()).toMatchObject({ state: 'done', failure: null });
    expect(workers[0]?.terminated).toBe(true);
    runner.run({ id: 'quick', params: {} });
    await pass(10);
    expect(runner.snapshot().state).toBe('done');
    expect(workers).toHaveLength(2);
  });
});

describe('large inputs', () => {
  const reading = experiment(async ({ keys }: { keys: string[] }, { input }) =>
    keys.map((key) => input(key)),
  );
  const read = (runner: CellRunner, ...keys: string[]) =>
    runner.run({
      id: 'reading',
      params: { keys },
      inputs: keys.map((key) => ({ key, value: `picture ${key}` })),
    });

  test('are sent once, and again to a new worker', async () => {
    const { runner, workers } = fakeWorkers({ reading });
    read(runner, 'a');
    await pass(10);
    read(runner, 'a', 'b');
    await pass(10);
    expect(runner.snapshot().result).toEqual(['picture a', 'picture b']);
    const sent = () => workers.map(({ heard }) => heard.filter(({ type }) => type === 'input').length);
    expect(sent()).toEqual([2]);
    runner.release();
    read(runner, 'a');
    await pass(10);
    expect(runner.snapshot().result).toEqual(['picture a']);
    expect(sent()).toEqual([2, 1]);
  });

  test('are forgotten when many others have come, and then sent again', async () => {
    const { runner, workers } = fakeWorkers({ reading });
    for (const key of 'abcdefghijkl') {
      read(runner, 'a', key);
      await pass(10);
    }
    const forgotten = workers[0]?.heard.flatMap((message) =>
      message.type === 'forget' ? [message.key] : [],
    );
    // The one in use throughout is never among them.
    expect(forgotten).toEqual(['b', 'c', 'd', 'e']);
    read(runner, 'b');
    await pass(10);
    expect(runner.snapshot().result).toEqual(['picture b']);
  });

  test('one that was never sent is missed with a remedy', async () => {
    const { runner } = fakeWorkers({ reading });
    runner.run({ id: 'reading', params: { keys: ['x'] } });
    await pass(10);
    expect(runner.snapshot()).toMatchObject({ state: 'failed', failure: { code: 'input-missing' } });
  });
});

describe('reset', () => {
  test('goes back to idle, and nothing of the old run comes through', async () => {
    const { runner, workers } = fakeWorkers(all);
    count(runner, 1000);
    await pass(300);
    runner.reset();
    expect(runner.snapshot()).toMatchObject({ state: 'idle', updates: [], ranWith: null });
    await pass(3000);
    expect(runner.snapshot()).toMatchObject({ state: 'idle', updates: [], ranWith: null });
    expect(workers[0]?.terminated).toBe(false);
  });

  test('ends a worker that will not stop', async () => {
    const { runner, workers } = fakeWorkers(all);
    runner.run({ id: 'endless', params: {} });
    await pass(300);
    runner.reset();
    await pass(2100);
    expect(workers[0]?.terminated).toBe(true);
    expect(runner.snapshot().state).toBe('idle');
  });
});

describe('preparing', () => {
  const prepared: string[] = [];
  const ready = experiment(async (what: string) => {
    await sleep(50);
    prepared.push(what);
  });
  const failing = experiment(async () => {
    throw new Error('no such file');
  });
  const request = { id: 'ready', params: 'digits' };

  test('happens in the worker that the run then uses, and shows nothing', async () => {
    const { runner, workers, messages } = fakeWorkers({ ...all, ready });
    const shown: unknown[] = [];
    runner.subscribe(() => shown.push(runner.snapshot()));
    prepared.length = 0;
    runner.prepare(request);
    await pass(100);
    expect(prepared).toEqual(['digits']);
    expect(shown).toEqual([]);
    count(runner, 2);
    await pass(100);
    expect(runner.snapshot()).toMatchObject({ state: 'done', result: 2 });
    expect(workers).toHaveLength(1);
    expectLawful(messages);
  });

  test('does not hold up a run', async () => {
    const { runner, messages } = fakeWorkers({ ...all, endless });
    runner.prepare({ id: 'endless', params: null });
    await pass(100);
    count(runner, 2);
    await pass(100);
    expect(runner.snapshot()).toMatchObject({ state: 'done', result: 2 });
    runner.release();
    expectLawful(messages);
  });

  test('is left to the worker that there is', async () => {
    const { runner, workers } = fakeWorkers({ ...all, ready });
    prepared.length = 0;
    count(runner, 2);
    runner.prepare(request);
    await pass(200);
    expect(prepared).toEqual([]);
    expect(workers).toHaveLength(1);
  });

  test('may fail: only a run says so', async () => {
    const { runner } = fakeWorkers({ ...all, failing });
    runner.prepare({ id: 'failing', params: null });
    runner.prepare({ id: 'unknown', params: null });
    await pass(100);
    expect(runner.snapshot().state).toBe('idle');
    count(runner, 2);
    await pass(100);
    expect(runner.snapshot().state).toBe('done');
  });

  test('is for nothing where no run follows: its worker goes like any other', async () => {
    const { runner, workers } = fakeWorkers({ ...all, ready }, { idleAfter: 1000 });
    runner.prepare(request);
    await pass(2000);
    expect(workers[0]!.terminated).toBe(true);
  });
});

describe('a run that is held', () => {
  // Messages are real tasks here: a pause waits for one.
  beforeEach(() => void vi.useRealTimers());

  test('rests, goes on where it was, and has lost nothing', async () => {
    const { runner, messages } = fakeWorkers(all);
    const { hold, updates } = {
      hold: (held: boolean) => runner.hold(held),
      updates: () => runner.snapshot().updates.length,
    };
    runner.run({ id: 'pausing', params: { steps: 20 } });
    await expect.poll(updates).toBeGreaterThan(0);
    hold(true);
    // What was on its way arrives.
    await sleep(1200);
    const resting = updates();
    expect(resting).toBeLessThan(20);
    await sleep(300);
    expect(updates()).toBe(resting);
    expect(runner.snapshot().state).toBe('running');
    const { startedAt } = runner.snapshot();
    hold(false);
    expect(runner.snapshot().startedAt! - startedAt!).toBeGreaterThanOrEqual(1400);
    await expect.poll(() => runner.snapshot().state, { timeout: 5000 }).toBe('done');
    expect(runner.snapshot().updates).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expectLawful(messages);
  });

  test('hears Stop', async () => {
    const { runner, messages } = fakeWorkers(all);
    runner.run({ id: 'pausing', params: { steps: 1000 } });
    await expect.poll(() => runner.snapshot().updates.length).toBeGreaterThan(0);
    runner.hold(true);
    await sleep(50);
    runner.stop();
    await expect.poll(() => runner.snapshot().state).toBe('stopped');
    await expect.poll(() => messages.at(-1)?.type).toBe('stopped');
    runner.hold(false);
  });

  test('rests too in a worker that starts meanwhile', async () => {
    const { runner } = fakeWorkers(all);
    runner.hold(true);
    runner.run({ id: 'pausing', params: { steps: 3 } });
    await sleep(300);
    expect(runner.snapshot().state).toBe('preparing');
    runner.hold(false);
    await expect.poll(() => runner.snapshot().state).toBe('done');
  });
});
