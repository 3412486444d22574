/** The lesson "Telemetry with local DP", used as a learner would. */
import { expect, test } from '@playwright/test';
import { CellPage } from './cells';

const LESSON = './lessons/telemetry/';

test('more phones make the estimate better, and every cell computes by itself', { tag: '@once' }, async ({
  page,
}) => {
  await page.goto(`${LESSON}#v=1&n=2000`);
  const cell = new CellPage(page, 'population');
  await cell.settles();
  await expect(cell.frame.getByText('seeded noise: reproducible, not private').first()).toBeVisible();
  const few = await cell.figure('Expected');
  await cell.type('Phones', '200000');
  await expect.poll(() => cell.figure('Expected')).toBeLessThan(few / 9);
  for (const id of ['next-word', 'central-local', 'longitudinal']) await new CellPage(page, id).settles();
  // One phone of the field, by keys: its answer and its report.
  await cell.frame.getByRole('button', { name: 'The next lie' }).click();
  await expect(cell.frame.locator('[data-phone]')).toContainText('a lie');
  await cell.frame.getByLabel('Look at phone').press('End');
  await expect(cell.frame.locator('[data-phone]')).toContainText('Phone 2,000.');
  // Settings of the made-up crowds do not move what a report of one's own costs.
  await cell.type('ε of one report', '6');
  await expect(new CellPage(page, 'your-report').field('ε of your report')).toHaveValue('1.5');
  const figure = cell.frame.locator('figure', { hasText: 'How popular is each emoji?' });
  await figure.getByRole('button', { name: 'Show as table' }).click();
  await expect(figure.locator('tbody tr')).toHaveCount(16);
  await expect(figure.locator('tbody tr').first()).toContainText('face with tears of joy');
});

test('ten million phones one by one: Stop really stops', { tag: '@once' }, async ({ page }) => {
  await page.goto(`${LESSON}#v=1&n=10000000&sim=every-phone&k=64`);
  const cell = new CellPage(page, 'population');
  // The link has been read: before, the cell still follows its sliders.
  await cell.more();
  await expect(cell.frame.getByRole('combobox', { name: 'Simulation', exact: true })).toHaveValue(
    'every-phone',
  );
  await cell.button('Run').click();
  await cell.reaches('running');
  await cell.button('Stop').click();
  await cell.reaches('stopped');
});

test('one’s own report is charged, and the answer stays out of the link', { tag: '@once' }, async ({
  page,
}) => {
  await page.goto(LESSON);
  const cell = new CellPage(page, 'your-report');
  await cell.wakes();
  await cell.frame.getByLabel('Your true answer').selectOption({ label: '❤️ red heart' });
  await cell.type('ε of your report', '6');
  await expect(cell.frame.locator('[data-odds]')).toHaveText('403');
  await cell.button('Report').click();
  await cell.settles();
  await expect(cell.frame.locator('[data-report]')).not.toHaveText('nothing yet');
  await expect(cell.frame.getByText('cryptographic noise', { exact: true }).first()).toBeVisible();
  expect(page.url()).not.toContain('answer');
  const account = page.locator('.not-prose', { hasText: 'Your own answers' }).last();
  await expect(account).toContainText('6');
  // 6 + 3 × 6 does not fit into 20.
  await cell.type('Reports with one press', '3');
  await cell.button('Report 3 times').click();
  await expect(page.getByRole('dialog', { name: 'This run does not fit the budget' })).toBeVisible();
  await page.getByRole('button', { name: 'Leave it' }).click();
  await expect(cell.frame.getByRole('list', { name: 'Reports so far' }).getByRole('listitem')).toHaveCount(1);
});
