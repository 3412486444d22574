/** Exercises: a wrong program is refused in words, the reference passes, in a notebook and in a frame as on their own page. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';

const SOLUTION = readFileSync('components/exercises/programs/clipped-mean/solution.js', 'utf8');

test('a wrong program is refused in words, and the reference passes', { tag: '@once' }, async ({ page }) => {
  await page.goto('./exercises/clipped-mean/');
  const exercise = page.locator('[data-exercise="clipped-mean"]');
  await exercise.getByRole('button', { name: 'Grade' }).click();
  const found = exercise.getByRole('region', { name: 'What the grader found' });
  await expect(found).toHaveAttribute('data-grade', 'failed', { timeout: 60_000 });
  await expect(found).toContainText('✗ Fails.');
  await expect(found).toContainText('Input:');
  await expect(exercise.locator('[data-solution]')).toHaveCount(0);

  await exercise.getByRole('textbox', { name: /code$/ }).fill(SOLUTION);
  await exercise.getByRole('button', { name: 'Grade' }).click();
  await expect(found).toHaveAttribute('data-grade', 'passed', { timeout: 60_000 });
  await expect(exercise.locator('[data-solution]')).toHaveCount(1);
});

test('an exercise in a notebook is graded, and has a row among its runs; a frame has it too', {
  tag: '@once',
}, async ({ page }) => {
  await page.goto('./lab/?cell=clipped-mean');
  const exercise = page.locator('[data-exercise="clipped-mean"]');
  await exercise.getByRole('textbox', { name: /code$/ }).fill(SOLUTION);
  await exercise.getByRole('button', { name: 'Grade' }).click();
  await expect(exercise.locator('[data-grade="passed"]')).toBeVisible({ timeout: 60_000 });
  await expect(page.locator('[data-run="clipped-mean"]')).toHaveCount(1);
  await expect(page.locator('[data-run="clipped-mean"]')).toContainText('1');

  await page.goto('./embed/exercises/clipped-mean/');
  await page.getByRole('button', { name: 'Start' }).click();
  await expect(page.getByRole('button', { name: 'Grade' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Open the exercise on its own page' })).toHaveAttribute(
    'href',
    /exercises\/clipped-mean\/$/,
  );
});
