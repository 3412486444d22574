/** The lesson's run on the built site, as a learner has it: from the press on Run to the last point, charts and all. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { CHROMIUM_FLAGS, QUIET_FLAGS } from '@/tests/harness/chromium';
import { ROOT } from '@/tests/harness/root';
import { withServedSite } from '@/tests/harness/served-site';

const PORT = Number(process.env.TEST_PORT ?? 4318);
const WITHIN_MS = 900_000;

/** In a new browser; again in the same worker; and in a new one that finds what the first stored. */
export type Visit = 'cold' | 'warm' | 'reloaded';

/** Seconds from Run. */
export interface Timing {
  total: number;
  /** Two points of the curves. */
  firstCurve: number;
}

export interface SiteRun extends Timing {
  visit: Visit;
}

export async function runOnSite({
  epsilon,
  steps,
  expectedBatchSize,
  rounds,
}: {
  epsilon: number;
  steps: number;
  expectedBatchSize: number;
  rounds: number;
}): Promise<SiteRun[]> {
  if (!existsSync(join(ROOT, 'out/index.html')))
    throw new Error('There is no built site: npm run build first.');
  const path = `lessons/training-with-dp-sgd/#v=1&eps=${epsilon}&steps=${steps}&lot=${expectedBatchSize}`;
  const runs: SiteRun[] = [];
  await withServedSite(PORT, [...QUIET_FLAGS, ...CHROMIUM_FLAGS['no-gpu']], async (browser, base) => {
    for (let round = 0; round < rounds; round++) {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 900 },
        serviceWorkers: 'block',
        // What waits for the cell is words to be evaluated, which the page's policy forbids to the page.
        bypassCSP: true,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(WITHIN_MS);
      await page.addInitScript(WATCH);
      await page.goto(base + path);
      runs.push({ visit: 'cold', ...(await press(page)) });
      runs.push({ visit: 'warm', ...(await press(page)) });
      await page.reload();
      runs.push({ visit: 'reloaded', ...(await press(page)) });
      await context.close();
    }
  });
  return runs;
}

interface Seen {
  pressed: number;
  updates: number;
  firstCurve: number | null;
  done: number | null;
}

/**
 * What the page hears from the worker of the cell, by its own clock, a frame after it was heard: drawn by then. As text:
 * what runs this file puts helpers into functions that a page does not have.
 */
const WATCH = `
  const drawn = (then) => requestAnimationFrame(() => requestAnimationFrame(() => then(performance.now())));
  const begin = () => (globalThis.seen = { pressed: performance.now(), updates: 0, firstCurve: null, done: null });
  begin();
  globalThis.begin = begin;
  const Original = globalThis.Worker;
  globalThis.Worker = class extends Original {
    constructor(address, options) {
      super(address, options);
      if (options?.name !== 'cell train') return;
      this.addEventListener('message', ({ data }) => {
        const { seen } = globalThis;
        const had = seen.updates;
        if (data.type === 'progress') seen.updates += data.updates.length;
        if (had < 2 && seen.updates >= 2) drawn((now) => (seen.firstCurve = now));
        if (data.type === 'failed') seen.done = Number.NaN;
        if (data.type === 'done') drawn((now) => (seen.done = now));
      });
    }
  };`;

/** Presses Run and waits for the end. */
async function press(page: Page): Promise<Timing> {
  const cell = page.locator('[data-cell="train"]');
  const button = cell.getByRole('button', { name: 'Run', exact: true });
  await cell.scrollIntoViewIfNeeded();
  await button.waitFor();
  await button.evaluate((element) => {
    element.addEventListener('click', () => (globalThis as unknown as { begin(): void }).begin(), {
      once: true,
      capture: true,
    });
  });
  await button.click();
  await page.waitForFunction('globalThis.seen.done !== null');
  const { pressed, firstCurve, done } = await page.evaluate<Seen>('globalThis.seen');
  const state = await cell.getAttribute('data-state');
  if (state !== 'done' || firstCurve === null || done === null)
    throw new Error(`The cell ended as ${state}.`);
  return { total: (done - pressed) / 1e3, firstCurve: (firstCurve - pressed) / 1e3 };
}
