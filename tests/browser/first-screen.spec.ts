/** How little stands before the first live figure of a page: what newcomers found there once, and half of that is the most. */
import { expect, test } from '@playwright/test';

const HALF = [
  { path: './', words: 120, controls: 2 },
  { path: './lessons/what-dp-promises/', words: 85, controls: 10 },
  { path: './lessons/noise-on-pixels/', words: 63, controls: 10 },
  { path: './lessons/training-with-dp-sgd/', words: 84, controls: 8 },
  { path: './lessons/a-privately-trained-detector/', words: 100, controls: 8 },
  { path: './lessons/attacks/', words: 112, controls: 10 },
];

/** In the browser: what can be seen above the first picture or chart, the head of the site counted in. */
function beforeTheFigure() {
  const seen = (element: Element) => {
    const { width, height } = element.getBoundingClientRect();
    return (
      width > 1 &&
      height > 1 &&
      element.checkVisibility({ visibilityProperty: true }) &&
      element.closest('.sr-only') === null
    );
  };
  const figures = [...document.querySelectorAll('main :is(figure, canvas, [role=img])')].filter(seen);
  const top = figures[0]!.getBoundingClientRect().top;
  const above = (element: Element) => seen(element) && element.getBoundingClientRect().top < top;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (text) =>
    text.parentElement!.closest('script, style') === null && above(text.parentElement!)
      ? NodeFilter.FILTER_ACCEPT
      : NodeFilter.FILTER_REJECT,
  );
  let words = 0;
  while (texts.nextNode()) words += texts.currentNode.textContent!.match(/\S+/g)?.length ?? 0;
  const controls = [...document.querySelectorAll('button, input, select, textarea, summary')].filter(above);
  const names = controls.map((one) => one.getAttribute('aria-label') ?? one.id ?? one.textContent);
  return { top, words, controls: names };
}

test('a page shows its first figure after few words and controls, on the first screen', {
  tag: '@once',
}, async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  for (const { path, words, controls } of HALF) {
    await page.goto(path);
    // With all that comes a little later: what a run would cost, the account in the head.
    const first = page.locator('[data-cell]').first();
    await expect(first.locator('[data-what-if-reading]')).toHaveCount(0);
    await expect(first.locator('figure, canvas, [role=img]').first()).toBeVisible();
    const before = await page.evaluate(beforeTheFigure);
    expect(before.words, path).toBeLessThanOrEqual(words);
    expect(before.controls.length, `${path} ${before.controls.join()}`).toBeLessThanOrEqual(controls);
    expect(before.top, path).toBeLessThan(600);
  }
});

test('of a cell that has come in part nothing is drawn: its parts would change places', {
  tag: '@once',
}, async ({ page }) => {
  const lesson = /\/training-with-dp-sgd\/$/;
  await page.route(lesson, async (route) => {
    const response = await route.fetch();
    const whole = await response.text();
    // As far as the line has brought it when the settings of the first cell are there, and its figure is not.
    const part = whole.slice(0, whole.indexOf('class="cell-stage'));
    await route.fulfill({ response, body: part.slice(0, part.lastIndexOf('<')) });
  });
  await page.goto('./lessons/training-with-dp-sgd/');
  const cell = page.locator('[data-cell]').first();
  await expect(cell.getByRole('heading').first()).toBeVisible();
  await expect(cell.locator('[data-more-settings]')).toBeAttached();
  await expect(cell.locator('[data-more-settings]')).toBeHidden();
  await page.unroute(lesson);
  await page.reload();
  await expect(cell.locator('[data-more-settings]')).toBeVisible();
});
