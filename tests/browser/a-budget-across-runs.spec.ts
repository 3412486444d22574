/** The lesson "A budget across runs", used as a learner would. What its charges come to stands in ledger.spec.ts. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { CellPage } from './cells';
import { ask, LESSON, openLedger } from './support/register';

test('a table of one’s own has an account by its content, and is gone after a reload', {
  tag: '@once',
}, async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(LESSON);
  const cell = new CellPage(page, 'ask');
  await cell.more();
  const choose = (text: string) =>
    cell.frame
      .locator('input[type="file"]')
      .setInputFiles({ name: 'clinic.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await choose('name,ill\nA,yes\nB\n');
  await expect(cell.frame.getByRole('alert')).toContainText('clinic.csv: Line 3 has 1 value');
  await choose('name,ill\nA,yes\nB,no\n');
  await expect(cell.frame.getByRole('alert')).toHaveCount(0);
  await cell.frame.getByLabel('Column', { exact: true }).selectOption('ill');
  await cell.frame.getByLabel('Value', { exact: true }).selectOption('yes');
  await expect(cell.frame).toContainText('How many rows have ill = yes?');
  await ask(page, 1);
  await cell.frame.getByLabel('Value', { exact: true }).selectOption('each');
  await expect(cell.frame).toContainText('How many rows have each value of ill?');
  await cell.frame.getByText('What the ledger keeps of your table').click();
  const { violations } = await new AxeBuilder({ page })
    .include('[data-cell="ask"]')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.reload();
  await expect(cell.frame.locator('[data-table]')).toContainText('The register');
  await openLedger(page);
  await expect(page.locator('[data-account="Your table (clinic.csv, 2 rows)"]')).toContainText('1 charge');
});

test('what does not fit the budget is refused; less noise does not, more noise does', {
  tag: '@once',
}, async ({ page }) => {
  await page.goto(`${LESSON}#v=1&eps1=0.4`);
  const cell = await ask(page, 2);
  await cell.button('Ask').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('This run does not fit the budget');
  await expect(dialog).toContainText('Nothing has been charged');
  await dialog.getByRole('button', { name: 'Add that noise' }).click();
  await expect(dialog).toBeHidden();
  await ask(page, 1);
  await openLedger(page);
  await expect(page.locator('[data-event]')).toHaveCount(3);
});

test('the composing cell: tight accountants stay below adding up, and runs can be added and taken away', {
  tag: '@once',
}, async ({ page }) => {
  await page.goto(`${LESSON}#v=1&runs=t0.01,2,100x4`);
  const cell = new CellPage(page, 'compose');
  await cell.settles();
  await cell.button('Show as table').click();
  const last = () => cell.frame.locator('tbody tr').last().locator('td').allTextContents();
  const [runs, naive, , rdp, pld] = (await last()).map(Number);
  expect(runs).toBe(4);
  expect(pld!).toBeLessThan(rdp!);
  expect(rdp!).toBeLessThan(naive!);
  await cell.button('Add it').click();
  await cell.settles();
  await expect.poll(async () => Number((await last())[0])).toBe(5);
  expect(Number((await last())[4])).toBeGreaterThan(pld!);
  expect(page.url()).toContain('runs=');
});

test('the planning cell: more noise, more runs', { tag: '@once' }, async ({ page }) => {
  await page.goto(LESSON);
  const cell = new CellPage(page, 'plan');
  await cell.settles();
  const runs = async () =>
    Number((await cell.frame.locator('[data-runs="pld"]').textContent())!.replace(/\D/g, ''));
  const before = await runs();
  await cell.type('Noise multiplier σ', '4');
  await cell.settles();
  expect(await runs()).toBeGreaterThan(2 * before);
});
