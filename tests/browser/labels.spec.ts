/** What an ε means, and the label of a run: one click away, in the face that the page has turned to. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { CellPage } from './cells';

test('an ε is turned over, its label is read and saved, and a training is set by its odds', {
  tag: '@once',
}, async ({ page }) => {
  await page.goto('./lessons/training-with-dp-sgd/');
  const cell = new CellPage(page, 'train');
  const control = cell.frame.locator('[data-epsilon-turned]').first();
  await expect(control).toContainText(/at most \d+ of 1,000 picked out/);
  await control.click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.locator('[data-says]')).toContainText(/picks out up to \d+, if of 1,000/);
  await expect(dialog.getByRole('img')).toHaveCount(2);
  await dialog.getByText('One result', { exact: true }).click();
  await expect(dialog.locator('[data-says]')).toContainText(/Of 100 results/);
  const label = dialog.locator('[data-privacy-label]');
  await expect(label).toContainText('Whether one example is in the data');
  await expect(label).toContainText('they hold the data as they are');
  const saving = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save the label as YAML' }).click();
  const text = readFileSync((await (await saving).path())!, 'utf8');
  expect(text).toContain('privacy_unit: example');
  expect(text).toContain('model_name: Central');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  // The page keeps the face.
  await expect(control).toContainText(/of 100 against/);

  const risk = cell.frame.locator('[data-risk-field] input');
  await risk.fill('50');
  await risk.press('Enter');
  await expect(risk).toHaveValue(/^(50|49|48)$/);
  await expect(cell.field('Privacy ε')).not.toHaveValue('2');
});
