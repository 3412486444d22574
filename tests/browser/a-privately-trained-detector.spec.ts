/** The lesson as a learner meets it: a short run, its boxes, its bill. */
import { expect, test } from '@playwright/test';
import { CellPage } from './cells';

test('a short run trains both detectors, shows their boxes and charges the ledger', async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto('./lessons/a-privately-trained-detector/');
  const cell = new CellPage(page, 'train-detector');
  await expect(cell.frame.getByText('Recorded: mAP50 against ε')).toBeVisible();
  await cell.type('Steps', '12');
  await cell.button('Run').click();
  await cell.reaches('done');
  await expect(cell.frame.getByRole('list', { name: 'Test scenes as both models see them' })).toBeVisible();
  expect(await cell.figure('Plain mAP50')).toBeGreaterThan(20);
  const saved = page.waitForEvent('download');
  await cell.button('Save the private detector').click();
  expect((await saved).suggestedFilename()).toBe('scene-detector-private.safetensors');

  await page.goto('./ledger/');
  await expect(page.getByText('Digit scenes of 2,000 people').first()).toBeVisible();
});
