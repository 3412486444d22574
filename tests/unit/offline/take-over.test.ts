/** A newer version is put in place when the reader says so, and never under a run. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ask, takeOver } from '@/components/site/service-worker';

let running = false;
let reloads = 0;
let changed: (() => void) | undefined;
const isRunning = () => running;

beforeEach(() => {
  [running, reloads, changed] = [false, 0, undefined];
  vi.stubGlobal('location', {
    reload: () => {
      reloads += 1;
    },
  });
  vi.stubGlobal('navigator', {
    serviceWorker: {
      addEventListener: (_: string, listener: () => void) => {
        changed = listener;
      },
    },
  });
});
afterEach(() => void vi.unstubAllGlobals());

function worker(state: ServiceWorkerState) {
  const told: unknown[] = [];
  const postMessage = (message: unknown) => void told.push(message);
  return { told, worker: { state, postMessage } as unknown as ServiceWorker };
}

test('it takes over, and the page is loaded with it', () => {
  const { told, worker: waiting } = worker('installed');
  takeOver(waiting, isRunning);
  expect(told).toEqual([{ type: 'take-over' }]);
  expect(reloads).toBe(0);
  changed!();
  expect(reloads).toBe(1);
});

test('not while a run goes on', () => {
  running = true;
  const { told, worker: waiting } = worker('installed');
  takeOver(waiting, isRunning);
  expect(told).toEqual([]);
});

test('a run that began meanwhile is not lost with its page', () => {
  takeOver(worker('installed').worker, isRunning);
  running = true;
  changed!();
  expect(reloads).toBe(0);
});

test('where another window has said so already, the page is loaded at once', () => {
  const { told, worker: active } = worker('activated');
  takeOver(active, isRunning);
  expect([told, reloads]).toEqual([[], 1]);
});

test.each([
  [{ quota: 5e6, usage: 4e6 }, /no room for it \(1\.0 MB are left\)/],
  [{}, /no room for it\. Free some/],
])('a full disk is told, with what is left where the browser says: %o', async (estimate, words) => {
  vi.stubGlobal('navigator', {
    storage: { estimate: async () => estimate },
    serviceWorker: {
      ready: Promise.resolve({
        active: {
          postMessage: (_: unknown, [port]: [MessagePort]) => port.postMessage({ type: 'full' }),
        },
      }),
    },
  });
  await expect(ask({ type: 'keep-site' })).rejects.toThrow(words);
});
