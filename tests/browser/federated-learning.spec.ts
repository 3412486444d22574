/** The lesson "Federated learning and DP", used as a learner would. */
import { expect, test } from '@playwright/test';
import { CellPage } from './cells';

const LESSON = './lessons/federated-learning/';

test('whose digit it is: named off a bare update and a sum of two, not off noise or a large sum; masks cancel unless somebody drops out', {
  tag: '@once',
}, async ({ page }) => {
  await page.goto(LESSON);
  const peek = new CellPage(page, 'peek');
  await peek.settles();
  const likeness = async (id: string) =>
    Number.parseFloat((await peek.frame.locator(`[data-ssim="${id}"]`).textContent()) ?? '');
  expect(await likeness('alone')).toBeGreaterThan(0.99);
  expect(await likeness('clipped')).toBeGreaterThan(0.99);
  // Of two clients, the sum shows the other one's digit, and says so.
  await expect(peek.frame.locator('[data-owner="sum"]')).toHaveText('This is client 2’s 4.');
  const named = peek.frame.locator('[data-rows] [data-named="true"]');
  await expect(named).toHaveCount(2);
  await peek.type('Noise σ on the client', '1');
  await expect.poll(() => likeness('noisy')).toBeLessThan(0.2);
  await peek.type('Clients in the sum', '200');
  await expect(
    peek.frame.getByRole('heading', { name: /In the sum: 200 clients the sum names none/ }),
  ).toBeVisible();
  await expect(named).toHaveCount(0);

  // A digit of one's own, drawn with keys: pen down, two strokes, pen up.
  await peek.type('Clients in the sum', '1');
  await peek.frame.getByText('Draw your own digit').click();
  const pad = peek.frame.getByRole('application', { name: 'Drawing pad' });
  await pad.focus();
  await page.keyboard.press('Space');
  for (const key of ['ArrowUp', 'ArrowRight']) for (let i = 0; i < 6; i++) await page.keyboard.press(key);
  await page.keyboard.press('Space');
  await peek.frame.getByLabel('It is meant to be a').selectOption('7');
  await expect(peek.frame.locator('[data-owner="alone"]')).toHaveText('This is client 1’s 7.');
  expect(await likeness('alone')).toBeGreaterThan(0.99);

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
  const app = await cell.notebookFor('500 clients learn together', /^Flower app/);
  for (const line of ['ROUNDS = 4', 'LOCAL_STEPS = 2', 'DifferentialPrivacyServerSideFixedClipping'])
    expect(app).toContain(line);
  await cell.more();
  await cell.frame.getByLabel('Who adds the noise', { exact: true }).selectOption('local');
  // Flower has no word for noise that clients set by an ε: the entry says so, and is not to be pressed.
  await cell.button('More about “500 clients learn together”').click();
  await expect(page.getByRole('button', { name: /^No Flower app/ })).toBeDisabled();
  await page.keyboard.press('Escape');
  await cell.button('Run').click();
  await cell.settles();
  expect(await cell.figure('Private')).toBeLessThan(central - 10);
});
