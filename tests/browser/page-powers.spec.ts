/** Presenting, the keyboard and sharing, on a lesson. */
import { expect, test } from '@playwright/test';

const LESSON = './lessons/a-budget-across-runs/';

test('presenting shows one live cell at a time, with notes and a QR code of the same state', async ({
  page,
}) => {
  await page.goto(`${LESSON}?present=1`);
  const bar = page.getByRole('navigation', { name: 'Presentation' });
  await expect(bar.getByRole('status')).toHaveText('1 of 4: Ask, and pay');
  await expect(page.locator('[data-cell]:visible')).toHaveCount(1);
  await expect(page.getByRole('banner')).toBeHidden();
  await page.keyboard.press('ArrowRight');
  await expect(bar.getByRole('status')).toHaveText(/^2 of 4: Run after run/);
  const cell = page.locator('[data-cell="compose"]');
  await expect(cell).toHaveAttribute('data-state', 'done');
  // An arrow on a slider moves the slider, not the slide.
  const slider = cell.getByRole('slider').first();
  const before = await slider.inputValue();
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  expect(await slider.inputValue()).not.toBe(before);
  await expect(bar.getByRole('status')).toHaveText(/^2 of 4/);
  await bar.getByRole('button', { name: 'Notes' }).click();
  await expect(page.getByRole('complementary', { name: 'Speaker notes' })).toContainText('basic composition');
  await bar.getByRole('button', { name: 'QR code' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('img', { name: /QR code/ })).toBeVisible();
  await expect(dialog).toContainText('#v=1&');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await bar.getByRole('button', { name: 'End' }).click();
  await expect(page.getByRole('banner')).toBeVisible();
  expect(await slider.inputValue()).not.toBe(before);
});

test('the short address for presenting leads there with its settings', async ({ page }) => {
  await page.goto('./present/a-budget-across-runs/#v=1&x=1');
  await expect(page).toHaveURL(/lessons\/a-budget-across-runs\/\?present=1#v=1&x=1/);
});

test('keys go from cell to cell, can be moved, and can be turned off', async ({ page }) => {
  await page.goto(LESSON);
  const focused = () => page.evaluate(() => document.activeElement?.closest('[data-cell]')?.id ?? null);
  await page.keyboard.press('j');
  expect(await focused()).toBe('ask');
  await page.keyboard.press('j');
  const second = await focused();
  expect(second).not.toBe('ask');
  await page.keyboard.press('k');
  expect(await focused()).toBe('ask');
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard' });
  await sheet.getByRole('button', { name: 'Another key for “Go to the next cell”' }).click();
  await page.keyboard.press('x');
  await expect(sheet.getByText('x', { exact: true })).toBeVisible();
  await sheet.getByRole('button', { name: 'Close' }).click();
  await expect(sheet).toHaveCount(0);
  await page.keyboard.press('x');
  expect(await focused()).toBe(second);
  await page.reload();
  await page.keyboard.press('x');
  expect(await focused()).not.toBeNull();
  await page.keyboard.press('?');
  await sheet.getByRole('checkbox', { name: /Single keys/ }).uncheck();
  await sheet.getByRole('button', { name: 'Close' }).click();
  await expect(sheet).toHaveCount(0);
  const kept = await focused();
  await page.keyboard.press('k');
  await page.keyboard.press('x');
  expect(await focused()).toBe(kept);
});

test('a cell gives its link, a citation and its embed', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`${LESSON}#v=1`);
  const cell = page.locator('[data-cell="compose"]');
  await cell.getByRole('button', { name: 'More about “Run after run”' }).click();
  await cell.getByRole('button', { name: 'Copy a citation' }).click();
  await expect(cell.getByText('The citation is copied.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
    /^Epsilon Playground, version .*“Run after run”.*http/,
  );
  const [builder] = await Promise.all([
    context.waitForEvent('page'),
    cell.getByRole('button', { name: 'Embed this cell in a page' }).click(),
  ]);
  await expect(builder.getByLabel('Cell', { exact: true })).toHaveValue('a-budget-across-runs/compose');
});
