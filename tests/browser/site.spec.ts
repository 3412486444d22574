/** What must hold on every page of the built site, whatever it teaches. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const OUT = resolve(import.meta.dirname, '../../out');

/** Every page of the export, as a path relative to its root, e.g. `lessons/noise-on-pixels/`. */
function routes(folder = OUT): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === '_next' || name === '404' ? [] : routes(path);
    return name === 'index.html' ? [relative(OUT, folder).replaceAll('\\', '/')] : [];
  });
}

const all = routes().map((route) => (route === '' ? './' : `./${route}/`));
/** Embeds differ in nothing but the cell, which its lesson shows too: two stand for all. */
const embeds = all.filter((path) => /^\.\/embed\/./.test(path));
const pages = [...all.filter((path) => !embeds.includes(path)), ...embeds.slice(0, 2)];

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
      './lessons/noise-on-pixels/',
      './lessons/training-with-dp-sgd/',
      './lessons/healthcare/',
      './lessons/telemetry/',
      './lessons/federated-learning/',
    ]),
  );
});

for (const path of pages) {
  test.describe(`page ${path}`, () => {
    test('loads without an error, without a foreign request, and names itself', async ({ page }) => {
      const foreign = watchForeignRequests(page);
      const errors = watchErrors(page);
      const response = await page.goto(path);
      expect(response?.status()).toBe(200);
      await expect(page.locator('h1')).toHaveCount(1);
      expect(await page.title()).not.toBe('');
      await page.waitForLoadState('networkidle');
      expect(foreign).toEqual([]);
      expect(errors).toEqual([]);
    });

    test('its links lead somewhere', async ({ page, request }) => {
      await page.goto(path);
      const here = new URL(page.url());
      const links = await page
        .locator('a[href]')
        .evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href));
      const ours = new Set(
        links
          .map((link) => new URL(link))
          .filter((u) => u.origin === here.origin)
          .map((u) => u.origin + u.pathname),
      );
      for (const link of ours) expect((await request.get(link)).status(), link).toBe(200);
    });

    for (const theme of ['light', 'dark'] as const) {
      test(`axe finds nothing (${theme})`, async ({ page }, info) => {
        test.skip(info.project.name !== 'no-gpu', 'the page is the same in both browsers; once is enough');
        await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        await page.goto(path);
        await page.waitForLoadState('networkidle');
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
          .analyze();
        const told = violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(' ')).join(' | ')}`,
        );
        expect(told).toEqual([]);
      });
    }

    test('fits a phone of 390 px', async ({ page }, info) => {
      test.skip(info.project.name !== 'no-gpu', 'the page is the same in both browsers; once is enough');
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto(path);
      await page.waitForLoadState('networkidle');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    });
  });
}

test('the home page loads at most 180 kB of compressed JavaScript', async ({ page }) => {
  const scripts = new Set<string>();
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.add(new URL(response.url()).pathname);
  });
  await page.goto('./');
  await page.waitForLoadState('networkidle');
  const base = new URL(page.url()).pathname;
  const bytes = [...scripts].map((path) => gzipSync(readFileSync(join(OUT, path.slice(base.length)))).length);
  const kilobytes = bytes.reduce((sum, size) => sum + size, 0) / 1000;
  test.info().annotations.push({ type: 'compressed kB', description: kilobytes.toFixed(1) });
  expect(bytes.length).toBeGreaterThan(0);
  expect(kilobytes).toBeLessThanOrEqual(180);
});
