/**
 * The audits of Lighthouse that need no clock: accessibility by axe (site.spec.ts), best practices and search. Lighthouse itself
 * does not install on every Node that this site is built with. Times are measured by tests/commands/vitals.ts, and asserted nowhere.
 */
import { expect, type Page, test } from '@playwright/test';

const PAGES = ['./', './lessons/what-dp-promises/'];

/** What the page itself can be asked. */
const facts = (page: Page) =>
  page.evaluate(() => {
    const meta = (name: string) =>
      document.querySelector(`meta[name="${name}"]`)?.getAttribute('content') ?? '';
    const seen = (node: Element) => (node as HTMLElement).checkVisibility({ visibilityProperty: true });
    const texts = [...document.querySelectorAll('p, li, td, dd, dt, label, button, a')].filter(
      (node) => seen(node) && node.textContent?.trim(),
    );
    const small = texts.filter((node) => Number.parseFloat(getComputedStyle(node).fontSize) < 12).length;
    return {
      doctype: document.doctype?.name,
      quirks: document.compatMode,
      charset: document.characterSet,
      lang: document.documentElement.lang,
      title: document.title,
      description: meta('description'),
      viewport: meta('viewport'),
      robots: meta('robots'),
      legible: 1 - small / texts.length,
      // A link that a crawler cannot follow, or whose words say nothing.
      dead: [...document.querySelectorAll('a')]
        .filter((a) => !a.getAttribute('href') || a.getAttribute('href')!.startsWith('javascript:'))
        .map((a) => a.outerHTML.slice(0, 100)),
      vague: [...document.querySelectorAll('a')]
        .map((a) => (a.getAttribute('aria-label') ?? a.textContent ?? '').trim().toLowerCase())
        .filter((words) => ['', 'here', 'click here', 'this', 'more', 'learn more', 'link'].includes(words)),
      insecure: [...document.querySelectorAll('[src], link[href]')]
        .map((node) => node.getAttribute('src') ?? node.getAttribute('href') ?? '')
        .filter((address) => address.startsWith('http:') && !address.startsWith(location.origin)),
      pictures: [...document.images]
        .filter((image) => seen(image) && image.naturalWidth > 0)
        .filter((image) => {
          const { width, height } = image.getBoundingClientRect();
          const distorted = Math.abs(width / height / (image.naturalWidth / image.naturalHeight) - 1) > 0.05;
          return !image.hasAttribute('alt') || (distorted && getComputedStyle(image).objectFit === 'fill');
        })
        .map((image) => image.src),
      headings: [...document.querySelectorAll('h1, h2, h3, h4')].map((node) => Number(node.tagName[1])),
    };
  });

for (const path of PAGES) {
  test(`best practices and search: ${path}`, { tag: '@once' }, async ({ page, request }) => {
    const told: string[] = [];
    // Chromium says here what is deprecated, blocked or broken.
    page.on('console', (message) => {
      if (message.type() === 'error' || /deprecat/i.test(message.text())) told.push(message.text());
    });
    page.on('pageerror', (error) => told.push(String(error)));
    page.on('requestfailed', (failed) => told.push(failed.url()));
    await page.setViewportSize({ width: 412, height: 823 });
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    const found = await facts(page);
    expect(told).toEqual([]);
    expect(found).toMatchObject({ doctype: 'html', quirks: 'CSS1Compat', charset: 'UTF-8', lang: 'en' });
    expect(found.title.length).toBeGreaterThan(10);
    expect(found.description.length).toBeGreaterThanOrEqual(50);
    expect(found.viewport).toContain('width=device-width');
    expect(found.viewport).not.toMatch(/user-scalable=no|maximum-scale=1\b/);
    expect(found.robots).not.toContain('noindex');
    expect(found.legible).toBeGreaterThan(0.6);
    for (const list of ['dead', 'vague', 'insecure', 'pictures'] as const)
      expect(found[list], list).toEqual([]);
    // No level is skipped on the way down.
    found.headings.forEach((level, i) => {
      expect(level - (found.headings[i - 1] ?? 0), `heading ${i}`).toBeLessThanOrEqual(1);
    });
    // Nothing asks for a permission, opens a dialog, or writes while the page loads.
    const html = await (await request.get(page.url())).text();
    expect(html).not.toContain('document.write');
    // What is told to crawlers is not hidden from them.
    const robots = await request.get(new URL('./robots.txt', page.url()).href);
    if (robots.status() === 200) expect(await robots.text()).not.toMatch(/Disallow: \/\s*$/m);
  });
}
