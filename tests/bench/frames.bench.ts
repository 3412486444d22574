/**
 * npm run bench -- frames [--gpu no-gpu] [--seconds 8] [--json FILE]
 *
 * Frames of the lesson on training while nothing runs, and while its worker trains. Reads the built site, `out/`: run
 * `npm run build` before. A machine that has fewer free cores than the page and the worker need shows its own limits, not the
 * page's; so the quiet page stands beside the busy one.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { CHROMIUM_FLAGS, type GpuMode, QUIET_FLAGS } from '@/tests/harness/chromium';
import { ROOT } from '@/tests/harness/root';
import { withServedSite } from '@/tests/harness/served-site';

const PROMISED = 50;

interface Frames {
  perSecond: number;
  /** Milliseconds between two frames. */
  median: number;
  longest: number;
  /** Parts of the frames that came later than 1/50 s after the one before. */
  late: number;
}

/** Watches the page's own clock of frames. */
async function watch(page: Page, seconds: number): Promise<Frames> {
  // As text: what runs this file puts helpers into functions that a page does not have.
  const gaps = await page.evaluate<number[]>(`new Promise((done) => {
    const found = [];
    let before = performance.now();
    const end = before + ${seconds * 1e3};
    requestAnimationFrame(function frame() {
      const now = performance.now();
      found.push(now - before);
      before = now;
      if (now < end) requestAnimationFrame(frame);
      else done(found);
    });
  })`);
  const sorted = [...gaps].sort((a, b) => a - b);
  return {
    perSecond: (1e3 * gaps.length) / gaps.reduce((a, b) => a + b, 0),
    median: sorted[sorted.length >> 1]!,
    longest: sorted.at(-1)!,
    late: gaps.filter((gap) => gap > 1e3 / PROMISED).length / gaps.length,
  };
}

export default async function frames(args: readonly string[] = []): Promise<void> {
  const option = (name: string, otherwise: string) => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? otherwise : (args[at + 1] ?? otherwise);
  };
  const gpu = option('gpu', 'no-gpu') as GpuMode;
  const seconds = Number(option('seconds', '8'));
  const port = Number(option('port', '4317'));
  const json = option('json', '');
  if (!existsSync(join(ROOT, 'out/index.html')))
    throw new Error('There is no built site: npm run build first.');
  await withServedSite(port, [...QUIET_FLAGS, ...CHROMIUM_FLAGS[gpu]], async (browser, base) => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, serviceWorkers: 'block' });
    await page.goto(`${base}lessons/training-with-dp-sgd/#v=1&eps=2&steps=1000`);
    const cell = page.locator('[data-cell="train"]');
    await cell.scrollIntoViewIfNeeded();
    await cell.getByRole('button', { name: 'Run', exact: true }).waitFor();
    const quiet = await watch(page, seconds);
    await cell.getByRole('button', { name: 'Run', exact: true }).click();
    await page.waitForFunction(
      () => document.querySelector('[data-cell="train"]')?.getAttribute('data-state') === 'running',
      undefined,
      { timeout: 180_000 },
    );
    const training = await watch(page, seconds);
    const after = await cell.getAttribute('data-state');
    const load = loadavg()[0]!;
    console.log(`${cpus().length} cores, load ${load.toFixed(1)}; Chromium, ${gpu}; ${seconds} s each`);
    for (const [name, f] of Object.entries({ quiet, training }))
      console.log(
        `  ${name.padEnd(9)} ${f.perSecond.toFixed(1).padStart(6)} frames a second, median gap ${f.median.toFixed(1)} ms, ` +
          `longest ${f.longest.toFixed(0)} ms, ${(100 * f.late).toFixed(1)} % later than 20 ms`,
      );
    if (after !== 'running') console.log(`  Training was over before the watch was: state ${after}.`);
    if (training.perSecond < PROMISED) console.log(`  MISSED: ${PROMISED} frames a second were promised.`);
    if (json) writeFileSync(json, `${JSON.stringify({ load, gpu, seconds, quiet, training }, null, 2)}\n`);
    if (training.perSecond < PROMISED) process.exitCode = 1;
  });
}
