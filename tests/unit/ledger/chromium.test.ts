/** The ledger in real Chromium: real IndexedDB, real Web Locks, real tabs, really killed. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '@/tests/harness/find-chromium';
import { openSharedOrigin, type SharedOrigin } from '@/tests/harness/shared-origin';
import { mountSmallDisk } from '@/tests/harness/small-disk';
import type * as Suite from '../../pages/ledger/page';
import type { Orders } from '../../pages/ledger/worker';

type SuiteModule = typeof Suite;

const MODULES = {
  '/page.js': 'tests/pages/ledger/page.ts',
  '/worker.js': 'tests/pages/ledger/worker.ts',
};

/** Calls a function of the page module. */
function ask<Name extends keyof SuiteModule>(
  page: Page,
  name: Name,
  ...args: Parameters<SuiteModule[Name]>
): Promise<Awaited<ReturnType<SuiteModule[Name]>>> {
  return page.evaluate(
    ([called, given]) => {
      const { suite } = globalThis as unknown as { suite: Record<string, (...args: unknown[]) => unknown> };
      return suite[called as string]!(...(given as unknown[]));
    },
    [name, args] as const,
  ) as Promise<Awaited<ReturnType<SuiteModule[Name]>>>;
}

describe.skipIf(!hasChromium())('in Chromium', () => {
  let origin: SharedOrigin;
  let serial = 0;

  beforeAll(async () => {
    origin = await openSharedOrigin(MODULES);
  });
  afterAll(() => origin?.close());

  describe('killed at every point of a run', () => {
    const endings: Orders['ending'][] = ['finish', 'stop-shown', 'stop-hidden', 'limit'];
    const BATCH = 24;

    /** Freezes workers at the given points, all at once; kills them; reads the ledgers afterwards. */
    async function strike(points: number[], kill: (page: Page) => Promise<void>): Promise<void> {
      const page = await origin.page();
      const orders = points.map((freezeAt, index) => ({
        name: `killed-${serial++}`,
        freezeAt,
        ending: endings[index % endings.length]!,
      }));
      const reports = await ask(page, 'startWorkers', orders);
      await kill(page);
      const after = await origin.page();
      const charged = await ask(
        after,
        'chargedAfterwards',
        orders.map((order) => order.name),
      );
      for (const [index, { frozen, released }] of reports.entries()) {
        const where = `${orders[index]!.ending} frozen at point ${points[index]}`;
        expect(frozen, where).toBe(true);
        expect(charged[index]!.durable, where).toBe(true);
        expect(charged[index]!.steps, where).toBeGreaterThanOrEqual(released);
      }
      await after.close();
    }

    let total = 0;
    it('counts its points', async () => {
      const page = await origin.page();
      const runs = await ask(
        page,
        'startWorkers',
        endings.map((ending) => ({ name: `whole-${serial++}`, freezeAt: 0, ending })),
      );
      expect(runs.map((run) => run.released)).toEqual([12, 7, 7, 7]);
      total = Math.min(...runs.map((run) => run.points));
      expect(total).toBeGreaterThan(60);
      await page.close();
    });

    const every = (stride: number) =>
      Array.from({ length: Math.floor((total - 1) / stride) }, (_, index) => 1 + index * stride);
    const batches = (points: number[]) =>
      Array.from({ length: Math.ceil(points.length / BATCH) }, (_, index) =>
        points.slice(index * BATCH, (index + 1) * BATCH),
      );

    it('the worker', async () => {
      for (const batch of batches(every(1)))
        await strike(batch, async (page) => {
          await ask(page, 'killWorkers');
          await page.close();
        });
    });

    it('the tab', async () => {
      for (const batch of batches(every(3))) await strike(batch, (page) => page.close());
    });

    it('the browser', async () => {
      for (const batch of batches(every(7))) await strike(batch, () => origin.killBrowser());
    });
  });

  describe('two tabs', () => {
    it('writing at once never lose an event', async () => {
      const name = `tabs-${serial++}`;
      const [one, two] = await Promise.all([origin.page(), origin.page()]);
      await Promise.all([ask(one!, 'open', name), ask(two!, 'open', name)]);
      const admitted = await Promise.all([
        ask(one!, 'chargeQueries', 40, 5),
        ask(two!, 'chargeQueries', 40, 5),
      ]);
      const expected = admitted.flat().sort();
      expect(expected.length).toBe(80);
      const third = await origin.page();
      await ask(third, 'open', name);
      expect(await ask(third, 'eventIds')).toEqual(expected);
      // And each tab has heard of what the other did, without asking.
      expect(await ask(one!, 'eventIds')).toEqual(expected);
      expect(await ask(two!, 'eventIds')).toEqual(expected);
      for (const page of [one!, two!, third]) await page.close();
    });

    it('never spend one budget twice', async () => {
      const name = `budget-${serial++}`;
      const alone = await origin.page();
      await ask(alone, 'open', name);
      await ask(alone, 'setBudget', 3);
      const two = await origin.page();
      await ask(two, 'open', name);
      const admitted = await Promise.all([
        ask(alone, 'chargeQueries', 30, 1),
        ask(two, 'chargeQueries', 30, 1),
      ]);
      const single = `single-${serial++}`;
      const three = await origin.page();
      await ask(three, 'open', single);
      await ask(three, 'setBudget', 3);
      const fits = await ask(three, 'chargeQueries', 30, 1);
      expect(admitted.flat().length).toBe(fits.length);
      expect(fits.length).toBeGreaterThan(0);
      expect(fits.length).toBeLessThan(30);
      for (const page of [alone, two, three]) await page.close();
    });

    it('show each other’s notes', async () => {
      const name = `notes-${serial++}`;
      const [one, two] = [await origin.page(), await origin.page()];
      await ask(one, 'open', name);
      await ask(one, 'chargeQueries', 1, 5);
      await ask(two, 'open', name);
      await ask(two, 'note', 'the second tab was here');
      await expect.poll(() => ask(one, 'notes')).toEqual(['the second tab was here']);
      for (const page of [one, two]) await page.close();
    });
  });

  describe('storage that goes away', () => {
    it('deleted under our feet is written again from memory, and said so', async () => {
      const name = `deleted-${serial++}`;
      const [one, two] = [await origin.page(), await origin.page()];
      await ask(one, 'open', name);
      const before = await ask(one, 'chargeQueries', 3, 5);
      expect(await ask(two, 'deleteDatabase', name)).toBe('deleted');
      const more = await ask(one, 'chargeQueries', 1, 5);
      expect(await ask(one, 'status')).toEqual({ durable: true, cause: null, restored: true });
      await ask(two, 'open', name);
      expect(await ask(two, 'eventIds')).toEqual([...before, ...more].sort());
      for (const page of [one, two]) await page.close();
    });

    it('cleared by the browser is written again from memory', async () => {
      const name = `cleared-${serial++}`;
      const page = await origin.page();
      await ask(page, 'open', name);
      const before = await ask(page, 'chargeQueries', 3, 5);
      const session = await origin.context().newCDPSession(page);
      await session.send('Storage.clearDataForOrigin', {
        origin: new URL(page.url()).origin,
        storageTypes: 'indexeddb',
      });
      await ask(page, 'refresh');
      const after = await origin.page();
      await ask(after, 'open', name);
      expect(await ask(after, 'eventIds')).toEqual([...before].sort());
      for (const open of [page, after]) await open.close();
    });

    it('at its limit is counted in memory, said so, and caught up when there is space', async () => {
      const name = `full-${serial++}`;
      const page = await origin.page();
      await ask(page, 'open', name);
      const before = await ask(page, 'chargeQueries', 2, 5);
      await ask(page, 'refuseToStore', true);
      const during = await ask(page, 'chargeQueries', 2, 5);
      expect(during.length).toBe(2);
      expect(await ask(page, 'status')).toMatchObject({ durable: false, cause: 'quota' });
      await ask(page, 'refuseToStore', false);
      await ask(page, 'refresh');
      expect(await ask(page, 'status')).toMatchObject({ durable: true, cause: null });
      const after = await origin.page();
      await ask(after, 'open', name);
      expect(await ask(after, 'eventIds')).toEqual([...before, ...during].sort());
      for (const open of [page, after]) await open.close();
    });

    it('on a disk that is really full is counted in memory, and caught up when there is space', async (context) => {
      const disk = mountSmallDisk(80);
      if (disk === null)
        return context.skip('mounting a small disk needs rights that this process does not have');
      try {
        const crowded = await openSharedOrigin(MODULES, { profileIn: disk.path });
        const page = await crowded.page();
        await ask(page, 'open', 'crowded');
        const before = await ask(page, 'chargeQueries', 2, 5);
        disk.fill();
        const during = await ask(page, 'chargeQueries', 12, 5);
        expect(during.length).toBe(12);
        expect(await ask(page, 'status')).toMatchObject({ durable: false, cause: 'quota' });
        disk.empty();
        await ask(page, 'refresh');
        expect(await ask(page, 'status')).toMatchObject({ durable: true });
        await page.close();
        const after = await crowded.page();
        await ask(after, 'open', 'crowded');
        expect(await ask(after, 'eventIds')).toEqual([...before, ...during].sort());
        await crowded.close();
      } finally {
        disk.unmount();
      }
    });
  });

  it('moves to another browser by a file, and back, without counting twice', async () => {
    const [one, two] = [await origin.page(), await origin.page()];
    await ask(one, 'open', `here-${serial++}`);
    await ask(two, 'open', `there-${serial++}`);
    const here = await ask(one, 'chargeQueries', 2, 5);
    const there = await ask(two, 'chargeQueries', 3, 5);
    const report = await ask(two, 'imported', await ask(one, 'exported'));
    expect(report).toMatchObject({ newEvents: 2, knownEvents: 0 });
    const back = await ask(one, 'imported', await ask(two, 'exported'));
    expect(back).toMatchObject({ newEvents: 3, knownEvents: 2 });
    expect(await ask(one, 'eventIds')).toEqual([...here, ...there].sort());
    for (const page of [one, two]) await page.close();
  });
});
