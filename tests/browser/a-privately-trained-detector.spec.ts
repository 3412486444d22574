/** The lesson as a learner meets it: a short run, its boxes, its file on noisy pictures, a Stop, a reload, and the bill. */
import { expect, test } from '@playwright/test';
import { CellPage } from './cells';

test('trains both, looks at noisy pictures, opens its own file and refuses another', async ({ page }, {
  project,
}) => {
  test.skip(project.name !== 'no-gpu', 'the same on every backend; one is enough');
  test.setTimeout(240_000);
  await page.goto('./lessons/a-privately-trained-detector/#v=1&steps=12');
  const cell = new CellPage(page, 'train-detector');
  await expect(cell.frame.getByText('Recorded: mAP50 against ε')).toBeVisible();
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
  const input = look.frame.locator('input[type=file]');
  await look.type('Noise on the pictures', '0');
  await look.settles();
  const clear = await look.figure('Plain, mAP50');
  await input.setInputFiles(await download.path());
  await expect(look.frame.locator('dd[data-figure="Your file, mAP50"]')).toBeVisible();
  expect(await look.figure('Your file, mAP50')).toBe(await look.figure('Private, mAP50'));
  await look.type('Noise on the pictures', '0.6');
  await look.settles();
  expect(await look.figure('Plain, mAP50')).toBeLessThan(clear / 2);
  await input.setInputFiles({ name: 'x.safetensors', mimeType: '', buffer: Buffer.from('no detector') });
  await look.reaches('failed');
  await expect(look.frame.getByText(/has saved/).first()).toBeVisible();

  await page.goto('./ledger/');
  await expect(page.getByText('Digit scenes of 2,000 people').first()).toBeVisible();
});

// Not yet seen to pass.
test('a run that is stopped is charged whole, and one that a reload cut off goes on', async ({ page }, {
  project,
}) => {
  test.skip(project.name !== 'no-gpu', 'the same on every backend; one is enough');
  await page.goto('./lessons/a-privately-trained-detector/#v=1&steps=400');
  const cell = new CellPage(page, 'train-detector');
  await cell.button('Run').click();
  await cell.reaches('running');
  await cell.button('Stop').click();
  await cell.reaches('stopped');

  // One that a reload cuts off can go on.
  await cell.button('Run').click();
  await expect
    .poll(async () => Number((await cell.frame.textContent())?.match(/(\d+) of 400/)?.[1] ?? 0), {
      intervals: [50],
    })
    .toBeGreaterThanOrEqual(20);
  await page.reload();
  const proceed = cell.frame.getByRole('button', { name: /^Continue the run from step [1-9]/ });
  await proceed.click();
  await cell.reaches('running');
  await cell.button('Stop').click();
  await cell.reaches('stopped');
  await expect(proceed).toHaveCount(0);

  await page.goto('./ledger/');
  await expect(page.getByText('Digit scenes of 2,000 people').first()).toBeVisible();
  await expect(page.getByText('Detector head without privacy').first()).toBeVisible();
  // Two runs that were stopped, each with its plain twin; none is left open.
  await expect(page.getByText(/stopped, charged whole/)).toHaveCount(4);
  await expect(page.getByText('interrupted')).toHaveCount(0);
});
