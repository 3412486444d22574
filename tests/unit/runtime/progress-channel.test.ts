import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ProgressChannel, UNANSWERED_MS } from '@/lib/runtime/progress-channel';
import type { ProgressBatch } from '@/lib/runtime/protocol';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A page that takes `drawMs` to draw each message; null if it never answers. */
function page(drawMs: number | null) {
  const sent: (ProgressBatch & { at: number })[] = [];
  const channel: ProgressChannel = new ProgressChannel((batch) => {
    sent.push({ ...batch, at: Date.now() });
    if (drawMs !== null) setTimeout(() => channel.drawn(), drawMs);
  }, Date.now);
  const start = Date.now();
  /** Reports every 10 ms. */
  async function work(milliseconds: number) {
    for (let step = 1; step <= milliseconds / 10; step++) {
      await vi.advanceTimersByTimeAsync(10);
      channel.report({ phase: 'run', step, total: 1e6, update: step });
    }
  }
  return { channel, sent, work, times: () => sent.map(({ at }) => at - start) };
}
const updates = (sent: ProgressBatch[]) => sent.flatMap((batch) => batch.updates);
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

describe('progress', () => {
  test('goes to a quick page eight times a second, and nothing is lost', async () => {
    const { channel, sent, work } = page(5);
    await work(2000);
    channel.close();
    expect(sent.length).toBeGreaterThanOrEqual(15);
    expect(sent.length).toBeLessThanOrEqual(18);
    expect(updates(sent)).toEqual(upTo(200));
  });

  test('goes to a slow page as often as leaves it half its time', async () => {
    const { channel, sent, work, times } = page(300);
    await work(3000);
    channel.close();
    const gaps = times()
      .slice(1, -1)
      .map((at, i) => at - times()[i]!);
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(600);
    expect(sent.length).toBeGreaterThanOrEqual(5);
    expect(updates(sent)).toEqual(upTo(300));
  });

  test('still goes out, once a second, to a page that does not answer', async () => {
    const { channel, sent, work } = page(null);
    await work(5000);
    channel.close();
    expect(sent.length).toBeGreaterThanOrEqual(5);
    expect(sent.length).toBeLessThanOrEqual(5000 / UNANSWERED_MS + 2);
    expect(updates(sent)).toEqual(upTo(500));
  });

  test('goes out by itself when the experiment has nothing more to say for a while', async () => {
    const { channel, sent } = page(5);
    channel.report({ phase: 'run', step: 1, total: 3 });
    channel.report({ phase: 'run', step: 2, total: 3 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent.map(({ step }) => step)).toEqual([1, 2]);
  });

  test('of an old phase goes before the new one', () => {
    const { channel, sent } = page(null);
    channel.report({ phase: 'download', step: 1, total: 2 });
    channel.report({ phase: 'download', step: 2, total: 2, update: 'loaded' });
    channel.report({ phase: 'run', step: 0, total: 9 });
    channel.close();
    expect(sent.map(({ phase, step }) => `${phase} ${step}`)).toEqual(['download 1', 'download 2', 'run 0']);
  });

  test('never counts back while it counts the same thing', () => {
    const { channel, sent } = page(null);
    for (const step of [5, 3]) channel.report({ phase: 'download', step, total: 10 });
    channel.close();
    expect(sent.map(({ step }) => step)).toEqual([5, 5]);
  });

  test('comes to an end with the run', async () => {
    const { channel, sent } = page(5);
    channel.report({ phase: 'run', step: 1, total: 3 });
    channel.close();
    channel.report({ phase: 'run', step: 2, total: 3 });
    await vi.advanceTimersByTimeAsync(2000);
    expect(sent).toHaveLength(1);
  });
});
