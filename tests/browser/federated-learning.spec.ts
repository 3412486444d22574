/** The lesson "Federated learning and DP", used as a learner would. */
import { expect, test } from '@playwright/test';
import { CellPage } from './cells';

const LESSON = './lessons/federated-learning/';

test('a picture is read off a bare update and not off a noisy one; masks cancel unless somebody drops out', {
  tag: '@once',
}, async ({ page }) => {
  await page.goto(LESSON);
  const peek = new CellPage(page, 'peek');
  await peek.settles();
  const likeness = async (id: string) =>
    Number.parseFloat((await peek.frame.locator(`[data-ssim="${id}"]`).textContent()) ?? '');
  expect(await likeness('alone')).toBeGreaterThan(0.99);
  expect(await likeness('clipped')).toBeGreaterThan(0.99);
  expect(await likeness('noisy')).toBeLessThan(0.2);
  expect(await likeness('sum')).toBeLessThan(0.6);

  const sums = new CellPage(page, 'secure-agg');
  await sums.settles();
  await expect(sums.frame.locator('[data-exact]')).toContainText('7,850 of 7,850');
  await sums.type('Drop out before sending', '1');
  await expect(sums.frame.locator('[data-exact]')).toContainText('0 of 7,850');
  await sums.more();
  await sums.frame.getByLabel('After a drop-out', { exact: true }).selectOption('reveal');
  await expect(sums.frame.locator('[data-exact]')).toContainText('7,850 of 7,850');
});

test('federated rounds are charged for clients; local noise costs the model', { tag: '@once' }, async ({
  page,
}) => {
  await page.goto(`${LESSON}#v=1&rounds=4&m=100&local=2`);
  const cell = new CellPage(page, 'rounds');
  await cell.more();
  await expect(cell.field('Rounds')).toHaveValue('4');
  await cell.button('Run').click();
  await cell.settles();
  await expect(cell.frame.locator('[data-clients] figcaption')).toContainText('of 500 clients were drawn');
  const account = page.locator('.not-prose', { hasText: '500 clients with MNIST digits' }).last();
  await expect(account).toBeVisible();
  const central = await cell.figure('Private');
  await cell.more();
  await cell.frame.getByLabel('Who adds the noise', { exact: true }).selectOption('local');
  await cell.button('Run').click();
  await cell.settles();
  expect(await cell.figure('Private')).toBeLessThan(central - 10);
});
