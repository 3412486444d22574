import { expect, test } from 'vitest';
import type { FromWorker } from '@/lib/runtime/protocol';
import { WorkerHost } from '@/lib/runtime/worker-host';
import { experiment } from './support/fake-worker';

test('what was asked while a run computed in one piece is not computed after it, but for the latest', async () => {
  const computed: number[] = [];
  const messages: FromWorker[] = [];
  // Messages come as tasks of their own, as in a worker; while one piece is computed they queue.
  const ask = (runId: number) =>
    setTimeout(() => host.receive({ type: 'run', runId, experimentId: 'look', params: runId }));
  const look = experiment(async (position: number) => {
    computed.push(position);
    // The slider moves on while this computes.
    if (position === 1) for (let next = 2; next <= 40; next++) ask(next);
    return position;
  });
  const host = new WorkerHost({
    post: (message) => messages.push(message),
    load: async () => look,
    startBackend: async () => {
      throw new Error('no backend here');
    },
    watchDevice: () => {},
    askDevice: async () => null,
    memory: () => null,
  });
  ask(1);
  await expect.poll(() => messages.length).toBe(40);
  expect(computed).toEqual([1, 40]);
  expect(
    messages.filter(({ type }) => type === 'done').map((message) => 'runId' in message && message.runId),
  ).toEqual([1, 40]);
  expect(messages.filter(({ type }) => type === 'stopped')).toHaveLength(38);
});
