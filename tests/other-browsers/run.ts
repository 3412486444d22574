/**
 * Makes the checks in every other browser that this machine has, on the built site: `npx tsx tests/other-browsers/run.ts [FILE]`. A
 * browser that is missing is skipped, and that is said. FILE is where the count is written. Ends with 1 if anything failed.
 */
import { writeFileSync } from 'node:fs';
import { withServer } from '@/tests/harness/served-site';
import { CHECKS, type Places } from './checks';
import type { Driver, OtherBrowser } from './driver';
import { FIREFOX } from './firefox';
import { serveForeignPage } from './foreign-page';
import { WEBKIT } from './webkit';

const PORT = Number(process.env.TEST_PORT ?? 4173);
/** `BROWSER=Firefox` tries one alone. */
const chosen = [FIREFOX, WEBKIT].filter(({ name }) => [undefined, name].includes(process.env.BROWSER));

const count = { passed: 0, failed: 0, skipped: 0 };

/** Every check in one browser. After one that failed a new one is started: the old may hang. */
async function checkIn(browser: OtherBrowser, places: Places): Promise<void> {
  let driver: Driver | null = null;
  for (const check of CHECKS) {
    const began = Date.now();
    const seconds = () => `(${((Date.now() - began) / 1000).toFixed(1)} s)`;
    try {
      driver ??= await browser.start();
      await check.run(driver, places);
      count.passed += 1;
      console.log(`✓ ${driver.name}: ${check.name} ${seconds()}`);
    } catch (error) {
      count.failed += 1;
      console.log(`✗ ${driver?.name ?? browser.name}: ${check.name} ${seconds()}\n  ${error}`);
      await driver?.close();
      driver = null;
    }
  }
  await driver?.close();
}

await withServer(PORT, async (site) => {
  const foreign = await serveForeignPage(site);
  try {
    for (const browser of chosen) {
      const missing = browser.missing();
      if (missing === null) await checkIn(browser, { site, foreign: foreign.address });
      else {
        count.skipped += CHECKS.length;
        console.log(`- ${browser.name}: not on this machine, not tried. It needs ${missing}.`);
      }
    }
  } finally {
    foreign.close();
  }
});

const [file] = process.argv.slice(2);
if (file) writeFileSync(file, JSON.stringify(count));
process.exit(count.failed > 0 ? 1 : 0);
