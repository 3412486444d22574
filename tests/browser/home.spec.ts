/** The home page as a visitor meets it: two sliders that answer. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { LESSONS } from '@/components/lessons/cells';
import { LESSON_FRAMES } from '@/components/site/lesson-frames';

class Noise {
  readonly half;
  readonly slider;
  readonly picture;
  constructor(readonly page: Page) {
    this.half = page.locator('[data-noise-half]');
    this.slider = this.half.getByRole('slider', { name: 'Noise scale' });
    this.picture = this.half.locator('[data-found]');
  }

  async finds(count: number, live?: boolean): Promise<void> {
    await expect(this.picture).toHaveAttribute('data-found', String(count));
    if (live !== undefined) await expect(this.picture).toHaveAttribute('data-live', String(live));
  }

  dots(): Promise<number> {
    return this.half.locator('[data-visits] circle').count();
  }
}

/** Everything that the picture has shown since the page began, in order. */
async function watchPicture(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const shown: string[] = [];
    Object.assign(window, { shown });
    const look = () => {
      const { found, live } = document.querySelector<HTMLElement>('[data-found]')?.dataset ?? {};
      const now = found === undefined ? '' : `${found} ${live === 'true' ? 'live' : 'recorded'}`;
      if (now !== '' && now !== shown.at(-1)) shown.push(now);
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
  });
  return () => page.evaluate(() => (window as unknown as { shown: string[] }).shown);
}

test('without a script the picture stands there with all its boxes, called recorded', {
  tag: '@once',
}, async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL! });
  const page = await context.newPage();
  await page.goto('./');
  await expect(page.locator('[data-found="6"]')).toContainText('6 of 6 found');
  await expect(page.locator('[data-found="6"]')).toContainText('recorded');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await context.close();
});

test('it plays once by itself, from recorded looks, and comes to rest where the slider stands', {
  tag: '@once',
}, async ({ page }) => {
  const shown = await watchPicture(page);
  await page.goto('./');
  const noise = new Noise(page);
  await expect(noise.half.locator('output')).toHaveText('0.10');
  await noise.finds(4);
  // What passed on the way was watched: asked for from outside it may come and go between two looks.
  const seen = await shown();
  expect(seen[0]).toBe('6 recorded');
  expect(seen).toContain('0 recorded');
  const played = await noise.dots();
  expect(played).toBeGreaterThan(3);
  // The detector comes by itself when the page is at rest; nothing plays again.
  await noise.finds(4, true);
  await expect(noise.half.locator('[data-made]')).toContainText('Live: Tiny YOLO');
  expect(await noise.dots()).toBe(played);
  expect((await shown()).filter((one) => one === '0 recorded')).toHaveLength(1);
  // What plays by itself is nobody's setting.
  expect(new URL(page.url()).hash).toBe('');
});

test('who wants no motion gets a still', { tag: '@once' }, async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const shown = await watchPicture(page);
  await page.goto('./');
  const noise = new Noise(page);
  await noise.finds(4, true);
  expect(await shown()).toEqual(['6 recorded', '4 recorded', '4 live']);
  expect(await noise.dots()).toBe(1);
});

test('the first touch is answered at once from a recorded look, then live; each position leaves its dot', {
  tag: '@once',
}, async ({ page }) => {
  const shown = await watchPicture(page);
  await page.goto('./');
  const noise = new Noise(page);
  await noise.slider.focus();
  // By keyboard, before anything can have been loaded: straight to the strongest noise.
  await noise.slider.press('End');
  await expect(noise.half.locator('output')).toHaveText('0.40');
  await noise.finds(0);
  await noise.finds(0, true);
  const before = await noise.dots();
  await noise.slider.press('Home');
  await noise.finds(6, true);
  await noise.slider.fill('19');
  await noise.finds(2, true);
  await expect(noise.slider).toHaveAttribute('aria-valuetext', '0.19, 2 of 6 faces found');
  await expect(noise.half.locator('p[role="status"]')).toContainText(
    'Noise scale 0.19: 2 of 6 faces found, live.',
  );
  expect(await noise.dots()).toBeGreaterThanOrEqual(before + 1);
  expect(
    await noise.half.locator('[data-visits] circle[fill="var(--private)"]').count(),
  ).toBeGreaterThanOrEqual(3);
  // A label never runs ahead of the detector: each live look at a new place was a recorded one first.
  const seen = await shown();
  expect(seen.indexOf('0 recorded')).toBeLessThan(seen.indexOf('0 live'));
  await expect.poll(() => new URL(page.url()).hash).toBe('#v=1&noise=0.19');
});

