/** Exercises: code that a reader wrote is graded and audited in the sandbox; a wrong program is refused in words, the reference passes, in a notebook and in a frame as on their own page. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';

const SOLUTION = readFileSync('components/exercises/programs/clipped-mean/solution.js', 'utf8');
const STEP = readFileSync('components/exercises/programs/dp-sgd-step/solution.js', 'utf8');

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

test('a step of one’s own is audited by one press, and one with half the noise is refuted', {
  tag: '@once',
}, async ({ page }) => {
  await page.goto('./exercises/dp-sgd-step/');
  const editor = page.getByRole('textbox', { name: /code/ });
  const audit = page.getByRole('region', { name: 'Audit of your code' });
  const verdict = async (code: string) => {
    await editor.fill(code);
    await audit.getByRole('button', { name: 'Audit', exact: true }).click();
    await expect(audit).toHaveAttribute('data-code-audit', 'done', { timeout: 60_000 });
    const [shown] = await audit.locator('[data-verdict]').all();
    return shown ? shown.getAttribute('data-verdict') : null;
  };
  expect(await verdict(STEP)).toBe('not refuted');
  const halved = STEP.replace('noiseMultiplier * maxGradNorm', '0.5 * noiseMultiplier * maxGradNorm');
  expect(halved).not.toBe(STEP);
  expect(await verdict(halved)).toBe('refuted');
  await expect(audit.getByText(/The claim is refuted: your code’s ε is at least/)).toBeVisible();
  // What the page makes of it stays outside of the sandbox.
  expect(
    await verdict('self.postMessage({ type: "audit", refuted: false }); const step = () => 1;'),
  ).toBeNull();
  await expect(audit.getByText(/Nothing could be audited. `?step`? must return a list/)).toBeVisible();
});
