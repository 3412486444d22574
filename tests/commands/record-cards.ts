/**
 * Takes the pictures that links to a lesson show elsewhere (1200 × 630): its first cell, once it has computed. Writes
 * public/about/cards/<lesson>.jpg: `npx tsx tests/commands/record-cards.ts [lesson …]`, after a build.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { LESSONS } from '@/components/lessons/cells';
import { CHROMIUM_FLAGS, QUIET_FLAGS } from '@/tests/harness/chromium';
import { ROOT } from '@/tests/harness/root';
import { withServedSite } from '@/tests/harness/served-site';

const PORT = Number(process.env.TEST_PORT ?? 4197);
const FOLDER = join(ROOT, 'public/about/cards');
/** Milliseconds that a cell may take; then it is taken as it is. */
const WITHIN = Number(process.env.WITHIN ?? 60_000);

async function take(browser: Browser, base: string, slug: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 630 }, serviceWorkers: 'block' });
  try {
    await page.goto(`${base}lessons/${slug}/`);
    const cell = page.locator('[data-cell]').first();
    await cell.waitFor();
    const run = cell.locator('[data-command="run"]');
    await page.waitForTimeout(2000);
    if ((await cell.getAttribute('data-state')) === 'idle' && (await run.count()) > 0) await run.click();
    await page
      .waitForFunction(
        () => document.querySelector('[data-cell]')?.getAttribute('data-state') === 'done',
        null,
        {
          timeout: WITHIN,
        },
      )
      .catch(() => console.warn(`${slug}: its first cell was not done in time.`));
    await cell.evaluate((element) => element.scrollIntoView({ block: 'start' }));
    await page.evaluate(() => window.scrollBy(0, -90));
    await page.waitForTimeout(1000);
    await page.screenshot({ path: join(FOLDER, `${slug}.jpg`), type: 'jpeg', quality: 72 });
  } finally {
    await page.close();
  }
}

const asked = process.argv.slice(2);
mkdirSync(FOLDER, { recursive: true });
await withServedSite(PORT, [...QUIET_FLAGS, ...CHROMIUM_FLAGS['no-gpu']], async (browser, base) => {
  for (const { slug } of LESSONS)
    if (asked.length === 0 || asked.includes(slug)) {
      await take(browser, base, slug);
      console.log(slug);
    }
});