test('arrow keys walk the slider from one end to the other, and back', { tag: '@once' }, async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('./');
  const { slider, half } = new Noise(page);
  await slider.focus();
  // Until the page has come to life, a key is not heard, or heard and forgotten.
  await expect(async () => {
    await slider.press('Home');
    await expect(half.locator('output')).toHaveText('0.00', { timeout: 1000 });
    await slider.press('ArrowRight');
    await expect(half.locator('output')).toHaveText('0.01', { timeout: 1000 });
  }).toPass();
  for (let step = 2; step <= 40; step++) {
    await slider.press('ArrowRight');
    await expect(half.locator('output')).toHaveText((step / 100).toFixed(2));
  }
  for (let step = 39; step >= 38; step--) {
    await slider.press('ArrowLeft');
    await expect(half.locator('output')).toHaveText((step / 100).toFixed(2));
  }
});

test('a link opens at its strength, and the door takes it along into the lesson', { tag: '@once' }, async ({
  page,
}) => {
  const shown = await watchPicture(page);
  await page.goto('./#v=1&noise=0.2');
  const noise = new Noise(page);
  await noise.finds(2, true);
  expect(await shown()).not.toContain('0 recorded');
  await noise.half.getByRole('link', { name: /Lesson 2/ }).click();
  await expect(page).toHaveURL(/lessons\/noise-on-pixels\/#v=1&noise=0\.2$/);
  const cell = page.locator('[data-cell="detect"]');
  await expect(cell.getByRole('textbox', { name: 'Noise scale, value' })).toHaveValue('0.2');
  await page.goBack();
  await noise.finds(2);
  await page.locator('[data-door="training-with-dp-sgd"]').click();
  await expect(page).toHaveURL(/lessons\/training-with-dp-sgd\//);
});

test('it fits: one screen of a laptop, one and a half of a phone, and nothing moves by itself', {
  tag: '@once',
}, async ({ page }) => {
  await page.addInitScript(() => {
    Object.assign(window, { moved: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
      })[])
        if (!entry.hadRecentInput) (window as unknown as { moved: number }).moved += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  for (const [width, height, screens] of [
    [1280, 800, 1],
    [390, 844, 1.5],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.goto('./');
    await new Noise(page).finds(4, true);
    await expect(page.locator('[data-epsilon-half] [data-cell]')).toBeVisible();
    const bottom = await page
      .locator('[data-playground]')
      .evaluate((element) => element.getBoundingClientRect().bottom + scrollY);
    expect(bottom, `${width} px`).toBeLessThanOrEqual(screens * height);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    expect(await page.evaluate(() => (window as unknown as { moved: number }).moved)).toBeLessThanOrEqual(
      0.02,
    );
  }
});

test('axe finds nothing once both sliders have answered, light and dark', { tag: '@once' }, async ({
  page,
}) => {
  await page.goto('./#v=1&noise=0.15');
  await new Noise(page).finds(3, true);
  await expect(page.locator('[data-epsilon-half] [data-cell]')).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(' ')).join(' | ')}`),
    ).toEqual([]);
  }
});

test('it can be embedded like a cell: asleep until it is started, then live', { tag: '@once' }, async ({
  page,
}) => {
  await page.goto('./embed/home/playground/#v=1&noise=0.2');
  await expect(page.locator('[data-embed-poster]')).toBeVisible();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  const noise = new Noise(page);
  await noise.finds(2, true);
  await expect(page.locator('[data-door]')).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Open the playground' })).toHaveAttribute(
    'href',
    /\/#v=1&noise=0\.2$/,
  );
});

test('it can be presented: both sliders on one slide, and nothing else', { tag: '@once' }, async ({
  page,
}) => {
  await page.goto('./present/home/#v=1&noise=0.2');
  await expect(page).toHaveURL(/\/\?present=1#v=1&noise=0\.2$/);
  await expect(page.getByRole('navigation', { name: 'Presentation' })).toContainText('1 of 1');
  await new Noise(page).finds(2, true);
  await expect(page.locator('[data-epsilon-half]')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Lessons' })).toBeHidden();
  await expect(page.getByRole('banner')).toBeHidden();
  await page.getByRole('button', { name: 'End' }).click();
  await expect(page.getByRole('banner')).toBeVisible();
});

test('the cards of the lessons show the frames that were recorded, each another one', {
  tag: '@once',
}, async ({ page }) => {
  await page.goto('./lessons/');
  const cards = page.locator('main ol > li');
  const frames = await cards
    .locator('img[data-frame]:visible')
    .evaluateAll((all) => all.map((one) => (one as HTMLImageElement).src));
  await expect(cards).toHaveCount(LESSONS.length);
  expect(frames).toHaveLength(Object.keys(LESSON_FRAMES).length);
  expect(new Set(frames).size).toBe(frames.length);
});
