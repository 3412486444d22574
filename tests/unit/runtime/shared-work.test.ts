import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SharedWork } from '@/lib/runtime/shared-work';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Counts to `steps`, one each 10 ms, until it is ended. */
function counting(steps: number) {
  let done = 0;
  const work = new SharedWork<number, number>(async (signal, report) => {
    for (; done < steps; report(++done)) {
      await new Promise((wake) => setTimeout(wake, 10));
      signal.throwIfAborted();
    }
    return done;
  });
  return { work, done: () => done };
}
const waiter = () => {
  const stop = new AbortController();
  const heard: number[] = [];
  return { stop, heard, signal: stop.signal, report: (step: number) => void heard.push(step) };
};

test('those who wait share one work, and hear how far it is when they come', async () => {
  const { work, done } = counting(10);
  const [first, second] = [waiter(), waiter()];
  const one = work.join(first);
  await vi.advanceTimersByTimeAsync(45);
  const other = work.join(second);
  expect(second.heard).toEqual([4]);
  await vi.advanceTimersByTimeAsync(100);
  expect([await one, await other, done()]).toEqual([10, 10, 10]);
  expect(second.heard).toEqual([4, 5, 6, 7, 8, 9, 10]);
});

test('who stops leaves at once, with the reason, and the others get theirs', async () => {
  const { work } = counting(10);
  const [first, second] = [waiter(), waiter()];
  const one = expect(work.join(first)).rejects.toThrow('enough');
  const other = work.join(second);
  await vi.advanceTimersByTimeAsync(25);
  first.stop.abort(new Error('enough'));
  await one;
  expect(first.heard).toEqual([1, 2]);
  await vi.advanceTimersByTimeAsync(500);
  expect(await other).toBe(10);
  expect(first.heard).toEqual([1, 2]);
});

test('it goes on for whoever comes a moment after the last has left', async () => {
  const { work, done } = counting(30);
  const first = waiter();
  const one = expect(work.join(first)).rejects.toThrow();
  await vi.advanceTimersByTimeAsync(55);
  first.stop.abort();
  await one;
  await vi.advanceTimersByTimeAsync(50);
  const before = done();
  const other = work.join(waiter());
  await vi.advanceTimersByTimeAsync(1000);
  expect(before).toBeGreaterThan(5);
  expect(await other).toBe(30);
});

test('it ends when nobody comes, and tells who keeps it', async () => {
  const { work, done } = counting(1000);
  const forget = vi.fn();
  work.onFailed(forget);
  const first = waiter();
  const one = expect(work.join(first)).rejects.toThrow();
  await vi.advanceTimersByTimeAsync(55);
  first.stop.abort();
  await one;
  expect(forget).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1000);
  expect(forget).toHaveBeenCalled();
  expect(done()).toBeLessThan(20);
});

test('a failure is everybody’s, and forgotten', async () => {
  const work = new SharedWork<never, never>(async () => {
    throw new Error('no such file');
  });
  const forget = vi.fn();
  work.onFailed(forget);
  await expect(work.join(waiter())).rejects.toThrow('no such file');
  await expect(work.join(waiter())).rejects.toThrow('no such file');
  expect(forget).toHaveBeenCalled();
});

test('what is done stays, however many leave and whoever ends it', async () => {
  const { work } = counting(1);
  const forget = vi.fn();
  work.onFailed(forget);
  const one = work.join(waiter());
  await vi.advanceTimersByTimeAsync(1000);
  await one;
  work.end();
  expect(forget).not.toHaveBeenCalled();
  expect(await work.join(waiter())).toBe(1);
});
