/**
 * Prints how fast pages load on a slow phone's processor, by the weights and curves of Lighthouse 12's performance score:
 * `npx tsx tests/commands/vitals.ts [runs] [page …]`, after a build. First and largest paint, blocking time and layout shift, processor four
 * times slower, network as slow as Lighthouse's mobile preset. Speed Index needs a film of the page and is left out; the other
 * weights are scaled up for it.
 */
import type { Page } from 'playwright';
import { withServedSite } from '@/tests/harness/served-site';

const PORT = Number(process.env.TEST_PORT ?? 4195);
const ASKED = process.argv.slice(3);
/** The home page and the first lesson, if nothing else is asked for. */
const PAGES = ASKED.length > 0 ? ASKED : ['', 'lessons/what-dp-promises/'];
const RUNS = Number(process.argv[2] ?? 5);

/** Median and tenth percentile of the log-normal curve for phones, and the weight. */
const CURVES = {
  fcp: { median: 3000, p10: 1800, weight: 10, unit: 'ms' },
  lcp: { median: 4000, p10: 2500, weight: 25, unit: 'ms' },
  tbt: { median: 600, p10: 200, weight: 30, unit: 'ms' },
  cls: { median: 0.25, p10: 0.1, weight: 25, unit: '' },
} as const;
type Metric = keyof typeof CURVES;

function erfc(x: number): number {
  // Abramowitz and Stegun 7.1.26; 1.5e-7 is far finer than a score.
  const z = Math.abs(x);
  const t = 1 / (1 + 0.3275911 * z);
  const poly =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const value = poly * Math.exp(-z * z);
  return x >= 0 ? value : 2 - value;
}

/** Lighthouse's score of a value: 0.5 at the median, 0.9 at the tenth percentile. */
function score(value: number, { median, p10 }: { median: number; p10: number }): number {
  if (value <= 0) return 1;
  const x = (Math.log(value / median) * 0.9061938024368232) / -Math.log(p10 / median);
  return Math.min(1, Math.max(0, erfc(x) / 2));
}

async function measure(page: Page, address: string): Promise<Record<Metric, number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await session.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency: 150 },
    downloadThroughput: (1638.4 * 1024) / 8,
    uploadThroughput: (675 * 1024) / 8,
  });
  // The compiler wraps named functions in a helper that the page does not have.
  await page.addInitScript('globalThis.__name = (f) => f;');
  await page.addInitScript(() => {
    const seen = { fcp: 0, lcp: 0, tbt: 0, cls: 0 };
    Object.assign(window, { seen });
    const watch = (type: string, take: (entry: PerformanceEntry & Record<string, number>) => void) =>
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) take(entry as never);
      }).observe({ type, buffered: true });
    watch('paint', (entry) => {
      if (entry.name === 'first-contentful-paint') seen.fcp = entry.startTime;
    });
    watch('largest-contentful-paint', (entry) => {
      seen.lcp = entry.startTime;
    });
    watch('longtask', (entry) => {
      if (entry.startTime + entry.duration > seen.fcp) seen.tbt += Math.max(0, entry.duration - 50);
    });
    watch('layout-shift', (entry) => {
      if (!entry.hadRecentInput) seen.cls += entry.value ?? 0;
    });
  });
  // Not until the network is silent: pages fetch networks and digits for later, which takes this slow line half a minute.
  await page.goto(address, { waitUntil: 'load', timeout: 60_000 });
  await page.waitForTimeout(8000);
  const seen = await page.evaluate(() => (window as unknown as { seen: Record<Metric, number> }).seen);
  if (seen.fcp === 0) throw new Error(`${address} painted nothing that was seen.`);
  return seen;
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

await withServedSite(PORT, ['--no-sandbox'], async (browser, base) => {
  for (const path of PAGES) {
    const runs: Record<Metric, number>[] = [];
    for (let run = 0; run < RUNS; run++) {
      const context = await browser.newContext({
        ...{ viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75, serviceWorkers: 'block' },
      });
      runs.push(await measure(await context.newPage(), base + path));
      await context.close();
    }
    let total = 0;
    let weights = 0;
    const words = (Object.keys(CURVES) as Metric[]).map((metric) => {
      const value = median(runs.map((run) => run[metric]));
      const curve = CURVES[metric];
      total += curve.weight * score(value, curve);
      weights += curve.weight;
      return `${metric.toUpperCase()} ${value.toFixed(metric === 'cls' ? 3 : 0)} ${curve.unit} (${(100 * score(value, curve)).toFixed(0)})`;
    });
    console.log(`/${path}: ${words.join(', ')}; together ${((100 * total) / weights).toFixed(0)} of 100`);
  }
});
