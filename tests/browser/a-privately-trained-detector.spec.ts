/** The lesson as a learner meets it: a short run, its boxes, its bill. */
import { expect, test } from '@playwright/test';
import { CellPage } from './cells';

test('a short run trains both detectors, shows their boxes and charges the ledger', async ({ page }) => {
  test.setTimeout(300_000);
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
  const download = await saved;
  expect(download.suggestedFilename()).toBe('scene-detector-private.safetensors');

  // Both look at noisy pictures; so does the file, once it is opened, and it sees what the private one sees.
  const look = new CellPage(page, 'detector-noise');
  await look.settles();
  await look.type('Noise on the pictures', '0');
  await look.settles();
  const clear = await look.figure('Plain, mAP50');
  await look.frame
    .getByLabel('Open a saved detector')
    .last()
    .setInputFiles(await download.path());
  await expect(look.frame.locator('dd[data-figure="Your file, mAP50"]')).toBeVisible({ timeout: 60_000 });
  expect(await look.figure('Your file, mAP50')).toBe(await look.figure('Private, mAP50'));
  await look.type('Noise on the pictures', '0.6');
  await look.settles();
  expect(await look.figure('Plain, mAP50')).toBeLessThan(clear / 2);
  await look.frame
    .getByLabel('Open a saved detector')
    .last()
    .setInputFiles({ name: 'x.safetensors', mimeType: '', buffer: Buffer.from('no detector') });
  await look.reaches('failed');

  await cell.type('Steps', '400');
  await cell.button('Run').click();
  await cell.reaches('running');
  await cell.button('Stop').click();
  await cell.reaches('stopped');
  // Right away: the run is far from its end, and the next begins.
  await cell.type('Steps', '10');
  await cell.button('Run').click();
  await cell.reaches('done');

  await page.goto('./ledger/');
  await expect(page.getByText('Digit scenes of 2,000 people').first()).toBeVisible();
  await expect(page.getByText('Detector head without privacy').first()).toBeVisible();
  // Had only the page heard of Stop, the worker would have gone on and finished both.
  await expect(page.getByText(/stopped, charged whole/)).toHaveCount(2);
});
