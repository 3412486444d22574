import { mkdirSync, readdirSync } from 'node:fs';
import { withServedSite } from './harness/served-site';

const dir = '/tmp/cells';
mkdirSync(dir, { recursive: true });
const [w = '1280'] = process.argv.slice(2);
await withServedSite(4613, ['--no-sandbox', '--disable-gpu'], async (browser, base) => {
  for (const lesson of readdirSync('components/lessons', { withFileTypes: true })
    .filter((d) => d.isDirectory())
    .map((d) => d.name)) {
    const page = await browser.newPage({ viewport: { width: +w, height: 900 } });
    await page.goto(`${base}lessons/${lesson}/`);
    await page.waitForTimeout(4000);
    for (const cell of await page.locator('[data-cell]').all()) {
      const id = await cell.getAttribute('data-cell');
      await cell.scrollIntoViewIfNeeded();
      await page.waitForTimeout(1200);
      await cell
        .screenshot({ path: `${dir}/${lesson}-${id}-${w}.png`, timeout: 20000 })
        .catch((e) => console.log(id, String(e).slice(0, 80)));
    }
    await page.close();
  }
});
