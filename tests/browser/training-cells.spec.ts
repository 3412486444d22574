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
