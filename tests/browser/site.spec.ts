/** What must hold on every page of the built site, whatever it teaches. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { ROOT } from '@/tests/harness/root';

const OUT = join(ROOT, 'out');

/** Every page of the export, as a path relative to its root, e.g. `lessons/noise-on-pixels/`. */
function routes(folder = OUT): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === '_next' || name === '404' ? [] : routes(path);
    return name === 'index.html' ? [relative(OUT, folder).replaceAll('\\', '/')] : [];
  });
}

const all = routes().map((route) => (route === '' ? './' : `./${route}/`));
/** Pages of one make, of which two stand for all: embeds differ in nothing but the cell, which its lesson shows too. */
const alike = [/^\.\/embed\/./, /^\.\/exercises\/./].map((make) => all.filter((path) => make.test(path)));
/** These lead on to the lesson at once. */
const leadOn = (path: string) => path.startsWith('./present/');
const pages = [
  ...all.filter((path) => !alike.flat().includes(path) && !leadOn(path)),
  ...alike.flatMap((group) => group.slice(0, 2)),
];

/** Requests to any address but our own. */
function watchForeignRequests(page: Page): string[] {
  const foreign: string[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (!['127.0.0.1', 'localhost'].includes(url.hostname) && url.protocol.startsWith('http'))
      foreign.push(request.url());
  });
  return foreign;
}

/** Uncaught errors of the page. */
function watchErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  return errors;
}

test('the export has the pages it should', () => {
  expect(pages).toEqual(
    expect.arrayContaining([
      './',
      './lessons/',
      './glossary/',
      './about/',
      './lab/',
      './lessons/what-dp-promises/',
      './lessons/which-protection/',
      './lessons/noise-on-pixels/',
      './lessons/training-with-dp-sgd/',
      './lessons/healthcare/',
      './lessons/telemetry/',
      './lessons/federated-learning/',
    ]),
  );
});

/** What axe finds against WCAG 2.2 AA on the page as it stands; in the dark, of what colours may change. */
async function findings(page: Page, theme: 'light' | 'dark'): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (theme === 'light'
    ? axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    : axe.withRules(['color-contrast', 'link-in-text-block'])
  ).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(' ')).join(' | ')}`);
}

/** Links of the page to the site itself, each once. */
async function ownLinks(page: Page): Promise<string[]> {
  const links = await page
    .locator('a[href]')
    .evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href));
  const { origin } = new URL(page.url());
  const ours = links.map((link) => new URL(link)).filter((url) => url.origin === origin);
  return [...new Set(ours.map((url) => url.origin + url.pathname))];
}

const known = new Set<string>();
const computes = (path: string) => path === './' || /^\.\/(lessons\/.|lab|embed)/.test(path);

for (const path of pages) {
  // One visit, looked at from every side: loading a page that computes is what takes the time.
  test(`page ${path}`, { tag: computes(path) ? [] : '@once' }, async ({ page, request }, info) => {
    const foreign = watchForeignRequests(page);
    const errors = watchErrors(page);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    const response = await page.goto(path);
    expect(response?.status()).toBe(200);
    await expect(page.locator('h1')).toHaveCount(1);
    expect(await page.title()).not.toBe('');
    await page.waitForLoadState('networkidle');

    // The rest is the same whatever computes: once is enough.
    if (info.project.name === 'no-gpu') {
      await test.step('its links lead somewhere', async () => {
        for (const link of await ownLinks(page)) {
          if (known.has(link)) continue;
          expect((await request.get(link)).status(), link).toBe(200);
          known.add(link);
        }
      });
      for (const theme of ['light', 'dark'] as const) {
        await test.step(`axe finds nothing (${theme})`, async () => {
          await page.emulateMedia({ colorScheme: theme });
          expect.soft(await findings(page, theme), theme).toEqual([]);
        });
      }
      await test.step('fits a phone of 390 px', async () => {
        await page.setViewportSize({ width: 390, height: 844 });
        await expect
          .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
          .toBeLessThanOrEqual(390);
      });
    }
    expect(foreign).toEqual([]);
    expect(errors).toEqual([]);
  });
}

test('the home page needs at most 180 kB of compressed JavaScript to come up, and no tensors', {
  tag: '@once',
}, async ({ page }) => {
  const html = readFileSync(join(OUT, 'index.html'), 'utf8');
  const base = /(?:src|href)="([^"]*)\/_next\//.exec(html)![1]!;
  const scripts = [...html.matchAll(/<script\b[^>]*\bsrc="([^"?]+)[^>]*>/g)]
    .filter(([tag]) => !/\bnomodule\b/i.test(tag))
    .map(([, path]) => readFileSync(join(OUT, path!.slice(base.length))));
  // As the build compresses them, and as the site is served.
  const kilobytes = scripts.reduce((sum, script) => sum + brotliCompressSync(script).length, 0) / 1000;
  test.info().annotations.push({ type: 'compressed kB', description: kilobytes.toFixed(1) });
  expect(scripts.length).toBeGreaterThan(3);
  expect(kilobytes).toBeLessThanOrEqual(180);
  // Its core, not its name, which stands among the packages of the site.
  expect(scripts.filter((script) => script.includes('registerBackend')).length).toBe(0);
  // What comes by itself later comes once the page is at rest: with the promise of a quiet page kept from it, nothing does.
  await page.addInitScript(() => Object.assign(window, { requestIdleCallback: () => 0 }));
  const workers: string[] = [];
  page.on('worker', (worker) => workers.push(worker.url()));
  await page.goto('./');
  await expect(page.locator('[data-noise-half] output')).toHaveText('0.10');
  expect(workers).toEqual([]);
});
