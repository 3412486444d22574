import { expect, test } from 'vitest';
import { tellCharge } from '@/lib/ledger/hear-charges';
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

test('a run says which records of the ledger are its own, and no other’s', async () => {
  const messages: FromWorker[] = [];
  const charge = experiment(async (events: number) => {
    for (let event = 0; event < events; event++) tellCharge(`event-${events}-${event}`);
    return events;
  });
  const host = new WorkerHost({
    post: (message) => messages.push(message),
    load: async () => charge,
    startBackend: async () => {
      throw new Error('no backend here');
    },
    watchDevice: () => {},
    askDevice: async () => null,
    memory: () => null,
  });
  for (const [runId, params] of [2, 0, 1].entries()) {
    host.receive({ type: 'run', runId, experimentId: 'charge', params });
    await expect.poll(() => messages.length).toBe(runId + 1);
    tellCharge('nobody’s');
  }
  expect(messages.map((message) => 'facts' in message && message.facts.charged)).toEqual([
    ['event-2-0', 'event-2-1'],
    undefined,
    ['event-1-0'],
  ]);
});
