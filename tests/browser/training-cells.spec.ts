/** One step and the sweep in the lesson "Training with DP-SGD", used as a learner would. */
import { expect, test } from '@playwright/test';
import { CellPage } from './cells';

const LESSON = './lessons/training-with-dp-sgd/';

test('one step: five stages whose numbers fit together', async ({ page }) => {
  await page.goto(`${LESSON}#v=1&stepclip=0.8&stepsigma=0.5`);
  const cell = new CellPage(page, 'one-step');
  await cell.button('Run').click();
  await cell.settles();
  await expect(cell.frame.getByText('seeded noise: reproducible, not private').first()).toBeVisible();
  await expect(cell.frame.locator('[data-length="after"]')).toHaveCount(0);
  const lengths = async (when: string) =>
    (await cell.frame.locator(`[data-length="${when}"]`).allTextContents()).map(Number);
  const before = await lengths('before');
  expect(before.length).toBeGreaterThan(2);
  await cell.button('Next stage').click();
  const after = await lengths('after');
  for (const [i, length] of before.entries()) expect(after[i]).toBeCloseTo(Math.min(0.8, length), 1);
  await cell.button('Next stage').click();
  const sum = await cell.figure('Clipped sum');
  expect(sum).toBeGreaterThan(0);
  expect(sum).toBeLessThanOrEqual(after.reduce((a, b) => a + b, 0) + 0.05);
  await cell.button('Next stage').click();
  const noise = await cell.figure('Noise drawn');
  // σ C √3930, give or take: 3,930 draws vary by about one part in ninety.
  expect(noise / (0.5 * 0.8 * Math.sqrt(3930))).toBeCloseTo(1, 1);
  const noisy = await cell.figure('Noisy sum');
  expect(Math.abs(noisy - noise)).toBeLessThanOrEqual(sum + 0.1);
  await cell.button('Next stage').click();
  await expect(cell.button('Next stage')).toBeDisabled();
  expect(await cell.figure('Noisy mean')).toBeCloseTo(noisy / 7, 1);
  const lost = await cell.figure('Same direction');

  // More digits: the same noise, a longer sum, a better direction. The cell follows without Run.
  await cell.type('Digits expected in the lot', '1000');
  await cell.settles();
  expect(await cell.figure('Same direction')).toBeGreaterThan(lost + 0.3);
  const first = await cell.figure('Clipped sum');
  await cell.button('New lot').click();
  await expect.poll(() => cell.figure('Clipped sum')).not.toBe(first);
});

test('a sweep stops, outlives a reload, and goes on with what is missing', { tag: '@once' }, async ({
  page,
}) => {
  await page.goto(`${LESSON}#v=1&gridsteps=20&gridnoise=seeded`);
  const cell = new CellPage(page, 'sweep');
  const finished = async () =>
    Number(await cell.frame.locator('[data-finished]').getAttribute('data-finished'));
  await cell.button('Run').click();
  await expect.poll(finished, { timeout: 150_000, intervals: [50] }).toBeGreaterThanOrEqual(1);
  await cell.button('Stop').click();
  await cell.reaches('stopped');
  const before = await finished();
  expect(before).toBeLessThan(8);

  await page.reload();
  await expect.poll(finished).toBe(before);
  const row = (name: string) => cell.frame.locator(`[data-row="${name}"] td`);
  await cell.button('Run the rest').click();
  await cell.settles();
  expect(await finished()).toBe(8);
  for (const name of ['0.25', '1', '4', 'plain']) await expect(row(name).first()).toHaveText('2');
  const mean = async (name: string) => Number.parseFloat((await row(name).nth(1).textContent()) ?? '');
  expect(await mean('4')).toBeGreaterThan(await mean('0.25'));
  expect(await mean('plain')).toBeGreaterThan(90);
  await cell.button('Start over').click();
  await expect.poll(finished).toBe(0);
});

test('a private sweep tells its price before it runs', { tag: '@once' }, async ({ page }) => {
  await page.goto(LESSON);
  const cell = new CellPage(page, 'sweep');
  await expect(cell.frame.locator('[data-price]')).toContainText('6 private runs are missing');
  const price = async () =>
    Number.parseFloat((await cell.frame.locator('[data-price] strong').textContent()) ?? '');
  await expect.poll(price).toBeGreaterThan(4);
  const two = await price();
  // Two runs at 0.25, 1 and 4: together more than the largest, less than their sum.
  expect(two).toBeLessThan(10.5);
  await cell.type('Runs at each ε', '1');
  await expect.poll(price).toBeLessThan(two);
  await expect(cell.frame.locator('[data-what-if]')).toContainText('the ledger goes from ε = 0');
});
